"""Aranda's configuration items, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from bot.capabilities import KeepsConfigurationItems
from bot.errors import Conflict, FieldRefused, NotFound, UsageError
from bot.model import (
    AdditionalField,
    Choice,
    Compare,
    Condition,
    ConfigurationItem,
    Found,
    ItemChange,
    ItemId,
    ItemRequest,
    Search,
)
from bot.providers.asms import Asms
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.asms.common import EMPTY_404_INFERRED, NO_ROWS, READ_REFUSALS, REFUSALS, aranda, refusal
from tests.providers.far_end import Answer

ID = ItemId(991)
ACCEPTED = datetime(2024, 5, 1, 2, tzinfo=timezone(timedelta(hours=2)))
REQUEST = ItemRequest(
    " Boiler 4B ",
    project=12,
    category=55,
    responsible=77,
    more=ItemChange(
        words={"serial": "BX-1009", "assetTag": "A-77"},
        ids={"brandId": 4},
        moments={"acceptDate": ACCEPTED},
        price=Decimal("1299.50"),
        additional=(AdditionalField("401", ("120",)),),
    ),
)
_NEEDED = {"name": "Boiler 4B", "projectId": 12, "categoryId": 55, "responsibleId": 77}
FOUND = ConfigurationItem(
    id=ID,
    name="Boiler 4B",
    description="In the cellar",
    serial="BX-1009",
    asset_tag="A-77",
    state="In use",
    category=Choice(55, "Boilers"),
    responsible="M. Torres",
    changed_at=datetime(2026, 2, 1, 12, tzinfo=UTC),
    details={
        "acceptDate": "2024-05-01T00:00:00Z",
        "createdDate": "2024-05-01T00:00:00Z",
        "impact": "One flat",
        "type": "Device",
    },
)
ITEM = replace(
    FOUND,
    details={"brandId": "4", "brandName": "Thermo", "price": "1299.5", "isActive": "yes"},
    additional=(AdditionalField("401", ("120",), "Liters"),),
)
_NO_ITEM: tuple[object, ...] = ({}, {"id": None}, {"id": 0}, {"name": "Boiler 4B"})


def _unmade(request: ItemRequest) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.create_item(request), UsageError)


def _unchanged(change: ItemChange, item: int = ID) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.update_item(ItemId(item), change), UsageError)


ITEMS: tuple[Operation[Asms], ...] = (
    Operation(
        KeepsConfigurationItems.create_item,
        lambda provider: provider.create_item(REQUEST),
        (
            Exchange(
                "POST /cmdb/ci",
                aranda("item_made.json"),
                body={
                    **_NEEDED,
                    "serial": "BX-1009",
                    "assetTag": "A-77",
                    "brandId": 4,
                    "acceptDate": "2024-05-01T00:00:00Z",
                    "price": 1299.5,
                    "additionalFields": [{"fieldId": "401", "values": ["120"]}],
                },
                effect=True,
                wrong=_NO_ITEM,
            ),
        ),
        ID,
        refusals=(
            *REFUSALS,
            Refusal(refusal("DuplicatedObject"), Conflict, "DuplicatedObject"),
            Refusal(refusal("EmptyValue Parameter name: responsibleId"), FieldRefused, "EmptyValue"),
        ),
        impossible=(
            _unmade(replace(REQUEST, name=" ")),
            _unmade(replace(REQUEST, project=0)),
            _unmade(replace(REQUEST, category=0)),
            _unmade(replace(REQUEST, responsible=0)),
            _unmade(replace(REQUEST, more=ItemChange(words={"color": "red"}))),
            _unmade(replace(REQUEST, more=ItemChange(ids={"stateId": 1}))),
            _unmade(replace(REQUEST, more=ItemChange(ids={"brandId": 0}))),
            _unmade(replace(REQUEST, more=ItemChange(moments={"openedDate": ACCEPTED}))),
            _unmade(replace(REQUEST, more=ItemChange(price=Decimal("0.99")))),
        ),
    ),
    Operation(
        KeepsConfigurationItems.create_item,
        lambda provider: provider.create_item(replace(REQUEST, more=ItemChange())),
        (Exchange("POST /cmdb/ci", aranda("item_made.json"), body=_NEEDED, effect=True),),
        ID,
        note="with no more than it needs",
    ),
    Operation(
        KeepsConfigurationItems.find_items,
        lambda provider: provider.find_items(
            Search(
                (Condition("Name", Compare.LIKE, "boiler"), Condition("StateId", Compare.NOT_EQUAL, "4")),
                any_of=True,
            )
        ),
        (
            Exchange(
                "POST /cmdb/ci/list",
                aranda("items.json"),
                body={
                    "logicOperator": "Or",
                    "filters": [
                        {"field": "Name", "operator": "Like", "value": "boiler"},
                        {"field": "StateId", "operator": "NotEqualTo", "value": "4"},
                    ],
                },
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        Found((FOUND,), cut=False),
        refusals=(*READ_REFUSALS, EMPTY_404_INFERRED),
        impossible=(
            Impossible(lambda provider: provider.find_items(Search(())), UsageError),
            Impossible(
                lambda provider: provider.find_items(Search((Condition("Subject", Compare.LIKE, "hot"),))),
                UsageError,
            ),
        ),
    ),
    Operation(
        KeepsConfigurationItems.read_item,
        lambda provider: provider.read_item(ID),
        (Exchange("GET /cmdb/ci/991", aranda("item.json"), means={b"": NotFound}, wrong=_NO_ITEM),),
        ITEM,
        refusals=(*READ_REFUSALS, EMPTY_404_INFERRED, Refusal(Answer(204), NotFound, "nothing")),
        impossible=(Impossible(lambda provider: provider.read_item(ItemId(0)), UsageError),),
    ),
    Operation(
        KeepsConfigurationItems.update_item,
        lambda provider: provider.update_item(
            ID, ItemChange(words={"description": ""}, ids={"stateId": 2, "responsibleId": 78})
        ),
        (
            Exchange(
                "PATCH /cmdb/ci/991",
                aranda("item_made.json"),
                body={"description": "", "stateId": 2, "responsibleId": 78},
                effect=True,
                wrong=_NO_ITEM,
            ),
        ),
        None,
        refusals=(*REFUSALS, EMPTY_404_INFERRED),
        impossible=(
            _unchanged(ItemChange()),
            _unchanged(ItemChange(words={"name": "Boiler"})),
            _unchanged(ItemChange(ids={"projectId": 13})),
            _unchanged(ItemChange(ids={"stateId": 2}), 0),
        ),
    ),
)
