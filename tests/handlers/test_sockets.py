"""Posts of ours come back as events: they are told from everything else before Bolt sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from handlers.slack import is_our_post

OURS = "B0OURS"


def test_post_of_ours_is_told_by_its_bot() -> None:
    assert is_our_post({"event": {"type": "message", "bot_id": OURS}}, OURS) is True


@pytest.mark.parametrize(
    "payload",
    [
        {"event": {"type": "message", "bot_id": "B0OTHER"}},
        {"event": {"type": "message", "user": "U0DANA"}},
        {"event": {"type": "message", "subtype": "message_deleted", "previous_message": {"bot_id": OURS}}},
        {"event": "nothing"},
        {"type": "block_actions"},
    ],
)
def test_anything_else_goes_on(payload: Mapping[str, Any]) -> None:
    assert is_our_post(payload, OURS) is False


def test_bot_that_does_not_know_itself_takes_nothing_for_its_own() -> None:
    assert is_our_post({"event": {"type": "message", "bot_id": ""}}, "") is False
