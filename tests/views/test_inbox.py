"""Conversations in a provider's list as people read of them."""

from __future__ import annotations

from datetime import UTC

import pytest

from bot.model import Number, ProviderName, TextReceived, TextSent
from bot.views.inbox import correspondence_words
from tests.views.cases import AT

NAME = ProviderName("textrequest")
ANA = Number("+14155550134")


def received(body: str) -> TextReceived:
    return TextReceived(NAME, "121", Number("+14235550100"), ANA, "in-1", body, AT)


def sent(author: str | None) -> TextSent:
    return TextSent(NAME, "121", Number("+14235550100"), ANA, "out-1", "See you", AT, author=author)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (None, "Ana"),
        (received("Hi"), "Ana\nThey · 22 Nov 2026, 09:30\nHi"),
        (received(""), "Ana\nThey · 22 Nov 2026, 09:30\n(an empty text)"),
        (sent("Dana"), "Ana\nDana · 22 Nov 2026, 09:30\nSee you"),
        (sent(None), "Ana\nWe · 22 Nov 2026, 09:30\nSee you"),
    ],
)
def test_conversation_in_a_list_tells_its_last_text(last: TextReceived | TextSent | None, said: str) -> None:
    assert correspondence_words("Ana", last, UTC) == said
