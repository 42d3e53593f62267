"""Looking for an order at ClickSend: what is its own, beside the contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.model import OrderId, SentOrder
from bot.providers.clicksend import ClickSend
from tests.providers.case import SINCE
from tests.providers.cases.clicksend.common import cs
from tests.providers.cases.clicksend.faxes import FAX
from tests.providers.cases.clicksend.media import ORDER
from tests.providers.cases.clicksend.post import ADDRESS, LETTER
from tests.providers.cases.clicksend.texts import CS_TEXT
from tests.providers.cases.clicksend.voice import CALL
from tests.providers.cases.common import fixture
from tests.providers.far_end import FarEnd
from tests.providers.test_clicksend.conftest import history


def first(name: str) -> dict[str, object]:
    """The first row of a history's fixture."""
    found: dict[str, object] = json.loads(fixture("clicksend", name))["data"]["data"][0]
    return found


def ids(orders: Sequence[SentOrder]) -> list[OrderId]:
    """Which they are, in short."""
    return [OrderId(order.id[:8]) for order in orders]


async def test_when_no_row_has_the_token_then_one_without_any_may_be_it(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("voice_history.json"), cs("fax_history.json"))

    calls = await provider.find_voice(replace(CALL, token="tok-unknown"), SINCE)
    faxes = await provider.find_fax(replace(FAX, token="tok-unknown"), SINCE)

    assert (ids(calls), ids(faxes)) == (["0B474459"], ["A6A20382"])


@pytest.mark.parametrize(
    "other",
    [
        {"date_added": int(SINCE.timestamp()) - 1},
        {"date_added": None},
        {"date_added": 1772463845000},
        {"message_id": ""},
        {"custom_string": "tok-of-another"},
        {"custom_string": "", "to": "+14235550143"},
        {"custom_string": "", "body": "Other words."},
    ],
)
async def test_when_a_call_is_another_then_it_is_not_found(
    provider: ClickSend, far_end: FarEnd, other: dict[str, object]
) -> None:
    far_end.will_answer(history({**first("voice_history.json"), **other}))

    assert await provider.find_voice(CALL, SINCE) == []


@pytest.mark.parametrize(
    "written",
    [
        {"address_name": "ANA  RUIZ", "address_city": "chattanooga"},
        {"address_line_2": None, "address_country": "us"},
        {"date_added": int(SINCE.timestamp())},
    ],
)
async def test_when_an_address_is_written_another_way_then_it_is_the_same(
    provider: ClickSend, far_end: FarEnd, written: dict[str, object]
) -> None:
    far_end.will_answer(history({**first("letter_history.json"), **written}))

    assert ids(await provider.find_letter(LETTER, SINCE)) == ["A00A1066"]


async def test_when_a_letter_went_to_another_flat_then_it_is_not_found(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("letter_history.json"))

    assert await provider.find_letter(replace(LETTER, to=replace(ADDRESS, line_2="Flat 4")), SINCE) == []


async def test_when_a_picture_was_scheduled_only_then_it_has_not_left(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(history({**first("mms_history.json"), "status": "Scheduled"}))

    assert await provider.find_media(ORDER, SINCE) == []


async def test_when_a_picture_carries_no_token_then_its_words_find_it(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(history({**first("mms_history.json"), "custom_string": None}))

    (found,) = await provider.find_media(replace(ORDER, text=replace(CS_TEXT, token="tok-unknown")), SINCE)

    assert (found.text_id[:8], found.token) == ("D7A79BF1", None)


async def test_when_a_history_is_long_then_three_pages_are_read(provider: ClickSend, far_end: FarEnd) -> None:
    page = history(first("fax_history.json"), last_page=10**6)
    far_end.will_answer(*[page] * 5)

    await provider.find_fax(FAX, SINCE)

    assert [heard.query["page"] for heard in far_end.heard] == ["1", "2", "3"]
