"""What people call by its name, as the id by which the service desk knows it.

A menu depends on what was chosen before it: names are looked up in that order, with what the ticket has already.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from bot.capabilities import KeepsConfigurationItems, ListsItemChoices, ListsTicketChoices
from bot.errors import UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Unclear
from bot.grammar import Named
from bot.markup import inert
from bot.model import Choice, Compare, Condition, ItemRole, MenuContext, Search, Ticket, TicketKind, TicketRole
from bot.views import answers
from bot.views.answers import Answer

NAMED = 10  # how many names of a menu an error tells

KEYS: Mapping[TicketRole, str] = {  # in the order in which they depend on each other
    TicketRole.SERVICE: "service",
    TicketRole.CATEGORY: "category",
    TicketRole.STATE: "state",
    TicketRole.REASON: "reason",
    TicketRole.GROUP: "group",
    TicketRole.RESPONSIBLE: "responsible",
    TicketRole.URGENCY: "urgency",
    TicketRole.IMPACT: "impact",
    TicketRole.CUSTOMER: "customer",
    TicketRole.APPLICANT: "applicant",
    TicketRole.COMPANY: "company",
    TicketRole.CONFIGURATION_ITEM: "ci",
    TicketRole.PROVIDER: "provider",
    TicketRole.UNIT: "unit",
    TicketRole.REGISTRY_TYPE: "registry-type",
}

ITEM_ROLES: Mapping[str, ItemRole] = {role.value.replace(" ", "-"): role for role in ItemRole}


async def roles_of(
    turn: Turn, context: Callable[[Mapping[TicketRole, int]], MenuContext], known: Container[TicketRole] = ()
) -> Mapping[TicketRole, int]:
    """What was typed of what a ticket is to point at, but for what is `known`. `context` is what menus depend on,
    given what was found. Raises `UsageError` for a name that its menu does not have, or has twice."""
    found: dict[TicketRole, int] = {}
    for role, key in KEYS.items():
        named = turn.asked.find(key, Named)
        if named is not None and role not in known:
            found[role] = await id_of(turn, role, named, context(found))
    return found


def context_of(ticket: Ticket, chosen: Mapping[TicketRole, int]) -> MenuContext:
    """What menus of the ticket depend on: what was chosen anew, else what it has. Pure."""
    has = {role: choice.id for role, choice in ticket.roles.items()}
    if ticket.state:
        has[TicketRole.STATE] = ticket.state.id
    now = {**has, **chosen}
    return MenuContext(
        kind=None if ticket.kind is TicketKind.UNKNOWN else ticket.kind,
        project=ticket.project.id if ticket.project else None,
        service=now.get(TicketRole.SERVICE),
        category=now.get(TicketRole.CATEGORY),
        state=now.get(TicketRole.STATE),
        group=now.get(TicketRole.GROUP),
    )


async def id_of(turn: Turn, role: TicketRole, named: Named, context: MenuContext) -> int:
    """The id of what is called so. Raises `UsageError`."""
    if named.id is not None:
        return named.id
    if role is TicketRole.CONFIGURATION_ITEM:
        return chosen(await _items(turn, named.name), named.name, role.value)
    menu = await the_provider(turn, ListsTicketChoices).list_choices(role, context)
    return chosen(menu, named.name, role.value)


async def item_id(turn: Turn, key: str, named: Named, project: int | None) -> int:
    """The id of what a configuration item is to point at, as `key` says; `project` is None where it is not known.

    Raises `UsageError` for a name that cannot be looked up, or that its menu does not have.
    """
    if named.id is not None:
        return named.id
    role = ITEM_ROLES.get(key)
    if role is None or project is None:
        raise UsageError(f"{key}= takes an id here, like {key}=55: names of it cannot be looked up.")
    menu = await the_provider(turn, ListsItemChoices).list_item_choices(role, project)
    return chosen(menu, named.name, role.value)


async def _items(turn: Turn, name: str) -> Sequence[Choice]:
    search = Search((Condition("Name", Compare.EQUAL, name),))
    found = await the_provider(turn, KeepsConfigurationItems).find_items(search)
    return [Choice(item.id, item.name) for item in found.rows]


def chosen(menu: Sequence[Choice], name: str, what: str) -> int:
    """The id of the line of a menu that is called so. Raises `UsageError` for none, and for several. Pure."""
    called = [choice for choice in menu if choice.name.casefold() == name.strip().casefold()]
    if len(called) == 1:
        return called[0].id
    if called:
        ids = ", ".join(str(choice.id) for choice in called[:NAMED])
        raise UsageError(f"Several are called “{name}”. Write the id instead, one of {ids}.")
    if not menu:
        raise UsageError(f"No {what} is called “{name}”, and there is no other to choose here.")
    names = ", ".join(f"“{inert(choice.name)}”" for choice in menu[:NAMED])
    others = " and others" if len(menu) > NAMED else ""
    raise UsageError(f"No {what} is called “{name}” here. There is {names}{others}.")


async def the_project(turn: Turn) -> int:
    """The project that is meant: the one of `project=`, or the only one.

    Raises `Unclear` when it can be several, `UsageError` when there is none, or none of that name.
    """
    named = turn.asked.find("project", Named)
    if named is not None and named.id is not None:
        return named.id
    menu = await the_provider(turn, ListsTicketChoices).list_choices(TicketRole.PROJECT, MenuContext())
    if named is not None:
        return chosen(menu, named.name, TicketRole.PROJECT.value)
    if not menu:
        raise UsageError("Our token sees no project at the service desk. Ask its administrator.")
    if len(menu) == 1:
        return menu[0].id
    words = turn.given.ask.words
    choices = tuple(answers.Choice(each.name, turn.again(f"{words} project={each.id}")) for each in menu)
    raise Unclear(Answer("In which project?", choices=choices, once=True))
