"""Buttons: ids that never change, values that carry an id and nothing else, a question before anything risky."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import Post
from bot.views.buttons import Action, row
from tests.views.check_blocks import check_post

UID = "0123456789abcdef" * 2


def buttons(*actions: Action) -> list[dict[str, Any]]:
    """The buttons of a row."""
    elements = row(UID, *actions)["elements"]
    assert isinstance(elements, list)
    return elements


@pytest.mark.parametrize("action", Action)
def test_row_with_any_button_is_one_that_slack_takes(action: Action) -> None:
    check_post(Post("words", (row(UID, action),)))


def test_row_with_every_button_is_one_that_slack_takes() -> None:
    check_post(Post("words", (row(UID, *Action),)))


def test_button_carries_the_notices_uid_and_nothing_else() -> None:
    assert {button["value"] for button in buttons(*Action)} == {UID}


def test_action_ids_are_what_old_messages_have() -> None:
    assert sorted(Action) == [
        "notice:arrived",
        "notice:check",
        "notice:correct",
        "notice:keep",
        "notice:retry",
        "notice:send_again",
        "notice:send_it",
    ]


def test_only_what_may_text_twice_asks_first() -> None:
    asking = [button["action_id"] for button in buttons(*Action) if "confirm" in button]

    assert asking == ["notice:send_again"]
