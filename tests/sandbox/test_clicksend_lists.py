"""The bot's ClickSend at the stand-in: contact lists, and files that it brings there."""

from __future__ import annotations

from dataclasses import replace

import aiohttp
import pytest

from bot.errors import NotFound
from bot.model import ContactListId, File, FileUse, ListedContactDetails, Number
from bot.providers.clicksend import ClickSend
from bot.sandbox.clicksend.account import Account
from tests.providers.case import everything
from tests.sandbox.clicksend_caller import ANA, Caller, account, caller, provider

__all__ = ["account", "caller", "provider"]  # fixtures

TO = Number(ANA)
PNG = File("map.png", "image/png", b"\x89PNG\r\n\x1a\n a map")


async def test_list_keeps_contacts_until_it_is_deleted(provider: ClickSend) -> None:
    details = ListedContactDetails(TO, first_name="Ana", last_name="Ruiz", custom=("slack:U042", "", "", ""))
    made = await provider.create_contact_list("Slack contacts")
    added = await provider.add_listed_contact(made.id, details)
    await provider.add_listed_contact(made.id, replace(details, first_name="Ben"))

    found = await everything(provider.search_contact_lists("ruiz"))
    await provider.remove_listed_contact(made.id, added.id)
    left = await everything(provider.list_listed_contacts(made.id))
    (listed,) = await everything(provider.list_contact_lists())
    await provider.delete_contact_list(made.id)

    assert added.details == details
    assert [(hit.is_list, hit.number) for hit in found] == [(False, TO), (False, TO)]
    assert [contact.details.first_name for contact in left] == ["Ben"]
    assert (listed.id, listed.members) == (made.id, 1)
    with pytest.raises(NotFound):
        await everything(provider.list_listed_contacts(made.id))


async def test_long_list_comes_in_pages(provider: ClickSend, account: Account) -> None:
    made = account.lists.add("Everybody")
    for number in range(250):
        account.lists.add_contact(made, phone_number=f"+1415555{number:04}", first_name=str(number))

    found = await everything(provider.list_listed_contacts(ContactListId(made.id)))

    assert [contact.details.first_name for contact in found] == [str(number) for number in range(250)]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "lists", {"list_name": " "}),
        ("POST", "lists/428/contacts", {"first_name": "Ana"}),
        ("POST", "lists/428/contacts", {"phone_number": "12"}),
        ("GET", "search/contacts-lists", None),
    ],
)
async def test_list_that_is_asked_wrongly_says_which_field(
    caller: Caller, account: Account, method: str, path: str, body: dict[str, str] | None
) -> None:
    account.lists.add("Everybody")

    status, answer = await caller.call(method, path, body)

    assert (status, answer["response_code"], len(answer["data"])) == (400, "BAD_REQUEST", 1)


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "lists/1"), ("GET", "lists/words/contacts"), ("DELETE", "lists/428/contacts/1")],
)
async def test_list_or_contact_that_is_not_there_is_not_found(
    caller: Caller, account: Account, method: str, path: str
) -> None:
    account.lists.add("Everybody")

    status, answer = await caller.call(method, path)

    assert (status, answer["response_code"]) == (404, "NOT_FOUND")


async def test_file_is_there_for_everybody_until_its_time_is_over(
    provider: ClickSend, account: Account, session: aiohttp.ClientSession
) -> None:
    hosted = await provider.convert_file(PNG, FileUse.MEDIA)
    account.uploads.life_s = 0.0
    gone = await provider.convert_file(PNG, FileUse.MEDIA)

    async with session.get(hosted.url) as answer:
        assert (await answer.read(), answer.content_type) == (PNG.content, "image/jpeg")
    async with session.get(gone.url) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("query", "body", "field"),
    [
        ({"convert": "video"}, {"content": "eA=="}, "convert"),
        ({"convert": "mms"}, {"content": "no base64!"}, "content"),
        ({"convert": "mms"}, {}, "content"),
    ],
)
async def test_upload_that_is_none_is_refused_by_its_field(
    caller: Caller, query: dict[str, str], body: dict[str, str], field: str
) -> None:
    status, answer = await caller.call("POST", "uploads", body, **query)

    assert (status, list(answer["data"])) == (400, [field])
