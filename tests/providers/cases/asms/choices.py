"""Aranda's menus, described for the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.capabilities import ListsItemChoices, ListsTicketChoices
from bot.errors import UsageError
from bot.model import Choice, ItemRole, MenuContext, TicketKind, TicketRole
from bot.providers.asms import Asms
from tests.providers.case import Exchange, Impossible, Operation
from tests.providers.cases.asms.common import EMPTY_404, NO_ROWS, READ_REFUSALS, aranda

CHOSEN = MenuContext(TicketKind.SERVICE_CALL, project=12, service=31, category=204, state=18, group=5)
NOTHING = MenuContext()

_KIND, _PROJECT, _SERVICE = {"itemType": "ServiceCall"}, {"projectId": "12"}, {"serviceId": "31"}
_PLACE = {**_KIND, **_SERVICE, "categoryId": "204"}


def _menu(
    role: TicketRole, path: str, query: Mapping[str, str], context: MenuContext = CHOSEN, note: str = ""
) -> Operation[Asms]:
    return Operation(
        ListsTicketChoices.list_choices,
        lambda provider: provider.list_choices(role, context),
        (Exchange(f"GET /property/{path}", aranda("choices.json"), query, means=NO_ROWS, wrong=({}, {"id": 1})),),
        (Choice(12, "Facilities"), Choice(13, "IT")),
        note=note or role.value,
        refusals=(*READ_REFUSALS, EMPTY_404),
    )


def _item_menu(role: ItemRole, path: str) -> Operation[Asms]:
    return Operation(
        ListsItemChoices.list_item_choices,
        lambda provider: provider.list_item_choices(role, 12),
        (Exchange(f"GET /property/{path}", aranda("choices.json"), means=NO_ROWS, wrong=({}, {"id": 1})),),
        (Choice(12, "Facilities"), Choice(13, "IT")),
        note=role.value,
        refusals=(*READ_REFUSALS, EMPTY_404),
        impossible=(Impossible(lambda provider: provider.list_item_choices(ItemRole.LOCATION, 0), UsageError),),
    )


def _too_early(role: TicketRole, context: MenuContext = NOTHING) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.list_choices(role, context), UsageError)


CHOICES: tuple[Operation[Asms], ...] = (
    replace(
        _menu(TicketRole.PROJECT, "project", {}, NOTHING),
        impossible=(
            *(
                _too_early(role)
                for role in (
                    *(
                        TicketRole.SERVICE,
                        TicketRole.CATEGORY,
                        TicketRole.STATE,
                        TicketRole.REASON,
                        TicketRole.GROUP,
                    ),
                    *(TicketRole.RESPONSIBLE, TicketRole.COMPANY, TicketRole.UNIT, TicketRole.PROVIDER),
                )
            ),
            _too_early(TicketRole.SERVICE, replace(CHOSEN, kind=TicketKind.UNKNOWN)),
            _too_early(TicketRole.REASON, replace(CHOSEN, state=None)),
            _too_early(TicketRole.APPLICANT, CHOSEN),
            _too_early(TicketRole.CUSTOMER, CHOSEN),
            _too_early(TicketRole.CONFIGURATION_ITEM, CHOSEN),
        ),
    ),
    _menu(TicketRole.SERVICE, "service", {**_KIND, **_PROJECT}),
    _menu(TicketRole.CATEGORY, "categoryByService", {**_KIND, **_SERVICE}),
    _menu(TicketRole.STATE, "state", _PLACE),
    _menu(TicketRole.REASON, "reasonsForState", {**_PLACE, "stateId": "18"}),
    _menu(TicketRole.GROUP, "groupsByState", {**_PLACE, "stateId": "18"}),
    _menu(TicketRole.GROUP, "groupsByState", _PLACE, replace(CHOSEN, state=None), "group of a new ticket"),
    _menu(TicketRole.RESPONSIBLE, "responsible", {**_PROJECT, "groupId": "5"}),
    _menu(TicketRole.COMPANY, "companies", {**_KIND, **_PROJECT, **_SERVICE}),
    _menu(TicketRole.UNIT, "units", {**_PROJECT, **_SERVICE}),
    _menu(TicketRole.PROVIDER, "provider", {**_PROJECT, **_SERVICE}),
    _menu(TicketRole.REGISTRY_TYPE, "catalog/registryType", {}, NOTHING),
    _menu(TicketRole.URGENCY, "catalog/urgency", {}, NOTHING),
    _menu(TicketRole.IMPACT, "catalog/impact", {}, NOTHING),
    _item_menu(ItemRole.CATEGORY, "catalog/category"),
    _item_menu(ItemRole.COST_CENTER, "project/12/costCenter"),
)
