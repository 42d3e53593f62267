"""`/ticket find`: by words in the subject or the description, and by everything that the service desk can compare.

A search gives a fixed number of tickets in no order and says nothing of the others, so that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.capabilities import KeepsTickets
from bot.flows.commands.listing import cut_page, list_answer, with_words
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.one_ticket import ticket_choices
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Asked, Named
from bot.model import Compare, Condition, Found, Search, Ticket
from bot.views.answers import Answer, Item
from bot.views.tickets import ticket_words

CUT = "These are the first that were found. There may be more: say more of what you look for."

_WORDS = ("Subject", "Description")  # where words are looked for
_IDS = {"interface": "InterfaceId"}  # another system's
# Words of kinds as they begin in every release: `Incidents` is one of many, `ServiceCall` may have a space.
_KINDS = {"incident": "Incident", "problem": "Problem", "change": "Change", "call": "Call", "release": "Release"}
_DATES = {"opened-after": Compare.AT_LEAST, "opened-before": Compare.BELOW}


async def find(turn: Turn) -> Answer:
    """`/ticket find [words] [keys]`."""
    found = await _found(turn)

    def item(ticket: Ticket) -> Item:
        return Item(ticket_words(ticket, turn.zone), ticket_choices(ticket.code, "Show"))

    heading = with_words("Tickets", turn.asked.find("words", str))
    listed = list_answer(heading, cut_page(found.rows, turn.asked.page), item, turn.page)
    return replace(listed, below=CUT) if found.cut else listed


async def _found(turn: Turn) -> Found[Ticket]:
    """Words are searched for in one field after the other: conditions go together with all or with any."""
    provider, conditions = the_provider(turn, KeepsTickets), tuple(conditions_of(turn.asked))
    words = turn.asked.find("words", str)
    if words is None:
        return await provider.find_tickets(Search(conditions))
    searches = [Search((*conditions, Condition(field, Compare.LIKE, words))) for field in _WORDS]
    founds = [await provider.find_tickets(search) for search in searches]
    rows = {ticket.code: ticket for found in founds for ticket in found.rows}
    return Found(tuple(rows.values()), any(found.cut for found in founds))


def conditions_of(asked: Asked) -> Iterator[Condition]:
    """What was typed of a ticket's fields, by the service desk's names. Pure."""
    for key in asked.verb.keys:
        value = asked.values.get(key.name)
        match value:
            case Named():
                yield named_condition(their_name(key.name), value)
            case datetime():
                yield Condition("OpenedDate", _DATES[key.name], value.isoformat())
            case str() if key.name == "type":
                yield Condition("ItemTypeName", Compare.LIKE, _KINDS[value])
            case str() if key.name in _IDS:
                yield Condition(_IDS[key.name], Compare.EQUAL, value)
            case str():
                yield Condition(their_name(key.name), Compare.LIKE, value)


def named_condition(field: str, named: Named) -> Condition:
    """Something that is meant by its id, or by a part of its name. Pure."""
    if named.id is not None:
        return Condition(f"{field}Id", Compare.EQUAL, str(named.id))
    return Condition(f"{field}Name", Compare.LIKE, named.name)


def their_name(key: str) -> str:
    """The service desk's name of a field: `registry-type` is `RegistryType`. Pure."""
    return "".join(part.capitalize() for part in key.split("-"))


FINDING: Mapping[str, Verb] = {"find": find}
