"""The menus of a new ticket's form, for what is chosen so far.

A menu that stands in the form already is not asked for again: its options are the same as long as its name is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.capabilities import ListsTicketChoices
from bot.errors import UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn
from bot.grammar import Named
from bot.model import Block, Choice, MenuContext, TicketKind, TicketRole
from bot.views.forms import Sent
from bot.views.ticket_form import MENUS, Menu, menu_field

_NOTHING_THERE = "There is no {label} to choose here. Ask an administrator of the service desk."

Begin = Mapping[TicketRole, Named | int]


@dataclass(slots=True)
class Picked:
    """The menus as they are to be shown, and what is chosen in them, by what it points at."""

    kind: TicketKind
    fields: list[Block] = field(default_factory=list)
    chosen: dict[TicketRole, int] = field(default_factory=dict)
    names: dict[TicketRole, str] = field(default_factory=dict)  # of the menus that are there

    def missing(self) -> Menu | None:
        """The first menu in which something must be chosen and is not; it may not be there yet."""
        needed = (menu for menu in MENUS if not menu.optional)
        return next((menu for menu in needed if menu.role not in self.chosen), None)


async def pick(
    turn: Turn, kind: TicketKind, begin: Begin, sent: Sent | None, wanted: frozenset[TicketRole] = frozenset()
) -> Picked:
    """The menus for what is chosen in a form that was sent, or for what it begins with; of those that are there
    only when the service desk wants them, the `wanted` ones. Raises `ProviderError`, and `UsageError` for a menu
    that is needed and empty."""
    picked = Picked(kind)
    stands = {str(block.get("block_id")): block for block in (sent.drawn.fields if sent else ())}
    for menu in MENUS:
        if not all(role in picked.chosen for role in {*menu.after, *menu.by}):
            continue
        name = menu.name(kind, picked.chosen)
        if menu.asked and menu.role not in wanted and name not in stands:
            continue
        if sent is not None and name in stands:
            _keep(picked, menu, name, stands[name], sent.text(name))
        else:
            await _ask(turn, picked, menu, name, begin.get(menu.role))
    return picked


def _keep(picked: Picked, menu: Menu, name: str, block: Block, value: str) -> None:
    picked.fields.append(block)
    picked.names[menu.role] = name
    if value.isdecimal():
        picked.chosen[menu.role] = int(value)


async def _ask(turn: Turn, picked: Picked, menu: Menu, name: str, begin: Named | int | None) -> None:
    options = await the_provider(turn, ListsTicketChoices).list_choices(menu.role, _context(picked))
    if not options and not menu.optional:
        raise UsageError(_NOTHING_THERE.format(label=menu.label.lower()))
    if not options:
        return
    chosen = _meant(options, begin)
    if chosen is None and len(options) == 1 and not menu.optional:
        chosen = options[0]
    if chosen is not None:  # a menu shows a hundred, and this one shall be among them
        options = (chosen, *(each for each in options if each is not chosen))
    begin_id = None if chosen is None else chosen.id
    field = menu_field(menu, name, options, begin_id)
    _keep(picked, menu, name, field, "" if begin_id is None else str(begin_id))


def _context(picked: Picked) -> MenuContext:
    chosen = picked.chosen
    return MenuContext(
        kind=picked.kind,
        project=chosen.get(TicketRole.PROJECT),
        service=chosen.get(TicketRole.SERVICE),
        category=chosen.get(TicketRole.CATEGORY),
        state=chosen.get(TicketRole.STATE),
        group=chosen.get(TicketRole.GROUP),
    )


def _meant(options: Sequence[Choice], begin: Named | int | None) -> Choice | None:
    """The option that it begins with: by its id, or by a name that only one of them has. Pure."""
    if begin is None:
        return None
    number = begin if isinstance(begin, int) else begin.id
    if number is not None:
        return next((each for each in options if each.id == number), None)
    assert isinstance(begin, Named)
    called = [each for each in options if each.name.casefold() == begin.name.strip().casefold()]
    return called[0] if len(called) == 1 else None
