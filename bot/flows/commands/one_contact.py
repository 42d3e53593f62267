"""Which contact of a provider is meant, and what can be done with one wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable

from bot.capabilities import KeepsContacts
from bot.errors import NotFound, UsageError
from bot.flows.commands.turn import Turn, Unclear, from_key
from bot.flows.commands.whom import whom
from bot.flows.contacts import CANDIDATES, NOBODY
from bot.grammar import To, quote
from bot.markup import inert
from bot.model import Ask, Contact, ContactFilter, Line, Number
from bot.phone import display_number
from bot.views.answers import Answer, Choice
from bot.views.contacts import contact_about, contact_name

EDIT, NEW_TEXT = "form:contact", "form:new_text"
_UNKNOWN = "{number} is no contact on “{line}” yet."


async def contact_meant(turn: Turn, line: Line, provider: KeepsContacts, again: Callable[[Number], Ask]) -> Number:
    """The number of the contact that is meant; a name that was never in a conversation is looked for at the
    provider.

    Raises `Unclear` when several are called so, each asking for `again` of their number, `UsageError` when nobody
    is.
    """
    to = turn.asked.value("to", To)
    if to.number is not None or await turn.bridge.store.contacts.called(line.id, to.name, 1):
        return (await whom(turn, line, to, again)).number
    found = await _called_at_provider(line, provider, to.name)
    if not found:
        raise UsageError(NOBODY.format(line=inert(line.name), name=to.name))
    if len(found) == 1:
        return found[0].number
    choices = tuple(Choice(contact_about(each), again(each.number)) for each in found)
    raise Unclear(Answer(f"Which “{to.name}”?", choices=choices, once=True))


async def _called_at_provider(line: Line, provider: KeepsContacts, name: str) -> list[Contact]:
    wanted, found = name.casefold(), []
    async for contact in provider.list_contacts(line, ContactFilter()):
        if wanted in contact_name(contact).casefold():
            found.append(contact)
        if len(found) == CANDIDATES:
            break
    return found


async def read_known(line: Line, provider: KeepsContacts, number: Number) -> Contact:
    """The contact as the provider has it. Raises `Unclear` with a button that makes one that it does not have."""
    try:
        return await provider.read_contact(line, number)
    except NotFound:
        make = Choice("Make one", Ask(EDIT, f"{quote(number)} {from_key(line)}"), "primary")
        heading = _UNKNOWN.format(number=display_number(number), line=line.name)
        raise Unclear(Answer(heading, choices=(make,))) from None


def contact_choices(line: Line, contact: Contact, *, shown: bool = False) -> tuple[Choice, ...]:
    """The buttons of a contact; `shown`: all of it stands there already. Pure."""
    of = f"{quote(contact.number)} {from_key(line)}"
    flip = "no" if contact.blocked else "yes"
    show, delete = Choice("Show", Ask("contact", of)), Choice("Delete", Ask("contact", f"delete {of}"))
    choices = (
        Choice("Text", Ask(NEW_TEXT, of)),
        Choice("Edit", Ask(EDIT, of)),
        Choice("History", Ask("text", f"history {of}")),
        Choice("Unblock" if contact.blocked else "Block", Ask("contact", f"save {of} blocked={flip}")),
    )
    return (*choices, delete) if shown else (show, *choices)
