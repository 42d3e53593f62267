"""What the menus of a ticket and of a configuration item offer at Aranda.

A ticket's menus depend on each other: what comes first is asked for.

Their connector calls these its own and describes them loosely: an id and a name.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.capabilities import ListsItemChoices, ListsTicketChoices
from bot.errors import UsageError
from bot.http import Http
from bot.model import Choice, ItemRole, MenuContext, TicketRole
from bot.providers.asms.asking import known_id
from bot.providers.asms.wire import KINDS, read_choices


@dataclass(frozen=True, slots=True)
class Menu:
    """Where a menu is. `after` must be chosen before, `if_known` narrows it down; both by the names of queries."""

    path: str
    after: tuple[str, ...] = ()
    if_known: tuple[str, ...] = ()


_PLACE = ("itemType", "serviceId", "categoryId")
MENUS: Mapping[TicketRole, Menu] = {
    TicketRole.PROJECT: Menu("/property/project"),
    TicketRole.SERVICE: Menu("/property/service", ("itemType", "projectId")),
    TicketRole.CATEGORY: Menu("/property/categoryByService", ("itemType", "serviceId")),
    TicketRole.STATE: Menu("/property/state", _PLACE),
    TicketRole.REASON: Menu("/property/reasonsForState", (*_PLACE, "stateId")),
    TicketRole.GROUP: Menu("/property/groupsByState", _PLACE, ("stateId",)),
    TicketRole.RESPONSIBLE: Menu("/property/responsible", ("projectId", "groupId")),
    TicketRole.COMPANY: Menu("/property/companies", ("itemType", "projectId", "serviceId")),
    TicketRole.UNIT: Menu("/property/units", ("projectId", "serviceId")),
    TicketRole.PROVIDER: Menu("/property/provider", ("projectId", "serviceId")),
    TicketRole.REGISTRY_TYPE: Menu("/property/catalog/registryType"),
    TicketRole.URGENCY: Menu("/property/catalog/urgency"),
    TicketRole.IMPACT: Menu("/property/catalog/impact"),
}
_WORDS: Mapping[str, str] = {
    "itemType": "type",
    "projectId": "project",
    "serviceId": "service",
    "categoryId": "category",
    "stateId": "state",
    "groupId": "group",
}


ITEM_MENUS: Mapping[ItemRole, str] = {
    ItemRole.CATEGORY: "/property/catalog/category",
    ItemRole.BRAND: "/property/catalog/brand",
    ItemRole.MODEL: "/property/catalog/model",
    ItemRole.RISK: "/property/catalog/risk",
    ItemRole.IMPACT: "/property/catalog/impact",
    ItemRole.UNIT: "/property/catalog/measureUnit",
    ItemRole.MANUFACTURER: "/property/project/{project}/manufacturer",
    ItemRole.PROVIDER: "/property/project/{project}/provider",
    ItemRole.COST_CENTER: "/property/project/{project}/costCenter",
    ItemRole.LOCATION: "/property/project/{project}/location",
}


class TicketChoices(ListsTicketChoices):
    """Aranda's menus."""

    ticket_menus: ClassVar[frozenset[TicketRole]] = frozenset(MENUS)
    _http: Http

    async def list_choices(self, role: TicketRole, context: MenuContext) -> Sequence[Choice]:
        """One menu. Of applicants, customers and configuration items there is none."""
        menu = MENUS.get(role)
        if menu is None:
            raise UsageError(f"Aranda has no menu for a ticket's {role}. Write its id.")
        return read_choices(await self._http.read(menu.path, menu_query(menu, context)))


class ItemChoices(ListsItemChoices):
    """Aranda's menus of configuration items; some are the same in every project."""

    _http: Http

    async def list_item_choices(self, role: ItemRole, project: int) -> Sequence[Choice]:
        """One menu."""
        path = ITEM_MENUS[role].format(project=known_id(project, "A project"))
        return read_choices(await self._http.read(path))


# --- What is asked ----------------------------------------------------------------------------------------


def menu_query(menu: Menu, context: MenuContext) -> Mapping[str, str]:
    """What narrows a menu down. Raises `UsageError` that names what must be chosen first."""
    chosen = {
        "itemType": KINDS.get(context.kind) if context.kind else None,
        "projectId": context.project,
        "serviceId": context.service,
        "categoryId": context.category,
        "stateId": context.state,
        "groupId": context.group,
    }
    missing = [_WORDS[name] for name in menu.after if chosen[name] is None]
    if missing:
        raise UsageError(f"Choose this first: {', '.join(missing)}.")
    return {name: str(chosen[name]) for name in (*menu.after, *menu.if_known) if chosen[name] is not None}
