"""The Aranda stand-in's tickets: what goes both ways fits the OpenAPI file, and refusals have their names."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from bot.sandbox.asms.account import Account
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from tests.sandbox.asms_client import TICKET, Caller, account, caller
from tests.sandbox.conftest import Ear, quiet

__all__ = ["account", "caller"]  # fixtures


async def test_without_the_token_or_the_instance_nothing_is_told(caller: Caller) -> None:
    whole = dict(caller.headers)

    caller.headers = {**whole, "TokenAsms": "wrong"}
    without_token = await caller.call("GET", "connection")
    caller.headers = {**whole, "UrlAsms": "https://elsewhere.example.com"}
    elsewhere = await caller.call("GET", "connection")
    caller.headers = whole

    assert (without_token[0], elsewhere[0]) == (401, 400)
    assert await caller.call("GET", "connection") == (200, True)


async def test_opened_ticket_is_read_whole(caller: Caller, account: Account) -> None:
    fields = [{"fieldId": "317", "values": ["4B"]}]
    code = await caller.opens(groupId=5, customerId=881, additionalFields=fields)

    status, ticket = await caller.call("GET", f"asms/case/{code}")

    assert (status, ticket["idByProject"], ticket["subject"]) == (200, code, "No hot water")
    assert (ticket["groupName"], ticket["customerName"], ticket["stateName"]) == ("Plumbers", "Ana Ruiz", "Open")
    assert ticket["additionalFields"][0]["values"] == ["4B"]
    assert ticket["isClosed"] is False
    assert list(account.tickets) == [code]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"itemType": ""}, "ItemTypeIsRequired"),
        ({"itemType": "Wish"}, "InvalidItemType"),
        ({"subject": " "}, "RequestNeedsSomeArguments"),
        ({"projectId": 99}, "InvalidProjectId"),
        ({"serviceId": None}, "ServiceIdIsEmpty"),
        ({"serviceId": 41}, "ModelIdIsEmpty"),
        ({"categoryId": None}, "CategoryIdIsEmpty"),
        ({"stateId": 99}, "InvalidStateId"),
        ({"groupId": 99}, "Is null Parameter name: groupId"),
        ({"additionalFields": [{"fieldId": "Flat", "values": ["4B"]}]}, "InvalidAdditionalFieldId"),
    ],
)
async def test_ticket_that_cannot_be_is_refused_by_name(
    caller: Caller, account: Account, change: dict[str, object], name: str
) -> None:
    status, said = await caller.call("POST", "asms/case", {**TICKET, **change})

    assert (status, said) == (400, {"message": name})
    assert account.tickets == {}


async def test_project_may_want_more_fields(caller: Caller, account: Account) -> None:
    account.rules.required = ("317",)

    status, said = await caller.call("POST", "asms/case", TICKET)
    await caller.opens(additionalFields=[{"fieldId": "317", "values": ["4B"]}])

    assert (status, said) == (400, {"message": "317 AdditionalFieldIsRequired"})


async def test_search_compares_as_the_fields_kind_allows(caller: Caller) -> None:
    first, second = await caller.opens(), await caller.opens(subject="Keys lost", serviceId=32, categoryId=211)

    async def found(*condition: str) -> list[str]:
        return [row["idByProject"] for row in (await caller.finds(*condition))[1]]

    assert await found("Subject", "Like", "HOT") == [first]
    assert await found("ServiceId", "EqualTo", "32") == [second]
    assert await found("ServiceId", "NotEqualTo", "32") == [first]
    assert await found("OpenedDate", "GreaterThan", "2020-01-01") == [second, first]
    assert await found("OpenedDate", "LessThan", "2020-01-01") == []
    for wrong in (("Subject", "GreaterThan", "a"), ("ServiceId", "Like", "3"), ("OpenedDate", "Like", "2")):
        assert (await caller.finds(*wrong))[0] == 400


async def test_search_without_a_value_is_refused_and_one_is_cut_at_fifty(caller: Caller, account: Account) -> None:
    for _ in range(51):
        account.open_ticket("Incidents", 12, TICKET)

    _, rows = await caller.finds("Subject", "Like", "hot")

    assert len(rows) == 50
    assert "commentary" not in rows[0]
    assert await caller.finds("Subject", "Like", "") == (400, {"message": "CriteriaNeedsSomeArguments"})


async def test_change_is_kept_and_told_in_the_history(caller: Caller) -> None:
    code = await caller.opens()
    path = f"asms/case/{code}"

    _, changed = await caller.call("PUT", path, {"stateId": 23, "commentary": "Done"})
    _, ticket = await caller.call("GET", path)
    _, history = await caller.call("GET", f"{path}/history")

    assert changed == {"result": True}
    assert (ticket["stateName"], ticket["isClosed"], ticket["commentary"]) == ("Closed", True, "Done")
    assert [(step["fieldName"], step["oldValue"], step["newValue"]) for step in history] == [
        ("State", "Open", "Closed"),
        ("Commentary", None, "Done"),
        (None, None, None),
    ]


async def test_notes_are_told_only_when_asked_for(caller: Caller, account: Account) -> None:
    code = await caller.opens()
    path = f"asms/case/{code}"
    await caller.call("POST", f"{path}/note", message="We are coming.")
    account.staff_notes(code, "After six.", private=True)

    async def notes(scope: str) -> list[str]:
        _, steps = await caller.call("GET", f"{path}/history", addNote=scope)
        return [step["newValue"] for step in steps if step["actionId"] == "Note"]

    assert await notes("None") == []
    assert await notes("Public") == ["We are coming."]
    assert await notes("Private") == ["After six."]
    assert await notes("All") == ["After six.", "We are coming."]
    for words in ("", "x" * 255):
        assert (await caller.call("POST", f"{path}/note", message=words))[0] == 400


async def test_file_comes_back_as_it_went(caller: Caller) -> None:
    code = await caller.opens()
    path, content = f"asms/case/{code}", b"\xff\xd8 a photo"
    body = {"file": base64.b64encode(content).decode(), "fileName": "boiler ñ.jpg"}

    await caller.call("POST", f"{path}/file", body)
    _, ticket = await caller.call("GET", path)
    (attached,) = ticket["attachments"]
    _, downloaded = await caller.call("GET", f"{path}/file/{attached['id']}")
    missing, _ = await caller.call("GET", f"{path}/file/1")

    assert (attached["name"], downloaded, missing) == ("boiler ñ.jpg", content, 204)


@pytest.mark.parametrize("file", ["", "not base64!", base64.b64encode(bytes(100)).decode()])
async def test_file_that_is_none_or_too_large_is_refused(caller: Caller, account: Account, file: str) -> None:
    account.rules.most_bytes = 99
    code = await caller.opens()

    answered = await caller.call("POST", f"asms/case/{code}/file", {"file": file, "fileName": "a.bin"})

    assert answered == (400, {"message": "InvalidUploadType"})


async def test_ticket_that_is_not_there_is_nothing(caller: Caller) -> None:
    read, _ = await caller.call("GET", "asms/case/RF-1")
    history, _ = await caller.call("GET", "asms/case/RF-1/history")
    changed, _ = await caller.call("PUT", "asms/case/RF-1", {"stateId": 18})

    assert (read, history, changed) == (204, 204, 404)


Act = Callable[[Account, str], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda account, code: account.staff_moves(code, 22),
        lambda account, code: account.staff_notes(code, "After six."),
        lambda account, code: account.staff_attaches(code, "a.txt", b"a"),
    ],
)
async def test_business_rule_posts_what_changed_as_its_template_makes_it(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear, act: Act
) -> None:
    code = await caller.opens(subject='The "big" boiler')
    account.rules.webhook = f"{ear.url}/ticket"

    act(account, code)
    await quiet(sandbox)

    (heard,) = ear.heard
    assert f'"idByProject":"{code}"'.encode() in heard.raw
    assert b'"subject":"The "big" boiler"' in heard.raw


async def test_change_by_the_bot_has_the_rule_post_as_well(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear
) -> None:
    account.rules.webhook = f"{ear.url}/ticket"

    code = await caller.opens()
    await caller.call("PUT", f"asms/case/{code}", {"stateId": 18})
    await quiet(sandbox)

    assert len(ear.heard) == 2


async def test_staff_work_by_remote_control(
    sandbox: Sandbox, session: aiohttp.ClientSession, caller: Caller, ear: Ear
) -> None:
    code = await caller.opens()

    async def act(name: str, **body: object) -> Any:
        async with session.post(f"{sandbox.url}/_sandbox/{name}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    await act("rules", webhook=f"{ear.url}/ticket")
    await act("move_ticket", code=code, state=22)
    await act("note_ticket", code=code, words="After six.", private=True)
    made = await act("add_article", title="Boiler", content="Look at the valve.")
    (ticket,) = await act("tickets")
    await quiet(sandbox)

    assert (ticket["idByProject"], ticket["stateName"], len(ear.heard)) == (code, "Resolved", 2)
    _, found = await caller.call("POST", "kb/article/list", {"projectId": 12, "search": "valve"})
    assert [each["id"] for each in found] == [made["id"]]


async def test_body_that_is_no_object_is_refused(caller: Caller) -> None:
    assert (await caller.call("PUT", "asms/case/RF-1", [1]))[0] == 400


async def test_fault_is_refused_in_their_words(sandbox: Sandbox, account: Account, caller: Caller) -> None:
    sandbox.trouble.add(Fault(where="asms.create_ticket", kind="error", status=400, error="ModelNotActive"))
    sandbox.trouble.add(Fault(where="asms.create_ticket", kind="status", status=429, retry_after_s=20))

    named = await caller.call("POST", "asms/case", TICKET)
    throttled, _ = await caller.call("POST", "asms/case", TICKET)

    assert named == (400, {"message": "ModelNotActive"})
    assert throttled == 429
    assert account.tickets == {}
