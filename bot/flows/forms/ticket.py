"""*New ticket*: from the root card, a message's menu, a word in a thread, and `/ticket`.

What the service desk refuses comes back with everything that was typed. A field that it wants and that was not
there is there then: also when the window was closed meanwhile, by *Edit* on the card.
"""

from __future__ import annotations

from bot.capabilities import KeepsTickets
from bot.errors import UsageError
from bot.flows import tickets
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.opening import (
    NEW,
    additional_typed,
    begin_of,
    draft_of,
    kind_typed,
    whose,
)
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Again, Form, needed
from bot.flows.forms.ticket_menus import Begin, Picked, pick
from bot.flows.forms.ticket_wanted import Wanted, additional_sent, roles_sent, wanted_by
from bot.grammar import Named, Verb, verb_of
from bot.grammar.shapes import Key, Kind, Parameter
from bot.model import Ask, Block, TicketKind, TicketRole, TicketTerms
from bot.model.cards import CREATE, Card, CardKind
from bot.views import ticket_form as view
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent

_NO_SUBJECT = "Say in a few words what it is about."
_GONE = "This ticket was opened by now, or its card is not known any more."
_CHOOSE = "Choose the {label}."


async def _draw(turn: Turn) -> Drawn:
    """What it begins with: a contact's thread, what was typed, or what was refused."""
    card = await _refused(turn)
    if card is not None:
        return await _drawn_again(turn, card)
    the_provider(turn, KeepsTickets)
    kind, begin = kind_typed(turn.asked), begin_of(turn.asked)
    picked = await pick(turn, kind, begin, None, _asked(begin))
    more = [view.additional_field(each.id, "", each.values[0]) for each in additional_typed(turn.asked)]
    first = _first(turn.asked.find("subject", str) or "", await _description(turn), kind)
    return _form(first, picked, [*_without_menu(begin), *more])


async def _description(turn: Turn) -> str:
    typed, found = turn.asked.find("description", str), await whose(turn)
    if typed is not None or found is None or found.conversation is None:
        return typed or ""
    return await tickets.description_of(turn.bridge, found.conversation, turn.zone)


def _asked(begin: Begin) -> frozenset[TicketRole]:
    """What has a value already: its menu is there from the beginning."""
    return frozenset(role for role in begin if role in view.BY_ROLE)


def _without_menu(begin: Begin) -> list[Block]:
    numbers = {role: each.id if isinstance(each, Named) else each for role, each in begin.items()}
    return [
        view.role_field(role, str(number))
        for role, number in numbers.items()
        if number and role not in view.BY_ROLE
    ]


async def _refused(turn: Turn) -> Card | None:
    """The card of a ticket that was not opened. Raises `UsageError` when it is no such card any more."""
    uid = turn.asked.find("card", str)
    if uid is None:
        return None
    card = await turn.bridge.store.cards.find(uid)
    failure = card.failure if card is not None and card.kind == CardKind.TICKET else None
    if card is None or failure is None or failure.what != CREATE or card.provider_id is not None:
        raise UsageError(_GONE)
    return card


async def _drawn_again(turn: Turn, card: Card) -> Drawn:
    terms = TicketTerms.read(card.says)
    place = {
        TicketRole.PROJECT: terms.project,
        TicketRole.SERVICE: terms.service,
        TicketRole.CATEGORY: terms.category,
    }
    begin: Begin = {**terms.roles, **place}
    wanted = await wanted_by(turn, card.failure, terms.project)
    picked = await pick(turn, terms.kind, begin, None, _asked(begin) | wanted.roles)
    added = [view.additional_field(each.id, each.name, ", ".join(each.values)) for each in terms.additional]
    more = [*_without_menu(begin), *added]
    return _form(_first(terms.subject, terms.description, terms.kind), picked, [*more, *wanted.added_to(more)])


def _first(subject: str, description: str, kind: TicketKind) -> list[Block]:
    return [view.subject_field(subject), view.description_field(description), view.kind_field(kind)]


def _form(first: list[Block], picked: Picked, more: list[Block]) -> Drawn:
    return Drawn((*first, *picked.fields, *more), "Open")


# --- A choice, and what was sent --------------------------------------------------------------------------------


async def _redraw(turn: Turn, sent: Sent) -> Drawn:
    drawn, _ = await _read(turn, sent)
    return drawn


async def _read(turn: Turn, sent: Sent, wanted: Wanted | None = None) -> tuple[Drawn, Picked]:
    """The form with the menus for what is chosen in it, and that."""
    stands = {str(block.get("block_id")): block for block in sent.drawn.fields}
    first = [stands[name] for name in (view.SUBJECT, view.DESCRIPTION, view.KIND)]
    more = [block for name, block in stands.items() if name.startswith((f"{view.ADDITIONAL}.", f"{view.PERSON}."))]
    begin, asked_for = begin_of(turn.asked), wanted or Wanted()
    picked = await pick(turn, view.kind_of(sent.text(view.KIND)), begin, sent, _asked(begin) | asked_for.roles)
    return _form(first, picked, [*more, *asked_for.added_to(more)]), picked


async def _check(_: Turn, sent: Sent) -> None:
    needed(sent, view.SUBJECT, _NO_SUBJECT)
    additional_sent(sent)
    roles_sent(sent)


async def _send(turn: Turn, sent: Sent) -> Answer:
    """Open it, and wait for what the service desk says."""
    drawn, picked = await _read(turn, sent)
    missing = picked.missing()
    if missing is not None:
        field = picked.names.get(missing.role, "")
        raise Again(drawn, _CHOOSE.format(label=missing.label.lower()), field=field)
    terms, before = _terms(sent, picked), await _refused(turn)
    if before is None:
        draft = await draft_of(turn, terms, await whose(turn))
        card = await tickets.open_ticket(turn.bridge, draft, turn.given.key)
    else:
        card = await tickets.revise(turn.bridge, before, terms, turn.given.member)
    return await _outcome(turn, sent, card)


def _terms(sent: Sent, picked: Picked) -> TicketTerms:
    chosen = dict(picked.chosen)
    return TicketTerms(
        subject=needed(sent, view.SUBJECT, _NO_SUBJECT),
        kind=picked.kind,
        project=chosen.pop(TicketRole.PROJECT),
        service=chosen.pop(TicketRole.SERVICE),
        category=chosen.pop(TicketRole.CATEGORY),
        description=sent.text(view.DESCRIPTION).strip(),
        roles={**chosen, **roles_sent(sent)},
        additional=additional_sent(sent),
    )


async def _outcome(turn: Turn, sent: Sent, card: Card) -> Answer:
    """What became of it. Raises `Again` with what was refused: from then on the form is about that card."""
    card = await tickets.outcome(turn.bridge, card)
    if card.failure is None:
        return await tickets.told(turn.bridge, card)
    wanted = await wanted_by(turn, card.failure, TicketTerms.read(card.says).project)
    drawn, picked = await _read(turn, sent, wanted)
    raise Again(drawn, card.failure.reason, field=wanted.name_in(picked.names), about=Ask(NEW, f"card={card.uid}"))


TICKET = Form(
    NEW,
    "New ticket",
    ("ticket", "new"),
    _draw,
    _send,
    _check,
    _redraw,
    waits=True,
    takes=Verb(
        "",
        "",
        (Parameter("to", Kind.TO, optional=True),),
        (
            *(key for key in verb_of("ticket", "new")[1].keys if key.name != "to"),
            Key("subject", Kind.TEXT),
            Key("card", Kind.TEXT),
        ),
    ),
)
