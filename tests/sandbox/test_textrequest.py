"""The Text Request stand-in: its API, opt-outs and failing numbers."""

from __future__ import annotations

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from tests.sandbox.conftest import MARIA, Caller, Ear, quiet


async def test_wrong_key_is_refused(caller: Caller) -> None:
    caller.key = "wrong"

    status, body = await caller.call("GET", "dashboards")

    assert (status, body["errorCode"]) == (401, "401")


async def test_dashboards_are_paged_from_zero(caller: Caller, account: Account) -> None:
    account.add_dashboard("Sales", "+14155550101")

    _, first = await caller.call("GET", "dashboards", page="0", page_size="1")
    _, past = await caller.call("GET", "dashboards", page="9", page_size="9999")

    assert first["meta"] == {"page": 0, "page_size": 1, "total_items": 2}
    assert first["items"] == [{"id": 121, "name": "Front desk", "phone": "14155550100"}]
    assert (past["items"], past["meta"]["page_size"]) == ([], 1000)


async def test_sent_text_is_accepted_echoed_and_delivered(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    status, message = await caller.send("Yes!", status_callback=f"{hooked.url}/callback?ref=1")
    await account.wait_for(lambda: account.accepted()[0].status == "delivered")
    await quiet(sandbox)

    statuses = [one.json["status"] for one in hooked.at("/callback")]
    assert (status, message["delivery_status"], message["message_direction"]) == (200, "sending", "S")
    assert hooked.at("/msg_sent")[0].json["messageUniqueIdentifier"] == message["message_id"]
    assert statuses == ["sent", "delivered"]
    assert [one.json["status"] for one in hooked.at("/msg_status_updated")] == ["sent", "delivered"]
    assert [text.words for text in account.texts_to(MARIA)] == ["Yes!"]


async def test_failing_number_is_accepted_and_then_reported(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    account.fail(MARIA)

    status, _ = await caller.send("Hello", status_callback=f"{hooked.url}/callback")
    await account.wait_for(lambda: account.accepted()[0].status == "error")
    await quiet(sandbox)

    assert status == 200
    assert hooked.at("/callback")[0].json["errorCode"] == "2001"
    assert account.texts_to(MARIA) == []


async def test_text_stays_sending_until_it_is_reported(account: Account, caller: Caller) -> None:
    account.rules.statuses = ()
    await caller.send("Hello")
    text = account.accepted()[0]
    before = text.status

    account.report(text, "delivered")

    assert (before, text.status) == ("sending", "delivered")


@pytest.mark.parametrize(
    ("to", "words", "sender"), [("+442079460000", "x", "Dana"), (MARIA, "", "Dana"), (MARIA, "x", "")]
)
async def test_text_that_cannot_be_sent_is_refused(
    account: Account, caller: Caller, to: str, words: str, sender: str
) -> None:
    status, body = await caller.send(words, to, sender_name=sender)

    assert (status, sorted(body)) == (400, ["errorCode", "message", "status"])
    assert account.accepted() == []


async def test_refused_number_is_refused(account: Account, caller: Caller) -> None:
    account.refuse(MARIA)

    status, _ = await caller.send("Hello")

    assert status == 400


async def test_stop_opts_out_and_start_in_again(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    await account.contact_texts(MARIA, " Stop ")
    refused, body = await caller.send("Hello")
    _, contact = await caller.call("GET", "dashboards/121/contacts/14155550134")
    await account.contact_texts(MARIA, "START")
    accepted, _ = await caller.send("Hello again")
    await quiet(sandbox)

    told = [one.json["opted_out_utc"] is not None for one in hooked.at("/contact_updated")]
    assert (refused, body["errorCode"], accepted) == (400, "30050", 200)
    assert contact["opted_out_utc"] is not None
    assert told == [True, False]


async def test_contact_that_nobody_knows_is_no_content(caller: Caller) -> None:
    contact = await caller.call("GET", "dashboards/121/contacts/14155550134")
    messages = await caller.call("GET", "dashboards/121/contacts/14155550134/messages")

    assert contact == messages == (204, None)


async def test_messages_are_filtered_and_sorted(account: Account, caller: Caller) -> None:
    first = await account.contact_texts(MARIA, "one")
    await caller.send("two")
    await account.contact_texts(MARIA, "three")

    async def words(**query: str) -> list[str]:
        _, page = await caller.call("GET", "dashboards/121/messages", **query)
        return [one["body"] for one in page["items"]]

    assert await words() == ["one", "two", "three"]
    assert await words(sort="desc", message_direction="R") == ["three", "one"]
    assert await words(page="1", page_size="2") == ["three"]
    assert await words(end_date=first.at.isoformat()) == ["one"]
    assert await words(no_such_filter="x", message_direction="S") == ["two"]
    assert (await caller.call("GET", "dashboards/121/messages", sort="down"))[0] == 400
    assert (await caller.call("GET", "dashboards/121/messages", start_date="soon"))[0] == 400
