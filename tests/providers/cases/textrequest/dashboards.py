"""Text Request's dashboards, described for the contract."""

from __future__ import annotations

from bot.capabilities import ManagesDashboards
from bot.errors import NotFound, Rejected, UsageError
from bot.model import Dashboard, DashboardId, Number
from bot.providers.textrequest import TextRequest
from tests.providers.case import ANY_STATUS, EMPTY_LIST, Exchange, Impossible, Operation, Refusal, everything
from tests.providers.cases.common import OUR_NUMBER
from tests.providers.cases.textrequest.common import ABROAD, TR_PAGE, TR_REFUSALS, of_no_id, tr
from tests.providers.far_end import Answer

ID = DashboardId("121")
DESK = Dashboard(ID, "Front desk", OUR_NUMBER)
GARAGE = Dashboard(DashboardId("122"), "Garage", Number("+14235550101"))

_NEVER: tuple[object, ...] = ({}, {"id": None}, {"id": {"a": 1}, "name": "Front desk"})


DASHBOARDS: tuple[Operation[TextRequest], ...] = (
    Operation(
        ManagesDashboards.list_dashboards,
        lambda provider: everything(provider.list_dashboards()),
        (Exchange("GET /dashboards", tr("dashboards.json"), TR_PAGE, means=EMPTY_LIST),),
        [DESK, GARAGE],
        refusals=TR_REFUSALS,
    ),
    Operation(
        ManagesDashboards.read_dashboard,
        lambda provider: provider.read_dashboard(ID),
        (Exchange("GET /dashboards/121", tr("dashboard.json"), means={b"": NotFound}, wrong=_NEVER),),
        DESK,
        refusals=(*TR_REFUSALS, Refusal(Answer(204), NotFound, "nothing")),
        impossible=of_no_id(lambda provider, id_: provider.read_dashboard(DashboardId(id_))),
    ),
    Operation(
        ManagesDashboards.create_dashboard,
        lambda provider: provider.create_dashboard(" Front desk", OUR_NUMBER),
        (
            Exchange(
                "POST /dashboards",
                tr("dashboard.json"),
                body={"name": "Front desk", "phone": "14235550100"},
                effect=True,
                wrong=_NEVER,
            ),
        ),
        DESK,
        refusals=TR_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.create_dashboard("\t", OUR_NUMBER), UsageError),
            Impossible(lambda provider: provider.create_dashboard("London", ABROAD), Rejected),
        ),
    ),
    Operation(
        ManagesDashboards.rename_dashboard,
        lambda provider: provider.rename_dashboard(ID, "Front desk"),
        (
            Exchange(
                "PUT /dashboards/121",
                tr("dashboard.json"),
                body={"name": "Front desk"},
                effect=True,
                wrong=_NEVER,
            ),
        ),
        DESK,
        refusals=TR_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.rename_dashboard(ID, ""), UsageError),
            *of_no_id(lambda provider, id_: provider.rename_dashboard(DashboardId(id_), "Front desk")),
        ),
    ),
    Operation(
        ManagesDashboards.delete_dashboard,
        lambda provider: provider.delete_dashboard(ID),
        (Exchange("DELETE /dashboards/121", Answer(204), effect=True, means=ANY_STATUS),),
        None,
        refusals=TR_REFUSALS,
        impossible=of_no_id(lambda provider, id_: provider.delete_dashboard(DashboardId(id_))),
    ),
)
