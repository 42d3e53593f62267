"""The Text Request stand-in: conversations, files, locations and dashboards."""

from __future__ import annotations

import io

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Dashboard
from tests.sandbox.conftest import MARIA, Caller, Ear, quiet

BEN = "+14155550135"
MARIA_PATH = "dashboards/121/contacts/14155550134"


async def found(caller: Caller, **query: str) -> list[str]:
    """The conversations that a filter finds, by the last text."""
    defaults = {"show_unresolved_only": "false", "include_archived": "false"}
    status, page = await caller.call("GET", "dashboards/121/conversations", **(defaults | query))
    return [each["last_message"]["body"] for each in page["items"]] if status == 200 else []


async def test_conversations_are_found_by_every_filter(account: Account, desk: Dashboard, caller: Caller) -> None:
    tag = account.labels.add_tag(desk.id, "vip")
    await account.contact_texts(BEN, "I am Ben", name="Ben Okafor")
    await account.contact_texts(MARIA, "I am Maria", name="Maria Lopez")
    await caller.call("POST", "dashboards/121/contacts/14155550136", {"note": "never texted"})
    await caller.call("POST", MARIA_PATH, {"is_resolved": True, "contact_tags": [tag.id]})

    assert await found(caller) == ["I am Maria", "I am Ben"]
    assert await found(caller, show_unresolved_only="true") == ["I am Ben"]
    assert await found(caller, search="lopez") == ["I am Maria"]
    assert await found(caller, search="50135") == ["I am Ben"]
    assert await found(caller, tags=f"x,{tag.id}") == ["I am Maria"]
    assert await found(caller, search="nobody") == []
    assert await found(caller, page="1", page_size="1") == ["I am Ben"]


async def test_line_without_conversations_is_no_content(caller: Caller) -> None:
    assert await caller.call("GET", "dashboards/121/conversations") == (204, None)


async def test_archived_conversation_is_hidden_until_somebody_texts(account: Account, caller: Caller) -> None:
    await account.contact_texts(MARIA, "Hi")

    statuses = [(await caller.call("PUT", f"{MARIA_PATH}/conversations/archive"))[0] for _ in range(2)]
    hidden, shown = await found(caller), await found(caller, include_archived="true")
    await caller.send("Hello")

    assert statuses == [200, 200]
    assert (hidden, shown, await found(caller)) == ([], ["Hi"], ["Hello"])


async def test_unarchived_conversation_is_shown_and_stays_opted_out(account: Account, caller: Caller) -> None:
    await account.contact_texts(MARIA, "STOP")
    hidden = await found(caller)

    status, _ = await caller.call("PUT", f"{MARIA_PATH}/conversations/unarchive")

    assert (hidden, status, await found(caller)) == ([], 200, ["STOP"])
    assert (await caller.send("Hello"))[0] == 400
    assert (await caller.call("PUT", "dashboards/121/contacts/14155550139/conversations/archive"))[0] == 404


# --- Files ----------------------------------------------------------------------------------------------


def form(content: bytes, kind: str = "image/jpeg", part: str = "file") -> aiohttp.FormData:
    """A form with a file."""
    data = aiohttp.FormData()
    # aiohttp warns of large bodies that are bytes.
    data.add_field(part, io.BytesIO(content), filename="cat.jpg", content_type=kind)
    return data


async def test_uploaded_file_goes_with_a_text_and_can_be_had(account: Account, caller: Caller) -> None:
    status, hosted = await caller.call("POST", "mms", form(b"JPG"))
    sent, message = await caller.send("", mms_media=[hosted["url"]])

    assert (status, hosted["mime_type"], sent) == (200, "image/jpeg", 200)
    assert message["mms_media"] == [hosted["url"]]
    assert account.texts_to(MARIA)[0].media == (hosted["url"],)
    async with caller.session.get(hosted["url"]) as answer:
        assert (await answer.read(), answer.content_type) == (b"JPG", "image/jpeg")


