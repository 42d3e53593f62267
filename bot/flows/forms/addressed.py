"""What forms have in common that are for a contact: the line that was chosen, and whom was typed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import UsageError
from bot.flows import contacts
from bot.flows.commands.turn import NO_LINE, Turn, line_named
from bot.flows.commands.whom import anybody, everybody_called
from bot.flows.contacts import Whom
from bot.flows.forms.form import Wrong
from bot.grammar import Named
from bot.grammar.to import read_to
from bot.model import Line
from bot.phone import region_of

_GONE = "That line is not connected any more."
_PERHAPS = "Is it {name}? Write the whole name, or the number."
_SEVERAL = "Several are called so: {names}. Use the number."
NAMED = 5  # how many of several are named


def line_to_begin_with(turn: Turn, lines: Sequence[Line]) -> Line:
    """The line of `from=`, or the first: the channel's own. Raises `UsageError` when there is none."""
    if not lines:
        raise UsageError(NO_LINE)
    named = turn.asked.find("from", Named)
    return line_named(lines, named.name) if named else lines[0]


def line_chosen(lines: Sequence[Line], chosen: str, field: str) -> Line:
    """The line of the menu `field`; the only one where there is no menu. Raises `Wrong`."""
    found = [line for line in lines if str(line.id) == chosen or not chosen]
    if not found:
        raise Wrong(field, _GONE)
    return found[0]


async def whom_typed(turn: Turn, line: Line, typed: str, field: str) -> Whom:
    """The contact that stands in the field. Raises `Wrong` when it is nobody, or several."""
    try:
        to = read_to(typed, region_of(line.number) or "US")
        if to.number is not None:
            return await contacts.with_number(turn.bridge, line, to.number)
        known = await contacts.called(turn.bridge, line, to.name)
    except UsageError as error:
        raise Wrong(field, str(error)) from error
    return _the_only(known, to.name, field)


async def anybody_typed(turn: Turn, typed: str, field: str) -> Whom:
    """The same where no line matters."""
    region = region_of(turn.lines[0].number) if turn.lines else None
    try:
        to = read_to(typed, region or "US")
        if to.number is not None:
            return await anybody(turn, to, turn.again)
        known = await everybody_called(turn, to.name)
    except UsageError as error:
        raise Wrong(field, str(error)) from error
    return _the_only(known, to.name, field)


def _the_only(known: Sequence[Whom], typed: str, field: str) -> Whom:
    """A window acts at once, where a command asks first: there a part of a name is not enough."""
    if len(known) > 1:
        names = ", ".join(each.label for each in known[:NAMED])
        raise Wrong(field, _SEVERAL.format(names=names))
    if not _is_whole(known[0], typed):
        raise Wrong(field, _PERHAPS.format(name=known[0].label))
    return known[0]


def _is_whole(whom: Whom, typed: str) -> bool:
    name = whom.conversation.contact_name if whom.conversation else None
    return (name or "").casefold().split() == typed.casefold().split()
