"""Menus of Aranda's own API, described for the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.capabilities import ListsTicketChoices
from bot.errors import Rejected, UsageError
from bot.model import Choice, MenuContext, TicketKind, TicketRole
from bot.providers.asms.direct import AsmsDirect
from tests.providers.case import Exchange, Impossible, Operation
from tests.providers.cases.asms.common import READ_REFUSALS
from tests.providers.cases.asms_direct.common import NO_ROWS, PROJECTS, own
from tests.providers.far_end import Answer

CHOSEN = MenuContext(TicketKind.SERVICE_CALL, project=12, service=31, category=204, state=18, group=5)
NOTHING = MenuContext()
NEW = replace(CHOSEN, state=None)

MODEL = Exchange(
    "GET /api/v9/item/4/categories/204/service/31/model",
    Answer(200, b'{"id": 7}'),
    means={b"": Rejected},
    wrong=([], "words"),
)


def _menu(path: str, query: Mapping[str, str] | None = None) -> Exchange:
    return Exchange(f"GET /api/v9/{path}", own("menu.json"), query or {}, means=NO_ROWS, wrong=({}, {"id": 1}))


def _listed(
    role: TicketRole, *exchanges: Exchange, context: MenuContext = CHOSEN, note: str = ""
) -> Operation[AsmsDirect]:
    return Operation(
        ListsTicketChoices.list_choices,
        lambda provider: provider.list_choices(role, context),
        exchanges,
        (Choice(12, "Facilities"), Choice(13, "IT")),
        note=note or role.value,
        refusals=READ_REFUSALS,
    )


def _too_early(role: TicketRole, context: MenuContext = NOTHING) -> Impossible[AsmsDirect]:
    return Impossible(lambda provider: provider.list_choices(role, context), UsageError)


CHOICES: tuple[Operation[AsmsDirect], ...] = (
    replace(
        _listed(TicketRole.PROJECT, PROJECTS, context=NOTHING),
        impossible=(
            *map(_too_early, (TicketRole.SERVICE, TicketRole.CATEGORY, TicketRole.STATE, TicketRole.REASON)),
            *map(_too_early, (TicketRole.GROUP, TicketRole.RESPONSIBLE, TicketRole.COMPANY)),
            _too_early(TicketRole.SERVICE, replace(CHOSEN, kind=TicketKind.UNKNOWN)),
            _too_early(TicketRole.UNIT, CHOSEN),
            _too_early(TicketRole.CUSTOMER, CHOSEN),
        ),
    ),
    _listed(
        TicketRole.SERVICE,
        _menu("project/12/4/services/search", {"console": "Specialist", "application": "ASDK"}),
    ),
    _listed(TicketRole.CATEGORY, _menu("item/4/services/31/categories", {"dataType": "all"})),
    _listed(TicketRole.STATE, MODEL, _menu("model/7/4/states", {"stateId": "18"})),
    _listed(TicketRole.STATE, MODEL, _menu("model/7/4/states"), context=NEW, note="state of a new ticket"),
    _listed(TicketRole.REASON, _menu("state/18/reasons")),
    _listed(TicketRole.GROUP, _menu("service/31/state/18/group/list")),
    _listed(
        TicketRole.GROUP,
        MODEL,
        _menu("model/7/4/states"),
        _menu("service/31/state/12/group/list"),
        context=NEW,
        note="group of a new ticket",
    ),
    _listed(TicketRole.RESPONSIBLE, _menu("group/5/project/12/specialists")),
    _listed(TicketRole.COMPANY, _menu("project/12/4/companies/search")),
    _listed(TicketRole.REGISTRY_TYPE, _menu("catalog/registry_type"), context=NOTHING),
    _listed(TicketRole.URGENCY, _menu("catalog/urgency"), context=NOTHING),
    _listed(TicketRole.IMPACT, _menu("catalog/impact"), context=NOTHING),
)
