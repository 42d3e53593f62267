"""The Aranda stand-in's knowledge base, configuration items and menus."""

from __future__ import annotations

import pytest

from bot.sandbox.asms.account import Account
from tests.sandbox.asms_client import Caller, account, caller

__all__ = ["account", "caller"]  # fixtures

ITEM = {"name": "Boiler 4B", "projectId": 12, "categoryId": 55, "responsibleId": 77, "serial": "BX-1009"}


async def test_articles_are_found_with_their_files(caller: Caller, account: Account) -> None:
    article = account.add_article("Boiler", "<p>Look at the valve.</p>", 12, ("valve.pdf", b"%PDF"))
    account.add_article("Boiler", "Elsewhere", 13)
    asked = {"projectId": 12, "search": "VALVE"}

    _, found = await caller.call("POST", "kb/article/list", asked)
    _, file = await caller.call("GET", f"kb/article/{article.id}/file/{article.files[0].id}")

    assert [each["id"] for each in found] == [article.id]
    assert file == b"%PDF"
    assert (await caller.call("POST", "kb/article/list", {**asked, "search": "va"}))[0] == 400


async def test_items_are_made_once_found_and_changed(caller: Caller) -> None:
    _, made = await caller.call("POST", "cmdb/ci", ITEM)
    again = await caller.call("POST", "cmdb/ci", ITEM)
    filters = [{"field": "Serial", "operator": "EqualTo", "value": "BX-1009"}]

    _, found = await caller.call("POST", "cmdb/ci/list", {"logicOperator": "Or", "filters": filters})
    fields = [{"fieldId": "318", "values": ["Gas"]}]
    await caller.call("PATCH", f"cmdb/ci/{made['id']}", {"assetTag": "A-77", "additionalFields": fields})
    _, item = await caller.call("GET", f"cmdb/ci/{made['id']}")

    assert again == (400, {"message": "DuplicatedObject"})
    assert [each["id"] for each in found] == [made["id"]]
    assert (item["assetTag"], item["category"]["name"], item["responsibleName"]) == (
        "A-77",
        "Boilers",
        "M. Torres",
    )
    assert [(each["fieldId"], each["values"]) for each in item["additionalFields"]] == [(318, ["Gas"])]
    assert (await caller.call("GET", "cmdb/ci/1"))[0] == 204
    assert (await caller.call("POST", "cmdb/ci", {"name": "x"}))[1] == {
        "message": "EmptyValue Parameter name: projectId"
    }


@pytest.mark.parametrize(
    ("path", "query", "first"),
    [
        ("property/project", {}, "Facilities"),
        ("property/service", {"itemType": "Incidents", "projectId": "12"}, "Heating"),
        (
            "property/categoryByService",
            {"itemType": "Incidents", "serviceId": "31"},
            "Boilers",
        ),
        ("property/state", {}, "Open"),
        ("property/reasonsForState", {"stateId": "22"}, "Repaired"),
        ("property/groupsByState", {}, "Plumbers"),
        ("property/responsible", {"groupId": "5", "projectId": "12"}, "M. Torres"),
        (
            "property/companies",
            {"itemType": "Incidents", "projectId": "12", "serviceId": "31"},
            "Elm Street Housing",
        ),
        ("property/units", {"projectId": "12", "serviceId": "31"}, "North wing"),
        ("property/provider", {"projectId": "12", "serviceId": "31"}, "Thermo Service"),
        ("property/catalog/urgency", {}, "Low"),
        ("property/project/12/location", {}, "Cellar"),
        ("kb/article/folders", {"projectId": "12"}, "Repairs"),
        ("kb/article/types", {}, "How-to"),
    ],
)
async def test_menu_is_offered_for_what_was_chosen(
    caller: Caller, path: str, query: dict[str, str], first: str
) -> None:
    status, menu = await caller.call("GET", path, **query)

    assert (status, menu[0]["name"]) == (200, first)
    for name in query:
        less = {other: value for other, value in query.items() if other != name}
        assert (await caller.call("GET", path, **less))[1] in ([], {"message": f"Parameter name: {name}"})
