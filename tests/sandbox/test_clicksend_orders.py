"""The bot's ClickSend at the stand-in: calls, pictures, faxes, post and prices, as they really are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import aiohttp
import pytest

from bot.errors import OutcomeUnknown, Rejected
from bot.model import (
    Address,
    AddressId,
    Delivery,
    FaxOrder,
    File,
    FileUse,
    LetterOrder,
    Line,
    LineId,
    MediaOrder,
    Money,
    Number,
    OrderReported,
    OutgoingText,
    PostcardOrder,
    Voice,
    VoiceOrder,
    WebhookRequest,
)
from bot.providers.clicksend import ClickSend
from bot.sandbox.clicksend.account import Account
from bot.sandbox.clicksend.orders import Orders
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from tests.providers.cases.common import line
from tests.sandbox.clicksend_caller import ANA, LINE, Caller, account, caller, provider
from tests.sandbox.conftest import Ear

__all__ = ["account", "caller", "provider"]  # fixtures

TO = Number(ANA)
CALL = VoiceOrder(TO, "Press 1 to confirm.", "en-us", Voice.FEMALE, "tok-1", asks_key=True)
PNG = File("map.png", "image/png", b"\x89PNG\r\n\x1a\n a map")
PDF = File("contract.pdf", "application/pdf", b"%PDF-1.7 a contract")
ADDRESS = Address("Ana Ruiz", "1 Main St", "Chattanooga", "TN", "37402", "US")


@pytest.fixture
def orders(sandbox: Sandbox, account: Account) -> Orders:
    return sandbox.clicksend_orders


def text(words: str = "Here is the map.") -> OutgoingText:
    ours: Line = replace(line("clicksend", ""), id=LineId(1), number=Number(LINE))
    return OutgoingText(ours, TO, words, "Dana", "tok-1", None)


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_call_is_answered_and_its_key_is_posted(
    provider: ClickSend, account: Account, orders: Orders, ear: Ear
) -> None:
    orders.presses(ANA, "1")
    hook = await provider.connect_reports(ear.url)

    sent = await provider.send_voice(CALL)
    await account.wait_for(lambda: len(ear.heard) == 2)

    (call,) = orders.of("voice", ANA)
    request = WebhookRequest("voice", {}, {}, ear.heard[-1].raw, datetime.now(UTC))
    (event,) = provider.read_webhook(request).events
    assert (sent.id, sent.price and sent.price.total) == (call.id, Money(7, "USD"))
    assert event == OrderReported(ClickSend.name, sent.id, "tok-1", Delivery.DELIVERED, keys="1")
    assert await provider.connect_reports(ear.url) == hook
    assert await provider.remove_reports(ear.url) == 1


async def test_nobody_answers_a_failing_number(
    provider: ClickSend, account: Account, orders: Orders, ear: Ear
) -> None:
    account.fail(ANA)
    await provider.connect_reports(ear.url)

    await provider.send_voice(CALL)
    await account.wait_for(lambda: ear.heard)

    assert (ear.heard[0].form["status_code"], ear.heard[0].form["status"]) == ("301", "Undelivered")


async def test_call_whose_answer_is_lost_is_found_by_our_token(
    sandbox: Sandbox, provider: ClickSend, orders: Orders
) -> None:
    sandbox.trouble.add(Fault(where="clicksend.voice_send", kind="drop_after"))

    with pytest.raises(OutcomeUnknown):
        await provider.send_voice(CALL)
    found = await provider.find_voice(CALL, just_now())

    assert [order.id for order in found] == [orders.of("voice")[0].id]
    assert await provider.find_voice(replace(CALL, to=Number("+61422222222"), token="other"), just_now()) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"lang": "tlh"}, "INVALID_LANG"),
        ({"lang": "pt-pt"}, "INVALID_VOICE"),
        ({"body": ""}, "EMPTY_MESSAGE"),
        ({"to": "12"}, "INVALID_RECIPIENT"),
    ],
)
async def test_call_that_cannot_be_made_is_refused(
    caller: Caller, orders: Orders, change: dict[str, str], status: str
) -> None:
    message = {"to": ANA, "body": "Hello", "lang": "en-us", "voice": "female", **change}

    _, answer = await caller.call("POST", "voice/send", {"messages": [message]})

    (row,) = answer["data"]["messages"]
    assert (row["status"], row["message_price"], orders.all) == (status, "0.0000", [])


@pytest.mark.parametrize(
    ("words", "kept", "units"), [("a" * 1300, 1200, 4), ("ж" * 700, 600, 4), ("a" * 301, 301, 2)]
)
async def test_words_that_are_too_long_are_cut_in_silence(
    caller: Caller, orders: Orders, words: str, kept: int, units: int
) -> None:
    message = {"to": ANA, "body": words, "lang": "en-us", "voice": "female"}

    await caller.call("POST", "voice/send", {"messages": [message]})

    assert (len(orders.all[0].row["body"]), orders.all[0].row["message_parts"]) == (kept, units)


async def test_languages_name_their_voices(provider: ClickSend) -> None:
    spoken = {language.code: language.voices for language in await provider.list_languages()}

    assert (spoken["en-us"], spoken["pt-pt"]) == (frozenset(Voice), frozenset({Voice.MALE}))


async def test_picture_arrives_and_has_a_history_of_its_own(
    provider: ClickSend, account: Account, session: aiohttp.ClientSession
) -> None:
    hosted = await provider.upload_media(PNG)
    order = MediaOrder(text(), (hosted.url,), "Map")

    sent = await provider.send_media(order)

    (arrived,) = account.texts_to(ANA)
    (found,) = await provider.find_media(order, just_now())
    assert (arrived.id, arrived.words, arrived.media) == (sent.text_id, "Here is the map.", (hosted.url,))
    assert (found.text_id, found.token) == (sent.text_id, "tok-1")
    assert await provider.find_texts(text(), just_now()) == []
    async with session.get(hosted.url) as answer:
        assert (await answer.read(), answer.content_type) == (PNG.content, "image/jpeg")


async def test_file_is_gone_after_its_time(
    provider: ClickSend, account: Account, session: aiohttp.ClientSession
) -> None:
    account.uploads.life_s = 0.0
    hosted = await provider.upload_media(PNG)

    with pytest.raises(Rejected) as caught:
        await provider.send_media(MediaOrder(text(), (hosted.url,), "Map"))

    assert caught.value.code == "INVALID_MEDIA_FILE"
    async with session.get(hosted.url) as answer:
        assert answer.status == 404


async def test_fax_is_sent_and_found(provider: ClickSend, orders: Orders) -> None:
    hosted = await provider.convert_file(PDF, FileUse.FAX)
    order = FaxOrder(TO, hosted.url, "tok-2", sender=Number(LINE))

    sent = await provider.send_fax(order)

    (found,) = await provider.find_fax(order, just_now())
    assert (sent.id, found.id) == (orders.of("fax")[0].id, sent.id)
    assert sent.price is not None
    assert (sent.price.exact, sent.price.units) == (Decimal("0.2200"), 1)


async def test_letter_and_postcard_are_posted_and_found_by_their_address(
    provider: ClickSend, orders: Orders
) -> None:
    hosted = await provider.convert_file(PDF, FileUse.LETTER)
    (back,) = await provider.list_return_addresses()
    letter = LetterOrder(ADDRESS, back.id, hosted.url, "tok-3", in_colour=True)
    postcard = PostcardOrder(ADDRESS, back.id, (hosted.url, hosted.url), "tok-4")

    quote = await provider.quote_letter(letter)
    sent, posted = await provider.send_letter(letter), await provider.send_postcard(postcard)

    assert [order.id for order in await provider.find_letter(letter, just_now())] == [sent.id]
    assert [order.id for order in await provider.find_postcard(postcard, just_now())] == [posted.id]
    assert (sent.price, quote.total) == (quote, Money(126, "USD"))
    assert [order.kind for order in orders.all] == ["letters", "postcards"]


async def test_post_without_a_known_return_address_or_file_is_refused(provider: ClickSend, orders: Orders) -> None:
    hosted = await provider.convert_file(PDF, FileUse.LETTER)
    letter = LetterOrder(ADDRESS, AddressId("1"), hosted.url, "tok-3")

    with pytest.raises(Rejected) as nowhere:
        await provider.send_letter(letter)
    with pytest.raises(Rejected, match="file url") as nothing:
        await provider.send_letter(replace(letter, file_url=f"{hosted.url}x"))

    assert (nowhere.value.code, nothing.value.code) == ("INVALID_RETURN_ADDRESS", "BAD_REQUEST")
    assert orders.all == []


async def test_price_sends_nothing(provider: ClickSend, account: Account, orders: Orders) -> None:
    hosted = await provider.upload_media(PNG)

    words = await provider.quote_text(text("Hello"))
    picture = await provider.quote_media(MediaOrder(text(), (hosted.url,), "Map"))
    call = await provider.quote_voice(replace(CALL, words="a" * 301))

    assert (words.exact, picture.exact, call.exact) == (Decimal("0.0792"), Decimal("0.2900"), Decimal("0.1400"))
    assert picture.total == Money(29, "USD")
    assert (account.accepted(), orders.all) == ([], [])


async def test_automations_of_no_kind_are_not_found(caller: Caller) -> None:
    status, answer = await caller.call("GET", "automations/fax/inbound")

    assert (status, answer["response_code"]) == (404, "NOT_FOUND")
