"""Looking for a text, catching up with a line, and the account."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import Unreachable
from bot.model import Delivery, TextReceived, TextSent
from bot.providers.clicksend import ClickSend
from tests.providers.case import SINCE
from tests.providers.cases.clicksend import CS_LINE, CS_TEXT, cs
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, fixture, list_all
from tests.providers.contract import chain
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_clicksend.conftest import history, rows

ACCOUNT_KEY = "0F1E2D3C-KEY-OF-THE-ACCOUNT"


async def test_when_a_text_is_looked_for_then_its_token_finds_it(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(cs("history.json"))

    (found,) = await provider.find_texts(CS_TEXT, SINCE)

    assert (found.text_id[:8], found.token, found.delivery) == ("1F12D781", TOKEN, Delivery.DELIVERED)
    assert found.sent_at == datetime(2026, 3, 2, 15, 4, 5, tzinfo=UTC)
    assert far_end.heard[0].query == {
        "q": "to:+14235550142",
        "order_by": "date:desc",
        "date_from": str(int(SINCE.timestamp()) - 60),
        "page": "1",
        "limit": "100",
    }


async def test_when_no_row_has_the_token_then_the_words_find_one_without_any(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("history.json"))

    found = await provider.find_texts(replace(CS_TEXT, token="tok-unknown"), SINCE)

    assert [text.text_id[:8] for text in found] == ["1F12D790"]


@pytest.mark.parametrize(
    "other",
    [
        {"date": int(SINCE.timestamp()) - 1},
        {"date": 1772463845000},
        {"date": "soon"},
        {"to": "+14235550143"},
        {"direction": "in"},
        {"message_id": None},
        {"body": "Other words.", "custom_string": ""},
        {"from": "+14235550177", "custom_string": ""},
        {"status": "Cancelled"},
    ],
)
async def test_when_a_row_is_another_text_then_it_is_not_found(
    provider: ClickSend, far_end: FarEnd, other: dict[str, object]
) -> None:
    far_end.will_answer(history({**rows()[0], **other}))

    assert list(await provider.find_texts(CS_TEXT, SINCE)) == []


async def test_when_the_second_is_the_same_then_the_text_is_found(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(history({**rows()[0], "date": int(SINCE.timestamp()), "from": "+14235550177"}))

    assert len(await provider.find_texts(CS_TEXT, SINCE)) == 1


async def test_when_a_line_is_caught_up_then_both_ways_come_oldest_first(
    provider: ClickSend, far_end: FarEnd
) -> None:
    since = datetime(2026, 3, 2, 15, 3, tzinfo=UTC)
    far_end.will_answer(cs("history.json"))

    found = [text async for text in provider.list_texts(CS_LINE, since)]

    assert [(type(text), text.text_id[:8]) for text in found] == [
        (TextReceived, "1F12D717"),
        (TextSent, "1F12D781"),
        (TextSent, "1F12D790"),
        (TextSent, "1F12D791"),
    ]
    assert (found[0].contact, found[0].line_number, found[0].body) == (CONTACT, OUR_NUMBER, "Is my order ready?")
    assert [text.delivery for text in found if isinstance(text, TextSent)] == [
        Delivery.DELIVERED,
        Delivery.SENT,
        Delivery.SENT,
    ]


async def test_when_a_row_holds_half_an_emoji_then_every_row_is_read(provider: ClickSend, far_end: FarEnd) -> None:
    body = fixture("clicksend", "history.json").replace(b"order is ready.", b"order is ready. \\ud83d")
    far_end.will_answer(cs("history.json"), Answer(200, body))

    usual = await list_all(provider, CS_LINE)
    found = await list_all(provider, CS_LINE)

    assert [text.text_id for text in found] == [text.text_id for text in usual]
    assert [text.body for text in found] == [f"{text.body} \ufffd" for text in usual]


async def test_when_the_history_is_long_then_pages_are_counted_and_links_are_not_followed(
    provider: ClickSend, far_end: FarEnd
) -> None:
    first, second = ({**rows()[1], "message_id": name, "date": int(SINCE.timestamp())} for name in ("a", "b"))
    far_end.will_answer(history(first, last_page=2), history(second, "odd", last_page=2, current_page=2))  # type: ignore[arg-type]  # a row that is none

    found = await list_all(provider, CS_LINE)

    assert [text.text_id for text in found] == ["a", "b"]
    assert [heard.query["page"] for heard in far_end.heard] == ["1", "2"]


async def test_when_the_history_never_ends_then_reading_stops(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(*[history(rows()[1], last_page=10**6)] * 60)

    await list_all(provider, CS_LINE)

    assert len(far_end.heard) == 50


async def test_when_opting_out_is_asked_then_they_cannot_say(provider: ClickSend, far_end: FarEnd) -> None:
    assert await provider.read_opt_out(CS_LINE, CONTACT) is None
    assert far_end.heard == []


async def test_when_the_key_is_checked_then_the_balance_is_told(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(
        Answer(200, fixture("clicksend", "account.json"), {"date": "Mon, 02 Mar 2026 15:05:04 GMT"})
    )

    facts = await provider.check()

    assert (facts.description, facts.clock_skew_s) == ("balance 24.99 USD", 4.0)


@pytest.mark.parametrize("balance", [None, "a lot", ""])
async def test_when_the_account_has_no_balance_then_the_key_is_accepted_all_the_same(
    provider: ClickSend, far_end: FarEnd, caplog: pytest.LogCaptureFixture, balance: object
) -> None:
    account = {"balance": balance, "_currency": {"currency_name_short": ACCOUNT_KEY}, "api_key": ACCOUNT_KEY}
    far_end.will_answer(Answer(200, json.dumps({"http_code": 200, "data": account}).encode()))

    with caplog.at_level(logging.INFO):
        facts = await provider.check()

    assert facts.description == "the key is accepted"
    assert ACCOUNT_KEY not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        {"http_code": 200, "data": {"balance": {"of": ACCOUNT_KEY}}},
        {"http_code": 200, "data": [ACCOUNT_KEY]},
        {"http_code": ACCOUNT_KEY, "data": {"balance": "1.00"}},
    ],
)
async def test_when_the_account_cannot_be_read_then_its_key_is_not_dragged_along(
    provider: ClickSend, far_end: FarEnd, body: dict[str, object]
) -> None:
    far_end.will_answer(Answer(200, json.dumps(body).encode()))

    with pytest.raises(Unreachable) as caught:
        await provider.check()

    assert ACCOUNT_KEY not in "".join(f"{each!r} {vars(each)!r}" for each in chain(caught.value))
    assert not [each for each in chain(caught.value) if hasattr(each, "errors")]
