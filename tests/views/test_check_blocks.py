"""The check itself: it must be able to fail."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import Post
from tests.views.check_blocks import check_post


def leaf(**fields: object) -> dict[str, Any]:
    """A text leaf with other fields."""
    return {"type": "text", "text": "words", **fields}


def rich(*leaves: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    """A rich_text block of one part."""
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(leaves)}]}


def button(**fields: object) -> dict[str, Any]:
    """A button with other fields."""
    label = {"type": "plain_text", "text": "Retry"}
    return {"type": "button", "action_id": "a", "value": "v", "text": label, **fields}


def actions(*buttons: dict[str, Any], **fields: object) -> dict[str, Any]:
    """A row of buttons."""
    return {"type": "actions", "block_id": "b", "elements": list(buttons), **fields}


def confirm(**fields: object) -> dict[str, Any]:
    """A confirm dialog with other fields."""
    names = ("title", "text", "confirm", "deny")
    return {name: {"type": "plain_text", "text": "Sure?"} for name in names} | fields


def section(words: str, **fields: object) -> dict[str, Any]:
    """A section of plain text."""
    return {"type": "section", "text": {"type": "plain_text", "text": words}, **fields}


def menu(kind: str, count: int, value: str = "v") -> dict[str, Any]:
    """A menu of so many options."""
    label = {"type": "plain_text", "text": "Retry"}
    options = [{"text": label, "value": value} for _ in range(count)]
    return {"type": kind, "action_id": "a", "placeholder": label, "options": options}


def test_good_post_passes() -> None:
    check_post(Post("words", (rich(leaf()), actions(button(confirm=confirm())))))
    check_post(Post("words", (section("x", accessory=menu("overflow", 5)), actions(menu("static_select", 100)))))


@pytest.mark.parametrize(
    "post",
    [
        Post("", (rich(leaf()),)),
        Post(" \n"),
        Post("x" * 4_001),
        Post("<!channel>"),
        Post("<@U1>"),
        Post("x", username=""),
        Post("x", username="x" * 81),
        Post("x", icon_emoji=":not a name:"),
        Post("x", tuple(rich(leaf()) for _ in range(51))),
        Post("x", tuple(rich(leaf(text="x" * 3_000)) for _ in range(5))),
        Post("x", (actions(button()), actions(button()))),
        Post("x", ({"type": "section", "text": {"type": "mrkdwn", "text": "auto-parsed"}},)),
        Post("x", ({"type": "rich_text", "elements": []},)),
        Post("x", (rich(),)),
        Post("x", (rich(leaf(), kind="rich_text_section2"),)),
        Post("x", (rich(leaf(text="")),)),
        Post("x", (rich(leaf(text=None)),)),
        Post("x", (rich(leaf(text="x" * 3_001)),)),
        Post("x", (rich(leaf(style={"blink": True})),)),
        Post("x", (rich(leaf(style={"bold": False})),)),
        Post("x", (rich(leaf(type="emoji", name="tada")),)),
        Post("x", (rich(leaf(type="date", timestamp=1)),)),
        Post("x", (rich(leaf(type="date", timestamp="1", format="{date}", fallback="1")),)),
        Post("x", (actions(),)),
        Post("x", (actions(button(), button()),)),
        Post("x", (actions(*(button(action_id=str(number)) for number in range(26))),)),
        Post("x", (actions(button(), block_id="x" * 256),)),
        Post("x", (actions(button(), block_id=""),)),
        Post("x", (actions(button(type="overflow")),)),
        Post("x", (actions(button(type="datepicker")),)),
        Post("x", (section("x" * 3_001),)),
        Post("x", (section("x", accessory=menu("overflow", 6)),)),
        Post("x", (section("x", accessory=menu("overflow", 0)),)),
        Post("x", (actions(menu("static_select", 101)),)),
        Post("x", (actions(menu("static_select", 1) | {"placeholder": None}),)),
        Post("x", (actions(menu("static_select", 1, value="x" * 151)),)),
        Post("x", ({"type": "context", "elements": []},)),
        Post("x", (actions(button(action_id="")),)),
        Post("x", (actions(button(value="x" * 2_001)),)),
        Post("x", (actions(button(style="link")),)),
        Post("x", (actions(button(text={"type": "mrkdwn", "text": "Retry"})),)),
        Post("x", (actions(button(text={"type": "plain_text", "text": "x" * 76})),)),
        Post("x", (actions(button(confirm="Sure?")),)),
        Post("x", (actions(button(confirm=confirm(deny={"type": "plain_text", "text": "x" * 31}))),)),
    ],
)
def test_post_that_slack_would_refuse_fails(post: Post) -> None:
    with pytest.raises(AssertionError):
        check_post(post)
