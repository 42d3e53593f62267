"""The Text Request stand-in: contacts, groups, tags and custom fields."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Dashboard
from tests.sandbox.conftest import MARIA, Caller, Ear, quiet

BEN = "+14155550135"
MARIA_PATH = "dashboards/121/contacts/14155550134"
BEN_PATH = "dashboards/121/contacts/14155550135"


async def numbers(caller: Caller, **query: str) -> list[str]:
    """Whom a filter finds."""
    _, page = await caller.call("GET", "dashboards/121/contacts", **query)
    return [each["phone_number"][-1] for each in page["items"]]


async def test_saved_contact_is_read_back_and_told(
    sandbox: Sandbox, account: Account, desk: Dashboard, caller: Caller, hooked: Ear
) -> None:
    tag, field = account.labels.add_tag(desk.id, "vip"), account.labels.add_field(desk.id, "Account #")
    group = account.labels.add_group(desk.id, "Regulars")
    change = {
        "first_name": "Maria",
        "last_name": "Lopez",
        "display_name": "Maria Lopez",
        "note": "VIP",
        "is_suppressed": True,
        "suppressed_reason": "Chats",
        "groups": [group.id],
        "contact_tags": [tag.id],
        "custom_fields": [{"id": field.id, "value": "A-1009"}],
        "is_resolved": True,
    }

    status, saved = await caller.call("POST", MARIA_PATH, change)
    _, read = await caller.call("GET", MARIA_PATH)
    await quiet(sandbox)

    assert (status, saved) == (200, read)
    assert {name: saved[name] for name in change} == change
    assert hooked.at("/contact_updated")[0].json == saved


async def test_what_is_left_out_of_a_change_stays_and_lists_are_replaced(
    account: Account, desk: Dashboard, caller: Caller
) -> None:
    first, second = (account.labels.add_tag(desk.id, name) for name in ("one", "two"))
    await caller.call("POST", MARIA_PATH, {"note": "VIP", "contact_tags": [first.id]})

    _, contact = await caller.call("POST", MARIA_PATH, {"contact_tags": [second.id]})

    assert (contact["note"], contact["contact_tags"]) == ("VIP", [second.id])


@pytest.mark.parametrize(
    "change",
    [
        {"note": 3},
        {"is_blocked": "yes"},
        {"groups": [7]},
        {"groups": "40472"},
        {"contact_tags": ["nothing"]},
        {"custom_fields": [{"id": "nothing", "value": "x"}]},
        {"custom_fields": ["x"]},
        ["words"],
    ],
)
async def test_change_that_makes_no_sense_is_refused_whole(
    account: Account, desk: Dashboard, caller: Caller, change: Any
) -> None:
    await caller.call("POST", MARIA_PATH, {"first_name": "Maria"})
    whole = {"first_name": "Nobody", **change} if isinstance(change, dict) else change

    status, _ = await caller.call("POST", MARIA_PATH, whole)

    assert status == 400
    assert account.contacts[desk.id, MARIA].first_name == "Maria"


async def test_label_of_another_dashboard_is_refused(account: Account, caller: Caller) -> None:
    other = account.add_dashboard("Sales", "+14155550101")
    tag = account.labels.add_tag(other.id, "vip")

    status, _ = await caller.call("POST", MARIA_PATH, {"contact_tags": [tag.id]})
    _, tags = await caller.call("GET", "dashboards/121/tags")

    assert (status, tags["items"]) == (400, [])


async def test_contacts_are_found_by_every_filter(account: Account, desk: Dashboard, caller: Caller) -> None:
    tag, group = account.labels.add_tag(desk.id, "vip"), account.labels.add_group(desk.id, "Regulars")
    field = account.labels.add_field(desk.id, "Car")
    await account.contact_texts(MARIA, "Hi")
    await caller.send("Hello")
    marias = {"contact_tags": [tag.id], "groups": [group.id], "custom_fields": [{"id": field.id, "value": "Red"}]}
    await caller.call("POST", MARIA_PATH, {**marias, "is_resolved": True})
    await caller.call("POST", BEN_PATH, {"is_blocked": True, "is_suppressed": True, "is_archived": True})
    account.set_opt_out(BEN, opted_out=True)
    a_minute_ago = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()

    found = {
        query: await numbers(caller, **dict(pair.split("=", 1) for pair in query.split("&")))
        for query in (
            "no_such_filter=x",
            "contact_phone_number=4155550135",
            "is_resolved=true",
            "is_resolved=false",
            "is_blocked=true",
            "is_archived=false",
            "is_suppressed=true",
            "has_opted_out=true",
            "has_message_history=true",
            f"contact_created_after={a_minute_ago}",
            f"contact_created_before={a_minute_ago}",
            f"last_message_timestamp_after_utc={a_minute_ago}",
            f"tags=x,{tag.id}",
            f"groups={group.id}",
            f"custom_field_id_1={field.id}&custom_field_value_1=Red",
            f"custom_field_id_3={field.id}&custom_field_value_3=Blue",
        )
    }

    assert ["".join(each) for each in found.values()] == [
        "45", "5", "4", "5", "5", "4", "5", "5", "4", "45", "", "4", "4", "4", "4", ""
    ]  # fmt: skip


async def test_bounds_without_utc_are_read_in_the_accounts_own_time(account: Account, caller: Caller) -> None:
    await account.contact_texts(MARIA, "Hi")
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).replace(tzinfo=None)
    five_hours_before = an_hour_ago - timedelta(hours=5)

    assert await numbers(caller, last_message_received_after=f"{an_hour_ago.isoformat()}Z") == []
    assert await numbers(caller, last_message_received_after=five_hours_before.isoformat()) == ["4"]


@pytest.mark.parametrize(
    "query", [{"is_blocked": "yes"}, {"contact_created_after": "soon"}, {"contact_phone_number": "+442079460000"}]
)
async def test_filter_that_makes_no_sense_is_refused(caller: Caller, query: dict[str, str]) -> None:
    assert (await caller.call("GET", "dashboards/121/contacts", **query))[0] == 400


async def test_single_labels_come_and_go(account: Account, desk: Dashboard, caller: Caller) -> None:
    groups = [account.labels.add_group(desk.id, name).id for name in ("one", "two")]
    tag, field = account.labels.add_tag(desk.id, "vip"), account.labels.add_field(desk.id, "Car")
    await caller.call("POST", MARIA_PATH, {"groups": groups[:1]})

    for body in (
        {"groups": groups[1:], "add_group_to_contact": True},
        {"groups": groups[:1], "add_group_to_contact": False},
        {"contact_tags": [tag.id], "add_tag_to_contact": True},
        {"contact_tags": [tag.id], "add_tag_to_contact": True},
        {"custom_field_id": field.id, "custom_field_value": "Red"},
    ):
        status, contact = await caller.call("PATCH", MARIA_PATH, body)
        assert status == 200

    assert (contact["groups"], contact["contact_tags"]) == (groups[1:], [tag.id])
    assert contact["custom_fields"] == [{"id": field.id, "value": "Red"}]
    assert (await caller.call("PATCH", BEN_PATH, {"groups": groups, "add_group_to_contact": True}))[0] == 400
    assert (await caller.call("PATCH", MARIA_PATH, {"groups": groups}))[0] == 400


async def test_import_takes_all_or_none(account: Account, caller: Caller) -> None:
    good = [{"phone_number": "14155550134", "first_name": "Maria"}, {"phone_number": "4155550135"}]

    refused, _ = await caller.call("POST", "dashboards/121/contacts", [*good, {"phone_number": "nobody"}])
    known_then = len(account.contacts)
    status, imported = await caller.call("POST", "dashboards/121/contacts", good)

    assert (refused, known_then, status) == (400, 0, 200)
    assert [each["phone_number"] for each in imported] == ["14155550134", "14155550135"]
    assert (await caller.call("POST", "dashboards/121/contacts", good[0]))[0] == 400


async def test_contact_with_texts_stays_and_one_without_goes(account: Account, caller: Caller) -> None:
    await account.contact_texts(MARIA, "Hi")
    await caller.call("POST", BEN_PATH, {})

    statuses = [(await caller.call("DELETE", path))[0] for path in (MARIA_PATH, BEN_PATH, BEN_PATH)]

    assert statuses == [400, 200, 404]


async def test_text_makes_a_resolved_contact_unresolved(account: Account, caller: Caller) -> None:
    await caller.call("POST", MARIA_PATH, {"is_resolved": True})

    await account.contact_texts(MARIA, "One more thing")

    assert (await caller.call("GET", MARIA_PATH))[1]["is_resolved"] is False


async def test_group_is_made_changed_counted_and_deleted(caller: Caller) -> None:
    _, made = await caller.call("POST", "dashboards/121/groups", {"name": "Regulars"})
    path = f"dashboards/121/groups/{made['id']}"
    await caller.call("POST", MARIA_PATH, {"groups": [made["id"]]})

    _, changed = await caller.call("PUT", path, {"name": "Friends", "notes": "Weekly"})
    _, read = await caller.call("GET", path)
    _, listed = await caller.call("GET", "dashboards/121/groups")
    deleted, _ = await caller.call("DELETE", path)

    assert (changed["name"], changed["notes"], changed["group_member_count"]) == ("Friends", "Weekly", 1)
    assert (read, listed["items"], deleted) == (changed, [changed], 204)
    assert (await caller.call("GET", MARIA_PATH))[1]["groups"] == []


async def test_group_that_is_gone_is_answered_as_theirs_are(caller: Caller) -> None:
    path = "dashboards/121/groups/7"

    statuses = [
        (await caller.call("GET", path))[0],
        (await caller.call("PUT", path, {"name": "x"}))[0],
        (await caller.call("DELETE", path))[0],
        (await caller.call("POST", "dashboards/121/groups", {"notes": "no name"}))[0],
    ]

    assert statuses == [204, 400, 404, 400]


async def test_tags_have_pages_and_custom_fields_have_none(
    account: Account, desk: Dashboard, caller: Caller
) -> None:
    tag, field = account.labels.add_tag(desk.id, "vip", "#00FF00"), account.labels.add_field(desk.id, "Car")

    _, tags = await caller.call("GET", "dashboards/121/tags", page="0", page_size="50")
    _, fields = await caller.call("GET", "dashboards/121/fields")

    assert tags["items"] == [{"id": tag.id, "tag_color": "#00FF00", "tag": "vip"}]
    assert fields == [{"id": field.id, "name": "Car"}]
