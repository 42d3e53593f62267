"""Text Request's groups, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import KeepsGroups
from bot.errors import NotFound, UsageError
from bot.model import Group, GroupId
from bot.providers.textrequest import TextRequest
from tests.providers.case import ANY_STATUS, EMPTY_LIST, Exchange, Impossible, Operation, Refusal, everything
from tests.providers.cases.textrequest.common import TR_LINE, TR_PAGE, TR_REFUSALS, of_no_id, tr
from tests.providers.far_end import Answer

ID = GroupId("40472")
REGULARS = Group(ID, "Regulars", "Every week", members=17, last_text_at=datetime(2026, 2, 27, 9, tzinfo=UTC))
PIZZA = Group(GroupId("40473"), "PIZZA", members=0, by_keyword=True)

_PATH = "/dashboards/121/groups"
_BODY = {"name": "Regulars", "notes": "Every week"}
_NEVER: tuple[object, ...] = ({}, {"id": None}, {"id": [1]})


GROUPS: tuple[Operation[TextRequest], ...] = (
    Operation(
        KeepsGroups.list_groups,
        lambda provider: everything(provider.list_groups(TR_LINE)),
        (Exchange(f"GET {_PATH}", tr("groups.json"), TR_PAGE, means=EMPTY_LIST),),
        [REGULARS, PIZZA],
        refusals=TR_REFUSALS,
    ),
    Operation(
        KeepsGroups.read_group,
        lambda provider: provider.read_group(TR_LINE, ID),
        (Exchange(f"GET {_PATH}/40472", tr("group.json"), means={b"": NotFound}, wrong=_NEVER),),
        REGULARS,
        refusals=(*TR_REFUSALS, Refusal(Answer(204), NotFound, "nothing")),
        impossible=of_no_id(lambda provider, id_: provider.read_group(TR_LINE, GroupId(id_))),
    ),
    Operation(
        KeepsGroups.create_group,
        lambda provider: provider.create_group(TR_LINE, " Regulars", "Every week\n"),
        (Exchange(f"POST {_PATH}", tr("group_made.json"), body=_BODY, effect=True, wrong=_NEVER),),
        replace(REGULARS, id=GroupId("40474"), members=0, last_text_at=None),
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: provider.create_group(TR_LINE, " ", "Every week"), UsageError),),
    ),
    Operation(
        KeepsGroups.update_group,
        lambda provider: provider.update_group(TR_LINE, ID, "Regulars", "Every week"),
        (Exchange(f"PUT {_PATH}/40472", tr("group.json"), body=_BODY, effect=True, wrong=_NEVER),),
        REGULARS,
        refusals=TR_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.update_group(TR_LINE, GroupId("x"), "Regulars", ""), UsageError),
            Impossible(lambda provider: provider.update_group(TR_LINE, ID, "", "Every week"), UsageError),
        ),
    ),
    Operation(
        KeepsGroups.delete_group,
        lambda provider: provider.delete_group(TR_LINE, ID),
        (Exchange(f"DELETE {_PATH}/40472", Answer(204), effect=True, means=ANY_STATUS),),
        None,
        refusals=TR_REFUSALS,
        impossible=of_no_id(lambda provider, id_: provider.delete_group(TR_LINE, GroupId(id_))),
    ),
)
