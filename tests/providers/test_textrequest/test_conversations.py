"""Conversations at Text Request: what is their own, beside the contract."""

from __future__ import annotations

import pytest

from bot.model import Correspondence, CorrespondenceFilter
from bot.providers.textrequest import TextRequest
from tests.providers.case import NOW, everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.textrequest import TR_LINE
from tests.providers.cases.textrequest.conversations import BEN, FOUND
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import page, row, rows


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", None),
        (" \n", None),
        ("Ana Ruiz ", "Ana Ruiz"),
        ("+1 (423) 555-0142", "14235550142"),
        ("423.555", "423555"),
        ("0142", "0142"),
        ("Unit 7", "Unit 7"),
        ("-", "-"),
    ],
)
async def test_when_words_are_part_of_a_number_then_its_digits_are_looked_for(
    provider: TextRequest, far_end: FarEnd, words: str, asked: str | None
) -> None:
    far_end.will_answer(Answer(204))

    await everything(provider.list_conversations(TR_LINE, CorrespondenceFilter(words=words)))

    assert far_end.heard[0].query.get("search") == asked


async def test_when_a_last_text_is_odd_then_the_conversation_is_listed_without_it(
    provider: TextRequest, far_end: FarEnd
) -> None:
    good = rows("conversations.json")
    odd: list[object] = ["Hello", {"message_direction": 3}, {"message_timestamp_utc": "soon"}, [], 7]
    far_end.will_answer(page([{**good[1], "last_message": each} for each in odd], len(odd)))

    found = await everything(provider.list_conversations(TR_LINE, CorrespondenceFilter()))

    assert found == [Correspondence(BEN, None)] * len(odd)


async def test_when_a_row_has_no_number_then_the_others_are_listed(provider: TextRequest, far_end: FarEnd) -> None:
    far_end.will_answer(page([{"phone_number": None}, {"phone_number": []}, *rows("conversations.json")], 5))

    assert await everything(provider.list_conversations(TR_LINE, CorrespondenceFilter())) == FOUND


async def test_when_there_was_no_conversation_then_its_history_is_empty(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(204))

    assert await everything(provider.list_history(TR_LINE, CONTACT)) == []


async def test_when_a_history_is_long_then_it_comes_page_by_page(provider: TextRequest, far_end: FarEnd) -> None:
    far_end.will_answer(*[page([row(number, NOW), row(number + 1, NOW)], 6, size=2) for number in (0, 2, 4)])
    history = provider.list_history(TR_LINE, CONTACT)

    first = await anext(aiter(history))
    asked_by_then = len(far_end.heard)
    rest = await everything(history)

    assert (first.text_id, asked_by_then) == ("m0", 1)
    assert [text.text_id for text in rest] == ["m1", "m2", "m3", "m4", "m5"]
