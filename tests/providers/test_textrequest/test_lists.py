"""Looking for a text, and catching up with a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Delivery, TextReceived, TextSent
from bot.providers.textrequest import TextRequest
from tests.providers.case import SINCE
from tests.providers.cases.common import CONTACT, WORDS, list_all
from tests.providers.cases.textrequest import TR_LINE, TR_TEXT, tr
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import asked, page, row


async def test_when_a_text_is_looked_for_then_only_later_ones_with_its_words_are_found(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(tr("conversation.json"))

    found = await provider.find_texts(TR_TEXT, SINCE)

    assert [(text.text_id[-1], text.delivery, text.author) for text in found] == [
        ("3", Delivery.SENT, "Dana (Slack)")
    ]
    assert found[0].contact == CONTACT
    assert asked(far_end) == ["GET /dashboards/121/contacts/14235550142/messages"]


async def test_when_there_is_no_conversation_then_nothing_is_found(provider: TextRequest, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(204))

    assert list(await provider.find_texts(TR_TEXT, SINCE)) == []


async def test_when_their_time_has_no_fraction_then_the_same_second_counts(
    provider: TextRequest, far_end: FarEnd
) -> None:
    at = SINCE.replace(microsecond=0)
    rows = [row(n, at - timedelta(seconds=n), message_direction="S", body=WORDS) for n in (0, 1)]
    far_end.will_answer(page(rows, 2))

    found = await provider.find_texts(TR_TEXT, SINCE)

    assert [text.text_id for text in found] == ["m0"]


@pytest.mark.parametrize("newest_first", [False, True])
async def test_when_the_conversation_is_long_then_its_newest_end_is_read(
    provider: TextRequest, far_end: FarEnd, newest_first: bool
) -> None:
    rows = [row(n, SINCE - timedelta(hours=20 - n), message_direction="S", body=WORDS) for n in range(22)]
    ordered = rows[::-1] if newest_first else rows
    pages = [ordered[start : start + 4] for start in range(0, 22, 4)]
    numbers = [0, 5] if newest_first else [0, 5, 4]
    far_end.will_answer(*(page(pages[number], 22, size=4) for number in numbers))

    found = await provider.find_texts(TR_TEXT, SINCE)

    assert sorted(text.text_id for text in found) == ["m20", "m21"]
    assert [int(heard.query["page"]) for heard in far_end.heard] == numbers


async def test_when_a_line_is_caught_up_then_its_texts_come_oldest_first(
    provider: TextRequest, far_end: FarEnd
) -> None:
    since = datetime(2026, 3, 2, 15, 3, tzinfo=UTC)
    far_end.will_answer(tr("messages.json"))

    received, nameless, sent = [text async for text in provider.list_texts(TR_LINE, since)]

    assert isinstance(received, TextReceived)
    assert (received.contact, received.contact_name, received.body) == (CONTACT, "Ana Ruiz", "Is my order ready?")
    assert [attachment.url for attachment in received.attachments] == ["https://media.example.com/photo.jpg"]
    assert isinstance(nameless, TextReceived)
    assert nameless.text_id == ""
    assert isinstance(sent, TextSent)
    assert (sent.author, sent.delivery, sent.code) == ("Kim", Delivery.FAILED, "2001")
    assert far_end.heard[0].query == {"start_date": "2026-03-02T15:03:00Z", "page": "0", "page_size": "200"}


async def test_when_a_row_holds_half_an_emoji_then_every_row_is_read(
    provider: TextRequest, far_end: FarEnd
) -> None:
    rows = [row(1, SINCE), row(2, SINCE, body="Bye \ud83d"), row(3, SINCE, customer_friendly_name="\ude00 Ana")]
    far_end.will_answer(page(rows, 3))

    found = await list_all(provider, TR_LINE)

    assert [text.body for text in found] == ["Text 1", "Bye \ufffd", "Text 3"]
    assert [text.contact_name for text in found if isinstance(text, TextReceived)] == [None, None, "\ufffd Ana"]


@pytest.mark.parametrize("text_id", [None, "", " "])
async def test_when_a_text_has_no_id_then_it_is_listed_without_one(
    provider: TextRequest, far_end: FarEnd, text_id: str | None
) -> None:
    far_end.will_answer(page([row(1, SINCE, message_id=text_id)], 1))

    (text,) = await list_all(provider, TR_LINE)

    assert text.text_id == ""


async def test_when_pages_are_smaller_than_asked_then_theirs_is_the_size_that_counts(
    provider: TextRequest, far_end: FarEnd
) -> None:
    rows = [row(n, SINCE + timedelta(seconds=n)) for n in range(5)]
    far_end.will_answer(page(rows[:2], 5, size=2), page(rows[2:4], 5, size=2), page(rows[4:], 5, size=2))

    found = await list_all(provider, TR_LINE)

    assert [text.text_id for text in found] == ["m0", "m1", "m2", "m3", "m4"]
    assert [heard.query["page"] for heard in far_end.heard] == ["0", "1", "2"]


async def test_when_pages_run_dry_or_never_end_then_reading_stops(provider: TextRequest, far_end: FarEnd) -> None:
    rows = [row(1, SINCE)]
    far_end.will_answer(page(rows, 1000, size=1), page([], 1000, size=1))
    dry = await list_all(provider, TR_LINE)
    dry_pages = len(far_end.heard)
    far_end.heard.clear()

    far_end.will_answer(*[page(rows, 1_000_000, size=0)] * 60)
    endless = await list_all(provider, TR_LINE)

    assert (len(dry), dry_pages) == (1, 2)
    assert (len(endless), len(far_end.heard)) == (50, 50)


async def test_when_they_count_more_texts_than_there_are_numbers_for_then_reading_stops(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(page([row(1, SINCE)], 10**30, size=1), page([], 10**30, size=1))

    found = await list_all(provider, TR_LINE)

    assert [text.text_id for text in found] == ["m1"]
    assert len(far_end.heard) == 2


async def test_when_they_ignore_the_start_date_then_the_newest_pages_are_read(
    provider: TextRequest, far_end: FarEnd
) -> None:
    rows = [row(n, SINCE - timedelta(hours=9 - n)) for n in range(12)]
    pages = [rows[start : start + 2] for start in range(0, 12, 2)]
    far_end.will_answer(*(page(pages[number], 12, size=2) for number in (0, 5, 4)))

    found = await list_all(provider, TR_LINE)

    assert [text.text_id for text in found] == ["m9", "m10", "m11"]


async def test_when_rows_are_odd_then_the_others_are_read_and_their_number_is_logged(
    provider: TextRequest, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    odd: list[dict[str, object]] = [
        row(1, SINCE, message_timestamp_utc="yesterday"),
        row(2, SINCE, message_timestamp_utc="0001-01-01T00:00:00"),
        row(3, SINCE, customer_phone="nobody at all"),
        row(4, SINCE, message_direction="X"),
        row(5, SINCE, body={"words": 1}),
    ]
    far_end.will_answer(page([*odd, row(6, SINCE)], 6))

    found = await list_all(provider, TR_LINE)

    assert [text.text_id for text in found] == ["m6"]
    assert "5 rows" in caplog.text
    assert "4235550142" not in caplog.text
