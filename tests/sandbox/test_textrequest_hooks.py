"""Hooks of the Text Request stand-in: what they say, how they fail, and disorder on request."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from bot.sandbox.texts import Picture
from bot.sandbox.trouble import Fault
from tests.sandbox.conftest import MARIA, Caller, Ear, quiet


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


async def test_staffs_text_is_told_like_our_own(
    sandbox: Sandbox, account: Account, caller: Caller, hooked: Ear
) -> None:
    await account.staff_texts(MARIA, "From the web", author="Pat")
    await quiet(sandbox)

    told = hooked.at("/msg_sent")[0].json["conversation"]
    assert (told["message"], told["messageDirection"], told["claimedBy"]) == ("From the web", "S", "Pat")


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
