"""`/ticket update`, `note` and `attach`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from bot.capabilities import KeepsTickets, TakesTicketNotes
from bot.errors import ProviderError, UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.menus import context_of, roles_of
from bot.flows.commands.ticket.one_ticket import ATTACH, code_of, note, shown_ticket, ticket_choices
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import quote
from bot.markup import escape, inert
from bot.model import AdditionalField, Ask, Ticket, TicketChange
from bot.views.answers import Answer, Item
from bot.views.tickets import ticket_about

_NO_FIELD = "There is no field “{name}” here. {others}"
_SEVERAL = "Several fields are called “{name}”. Write the number instead, one of {ids}."
_NUMBERS = "Write its number, like field:317=4B."
_TOO_LONG = (
    "A note has {most} characters at the most, and this has {count}. Nothing was added. These are your words:"
)


async def update(turn: Turn) -> Answer:
    """`/ticket update <code> [keys]`: what is not typed stays. It is read again: whoever writes last wins."""
    provider = the_provider(turn, KeepsTickets)
    before = await provider.read_ticket(code_of(turn))
    await provider.update_ticket(before.code, await _change(turn, before))
    await note(turn, "ticket_changed", before.code)
    try:
        after = await provider.read_ticket(before.code)
    except ProviderError as error:
        return Answer(
            f"Changed {before.code}. It cannot be shown now: {error}", choices=ticket_choices(before.code)
        )
    return shown_ticket(turn, after, f"Changed {ticket_about(after)}.")


async def add_note(turn: Turn) -> Answer:
    """`/ticket note <code> <words>`. Words that are too long are given back: Slack keeps no command."""
    provider = the_provider(turn, TakesTicketNotes)
    code, words = code_of(turn), turn.asked.value("words", str).strip()
    if len(words) > provider.note_limit:
        return Answer(_TOO_LONG.format(most=provider.note_limit, count=len(words)), (Item(words),))
    await provider.add_note(code, words)
    await note(turn, "ticket_noted", code)
    return Answer(f"Added the note to {code}.", choices=ticket_choices(code, "Show"))


async def attach(turn: Turn) -> Ask:
    """`/ticket attach <code>`: a window, since a command brings no file."""
    the_provider(turn, KeepsTickets)
    return Ask(ATTACH, escape(quote(code_of(turn))))


async def _change(turn: Turn, ticket: Ticket) -> TicketChange:
    asked = turn.asked
    return TicketChange(
        subject=asked.find("subject", str),
        description=asked.find("description", str),
        solution=asked.find("commentary", str),
        interface=asked.find("interface", str),
        roles=await roles_of(turn, partial(context_of, ticket)),
        additional=tuple(additional_of(asked.named.get("field", {}), ticket.additional)),
    )


def additional_of(typed: Mapping[str, str], known: Sequence[AdditionalField]) -> Iterator[AdditionalField]:
    """What was typed of the fields that a project adds: by their numbers, or by names that are known already.

    Raises `UsageError` for any other name. Pure.
    """
    for name, value in typed.items():
        yield AdditionalField(name if name.isdecimal() else _field_id(name, known), (value,))


def _field_id(name: str, known: Iterable[AdditionalField]) -> str:
    named = [field for field in known if field.name]
    called = [field.id for field in named if field.name.casefold() == name.casefold()]
    if len(called) == 1:
        return called[0]
    if called:
        raise UsageError(_SEVERAL.format(name=name, ids=", ".join(called)))
    names = ", ".join(f"“{inert(field.name)}”" for field in named)
    raise UsageError(_NO_FIELD.format(name=name, others=f"There is {names}." if names else _NUMBERS))


CHANGING: Mapping[str, Verb] = {"update": update, "note": add_note, "attach": attach}