@pytest.mark.parametrize(
    ("content", "kind", "part"),
    [
        (b"ZIP", "application/zip", "file"),
        (b"JPG", "image/jpeg", "picture"),
        (bytes(5 * 1024 * 1024 + 1), "image/jpeg", "file"),
        (bytes(1024 * 1024 + 1), "application/pdf", "file"),
    ],
    ids=["kind", "part", "size", "size of a PDF"],
)
async def test_file_they_do_not_take_is_refused_with_a_message_alone(
    account: Account, caller: Caller, content: bytes, kind: str, part: str
) -> None:
    status, body = await caller.call("POST", "mms", form(content, kind, part))

    assert (status, list(body)) == (400, ["message"])
    assert account.media == {}


async def test_media_from_elsewhere_or_too_many_are_refused(account: Account, caller: Caller) -> None:
    _, hosted = await caller.call("POST", "mms", form(b"JPG"))

    for media in (["https://elsewhere.example/cat.jpg"], [hosted["url"]] * 4, "cat.jpg", [3]):
        assert (await caller.send("Look", mms_media=media))[0] == 400
    assert account.accepted() == []


# --- Locations ------------------------------------------------------------------------------------------


async def test_opened_link_of_a_question_shares_the_location(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear
) -> None:
    hook = {"target_url": f"{ear.url}/hook", "event": "location_received", "httpVerb": "POST"}
    await caller.call("POST", "dashboards/121/hooks", hook)
    callback = f"{ear.url}/callback?t=1"
    await caller.send("Where are you? [LocationRequest]", location_callback=callback)
    text = account.texts_to(MARIA)[0]

    async with caller.session.get(text.words.removeprefix("Where are you? ")) as answer:
        status = answer.status
    await quiet(sandbox)

    assert status == 200
    shared = {"message_id": text.id, "latitude": 35.0456, "longitude": -85.3097}
    assert [(one.path, one.json) for one in ear.heard] == [("/hook", shared), ("/callback?t=1", shared)]


async def test_callback_for_a_location_needs_the_tag(account: Account, caller: Caller) -> None:
    refused, _ = await caller.send("Where are you?", location_callback="http://127.0.0.1:9/")
    without_callback, _ = await caller.send("Where? [LocationRequest]")

    assert (refused, without_callback) == (400, 200)
    assert not account.share_location("no such link", 0, 0)
    async with caller.session.get(f"{account.base_url}/where/none") as answer:
        assert answer.status == 404


# --- Dashboards -----------------------------------------------------------------------------------------


async def test_dashboard_is_made_renamed_and_deleted(account: Account, desk: Dashboard, caller: Caller) -> None:
    _, made = await caller.call("POST", "dashboards", {"name": "Sales", "phone": "(415) 555-0101"})
    path = f"dashboards/{made['id']}"

    _, renamed = await caller.call("PUT", path, {"name": "Sales line"})
    _, read = await caller.call("GET", path)
    statuses = [(await caller.call("DELETE", path))[0], (await caller.call("GET", path))[0]]

    assert (made["phone"], renamed["name"], read) == ("14155550101", "Sales line", renamed)
    assert statuses == [204, 400]
    assert list(account.dashboards.values()) == [desk]


@pytest.mark.parametrize(
    "body",
    [{"name": "Twice", "phone": "14155550100"}, {"name": "London", "phone": "+442079460000"}, {"name": "x"}],
)
async def test_number_that_cannot_have_a_dashboard_is_refused(
    account: Account, caller: Caller, body: dict[str, str]
) -> None:
    assert (await caller.call("POST", "dashboards", body))[0] == 400
    assert len(account.dashboards) == 1


async def test_deleted_dashboard_takes_what_was_its_own_and_tells_no_more(
    sandbox: Sandbox, account: Account, desk: Dashboard, caller: Caller, hooked: Ear
) -> None:
    account.rules.statuses = ()
    account.labels.add_group(desk.id, "Regulars")
    await caller.send("Hello", status_callback=f"{hooked.url}/callback")
    text = account.accepted()[0]

    await caller.call("DELETE", "dashboards/121")
    account.report(text, "delivered")
    await quiet(sandbox)

    assert (account.contacts, account.hooks, account.labels.groups) == ({}, {}, {})
    assert hooked.at("/msg_status_updated") == []
    assert len(hooked.at("/callback")) == 1
    assert account.texts_to(MARIA) == [text]
