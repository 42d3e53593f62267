"""Whom a command is for: a number as it stands, or the contact of that name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.errors import UnknownName
from bot.flows import contacts
from bot.flows.commands.turn import Turn, Unclear
from bot.flows.contacts import CANDIDATES, Whom
from bot.grammar import To
from bot.model import Ask, Line, Number
from bot.views.answers import Answer, Choice

NOBODY = "Nobody on a line is called “{name}”. Use their number, like +1 415 555 0134."


async def whom(turn: Turn, line: Line, to: To, again: Callable[[Number], Ask]) -> Whom:
    """The contact that is meant.

    Raises `Unclear` when several are called so, each asking for `again` of their number, `UsageError` when nobody
    is.
    """
    if to.number is not None:
        return await contacts.with_number(turn.bridge, line, to.number)
    known = await contacts.called(turn.bridge, line, to.name)
    if len(known) == 1:
        return known[0]
    choices = tuple(Choice(each.label, again(each.number)) for each in known)
    raise Unclear(Answer(f"Which “{to.name}”?", choices=choices, once=True))


async def anybody(turn: Turn, to: To, again: Callable[[Number], Ask]) -> Whom:
    """The same where no line matters: a number as it stands, or the contact of that name on whichever line."""
    if to.number is not None:
        return await _on_some_line(turn, to.number)
    known = await everybody_called(turn, to.name)
    if len(known) == 1:
        return known[0]
    choices = tuple(Choice(each.label, again(each.number)) for each in known)
    raise Unclear(Answer(f"Which “{to.name}”?", choices=choices, once=True))


async def everybody_called(turn: Turn, name: str) -> Sequence[Whom]:
    """Contacts of that name on whichever line, one at least. Raises `UsageError` when nobody is called so."""
    known: dict[Number, Whom] = {}
    for line in turn.lines:
        for each in await turn.bridge.store.contacts.called(line.id, name, CANDIDATES):
            known.setdefault(each.contact, Whom(each.contact, each))
    if not known:
        raise UnknownName(NOBODY.format(name=name))
    return list(known.values())


async def _on_some_line(turn: Turn, number: Number) -> Whom:
    for line in turn.lines:
        conversation = await turn.bridge.store.contacts.with_number(line.id, number)
        if conversation is not None:
            return Whom(number, conversation)
    return Whom(number, None)
