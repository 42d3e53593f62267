"""The Text Request stand-in: its API, its hooks, opt-outs and failing numbers."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Dashboard
from bot.sandbox.texts import Picture
from bot.sandbox.trouble import Fault
from tests.sandbox.conftest import Ear

MARIA = "+14155550134"
EVENTS = ("msg_received", "msg_sent", "msg_status_updated", "contact_updated")


@dataclass
class Caller:
    """Calls the API with the account's key."""

    session: aiohttp.ClientSession
    base: str
    key: str

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        headers = {"x-api-key": self.key}
        url = f"{self.base}/{path}"
        async with self.session.request(method, url, json=body, params=query, headers=headers) as answer:
            return answer.status, (await answer.json() if answer.content_length else None)

    async def send(self, words: str, to: str = MARIA, **more: str) -> tuple[int, Any]:
        body = {"body": words, "sender_name": "Dana", **more}
        return await self.call("POST", f"dashboards/121/contacts/{to.lstrip('+')}/messages", body)


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    sandbox.textrequest.rules.status_delay_s = 0.0
    return sandbox.textrequest


@pytest.fixture
def desk(account: Account) -> Dashboard:
    return account.add_dashboard("Front desk", "+14155550100")


@pytest.fixture
async def caller(sandbox: Sandbox, session: aiohttp.ClientSession, account: Account, desk: Dashboard) -> Caller:
    return Caller(session, sandbox.textrequest_api_url, account.api_key)


@pytest.fixture
async def hooked(caller: Caller, ear: Ear) -> Ear:
    """An ear that hears every event of the dashboard."""
    for event in EVENTS:
        body = {"target_url": f"{ear.url}/{event}", "event": event, "httpVerb": "POST"}
        await caller.call("POST", "dashboards/121/hooks", body)
    return ear


async def quiet(sandbox: Sandbox) -> None:
    await sandbox.bell.wait_for(lambda: sandbox.pusher.idle, what="an end to the hooks")


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


async def test_contacts_text_reaches_the_hook_signed(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    picture = Picture("cat.jpg", b"JPG")

    await account.contact_texts(MARIA, "Hi?", name="Maria Lopez", pictures=[picture])
    await quiet(sandbox)

    heard = hooked.at("/msg_received")[0]
    stamp = heard.headers["x-tr-webhook-timestamp"]
    mac = hmac.new(account.api_key.encode(), f"{stamp}.".encode() + heard.raw, hashlib.sha256).digest()
    said = heard.json["conversation"]
    assert heard.headers["x-tr-webhook-signature"] == base64.b64encode(mac).decode()
    assert heard.json["yourPhoneNumber"] == {
        "id": 121,
        "externalPhoneId": None,
        "description": "Front desk",
        "phoneNumber": "14155550100",
    }
    assert (said["message"], said["consumerPhoneNumber"], said["messageDirection"]) == ("Hi?", "14155550134", "R")
    assert said["consumerFriendlyName"] == "Maria Lopez"
    async with caller.session.get(said["mmsAttachments"][0]["url"]) as answer:
        assert await answer.read() == b"JPG"


async def test_hooks_can_be_unsigned(sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear) -> None:
    account.rules.sign_hooks = False

    await account.contact_texts(MARIA, "Hi?")
    await quiet(sandbox)

    assert "x-tr-webhook-signature" not in hooked.heard[0].headers


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


async def test_staffs_text_is_told_like_our_own(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    await account.staff_texts(MARIA, "From the web", author="Pat")
    await quiet(sandbox)

    told = hooked.at("/msg_sent")[0].json["conversation"]
    assert (told["message"], told["messageDirection"], told["claimedBy"]) == ("From the web", "S", "Pat")


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


async def test_identical_hook_conflicts(caller: Caller) -> None:
    body = {"target_url": "http://127.0.0.1:9/x", "event": "msg_sent", "httpVerb": "POST"}

    statuses = [(await caller.call("POST", "dashboards/121/hooks", body))[0] for _ in range(2)]

    assert statuses == [201, 409]


async def test_hook_that_fails_ten_times_is_disconnected_until_reconnected(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear
) -> None:
    body = {"target_url": ear.url, "event": "msg_received", "httpVerb": "POST"}
    _, hook = await caller.call("POST", "dashboards/121/hooks", body)
    ear.status = 503
    for number in range(11):
        await account.contact_texts(MARIA, str(number))
        await quiet(sandbox)
    _, listed = await caller.call("GET", "dashboards/121/hooks")
    ear.status = 200

    await caller.call("PUT", f"dashboards/121/hooks/{hook['id']}")
    await account.contact_texts(MARIA, "back")
    await quiet(sandbox)

    assert listed["items"][0]["is_connected"] is False
    assert [one.json["conversation"]["message"] for one in ear.heard] == [*map(str, range(10)), "back"]


async def test_deleted_hook_is_gone(caller: Caller, hooked: Ear) -> None:
    _, listed = await caller.call("GET", "dashboards/121/hooks")

    path = f"dashboards/121/hooks/{listed['items'][0]['id']}"
    statuses = [(await caller.call("DELETE", path))[0] for _ in range(2)]

    assert statuses == [204, 404]


async def test_receipt_overtakes_the_held_answer(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    sandbox.trouble.add(Fault(where="textrequest.send", kind="hold_after"))

    sending = asyncio.create_task(caller.send("Hello", status_callback=f"{hooked.url}/callback"))
    await account.wait_for(lambda: len(hooked.at("/callback")) == 2)
    answered_before = sending.done()
    sandbox.trouble.release("textrequest.send")

    assert not answered_before
    assert (await sending)[1]["delivery_status"] == "sending"


@pytest.mark.parametrize(("kind", "times_heard"), [("twice", 2), ("lose", 0), ("lose_answer", 1)])
async def test_fault_strikes_a_hook(
    sandbox: Sandbox, account: Account, hooked: Ear, kind: str, times_heard: int
) -> None:
    sandbox.trouble.add(Fault(where="textrequest.hook.msg_received", kind=kind))

    await account.contact_texts(MARIA, "Hi?")
    await quiet(sandbox)

    assert len(hooked.heard) == times_heard
    assert max(hook.failures for hook in account.hooks.values()) == (0 if kind == "twice" else 1)


async def test_held_hooks_leave_in_reverse(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    sandbox.trouble.add(Fault(where="textrequest.hook.*", kind="hold", times=2))
    await account.contact_texts(MARIA, "first")
    await account.contact_texts(MARIA, "second")
    await account.contact_texts(MARIA, "third")
    await account.wait_for(lambda: len(hooked.heard) == 1)

    sandbox.trouble.release(newest_first=True)
    await quiet(sandbox)

    assert [one.json["conversation"]["message"] for one in hooked.heard] == ["third", "second", "first"]
