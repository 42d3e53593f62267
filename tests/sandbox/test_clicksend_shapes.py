"""The ClickSend stand-in, answer by answer: each is held against ClickSend's OpenAPI file by whoever calls it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from bot.sandbox.clicksend.account import Account
from tests.sandbox.clicksend_caller import ANA, LINE, Caller, account, caller

__all__ = ["account", "caller"]  # fixtures

PDF = "https://files.example.com/a.pdf"
HOME = {
    "address_name": "Ana Ruiz",
    "address_line_1": "1 Main St",
    "address_city": "Chattanooga",
    "address_state": "TN",
    "address_postal_code": "37402",
    "address_country": "US",
    "return_address_id": 77,
}
SENDS: dict[str, Any] = {
    "sms/send": {"messages": [{"to": ANA, "from": LINE, "body": "Hi"}]},
    "voice/send": {"messages": [{"to": ANA, "body": "Hi", "lang": "en-us", "voice": "male"}]},
    "mms/send": {"media_file": PDF, "messages": [{"to": ANA, "from": LINE, "subject": "Map", "body": "Hi"}]},
    "fax/send": {"file_url": PDF, "messages": [{"to": ANA}]},
    "post/letters/send": {"file_url": PDF, "colour": 0, "duplex": 1, "recipients": [HOME]},
    "post/postcards/send": {"file_urls": [PDF], "recipients": [HOME]},
    "lists": {"list_name": "Everybody"},
    "lists/428/contacts": {"first_name": "Ana", "last_name": "Ruiz", "phone_number": ANA},
}
READS = ("lists", "lists/428/contacts", "search/contacts-lists")


@pytest.mark.parametrize("path", SENDS)
async def test_what_is_made_is_answered_as_described(caller: Caller, account: Account, path: str) -> None:
    account.lists.add("Everybody")

    status, answer = await caller.call("POST", path, SENDS[path])

    data = answer["data"]
    assert (status, bool(data)) == (200, True)
    assert data.get("queued_count") == data.get("total_count")


@pytest.mark.parametrize("path", READS)
async def test_what_is_listed_is_answered_as_described(caller: Caller, account: Account, path: str) -> None:
    account.lists.add_contact(account.lists.add("Everybody"), first_name="Ana", phone_number=ANA)

    status, answer = await caller.call("GET", path, q="a")

    assert (status, bool(answer["data"]["data"])) == (200, True)


async def test_upload_is_answered_as_described_and_lives_for_ten_minutes(caller: Caller) -> None:
    content = base64.b64encode(b"%PDF").decode()

    _, answer = await caller.call("POST", "uploads", {"content": content}, convert="post")

    assert answer["data"]["date_delete"] - answer["data"]["date_added"] == 600


async def test_what_is_deleted_is_answered_as_described(caller: Caller, account: Account) -> None:
    account.lists.add_contact(account.lists.add("Everybody"), phone_number=ANA)

    answers = [await caller.call("DELETE", path) for path in ("lists/428/contacts/429", "lists/428")]

    assert [status for status, _ in answers] == [200, 200]
