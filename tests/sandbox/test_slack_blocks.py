"""Blocks: each limit of Block Kit, and what stays within them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}


def button(**more: object) -> dict[str, Any]:
    return {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, **more}


def actions(*elements: object) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def option(words: str = "Archive", **more: object) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": words}, "value": "a", **more}


def groups(label: str, *options: object) -> dict[str, Any]:
    group = {"label": {"type": "plain_text", "text": label}, "options": list(options)}
    return actions({"type": "static_select", "action_id": "s", "option_groups": [group]})


def field(kind: str, **more: object) -> dict[str, Any]:
    element = {"type": kind, "action_id": "f", **more}
    return {"type": "input", "label": {"type": "plain_text", "text": "Field"}, "element": element}


DESCRIBED = option(description={"type": "plain_text", "text": "x" * 76})


@pytest.mark.parametrize(
    ("blocks", "pointer"),
    [
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}], "/blocks/0/text/text"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "/blocks/0/text/text"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
        ([actions(button(text={"type": "plain_text", "text": "x" * 76}))], "/blocks/0/elements/0/text/text"),
        ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
        ([actions(button(action_id="x" * 256))], "/blocks/0/elements/0/action_id"),
        ([actions(button(), button())], "/blocks/0/elements/1/action_id"),
        ([actions(*[button(action_id=str(number)) for number in range(26)])], "/blocks/0/elements"),
        ([actions(button(style="gentle"))], "/blocks/0/elements/0/style"),
        ([groups("x" * 76, option())], "/blocks/0/elements/0/option_groups/0/label/text"),
        ([groups("Group")], "/blocks/0/elements/0/option_groups/0/options"),
        ([groups("Group", *[option()] * 101)], "/blocks/0/elements/0/option_groups/0/options"),
        ([groups("Group", option("x" * 76))], "/blocks/0/elements/0/option_groups/0/options/0/text/text"),
        ([groups("Group", DESCRIBED)], "/blocks/0/elements/0/option_groups/0/options/0/description/text"),
        ([{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}], "/blocks/1/block_id"),
        ([{"type": "context", "elements": []}], "/blocks/0/elements"),
        ([field("plain_text_input", max_length=3001)], "/blocks/0/element/max_length"),
        ([field("plain_text_input", initial_value="")], "/blocks/0/element/initial_value"),
        ([field("datepicker", initial_date="24.12.2026")], "/blocks/0/element/initial_date"),
        ([field("timepicker", initial_time="6 pm")], "/blocks/0/element/initial_time"),
        ([field("file_input", max_files=11)], "/blocks/0/element/max_files"),
        ([field("external_select", min_query_length=-1)], "/blocks/0/element/min_query_length"),
        (
            [field("external_select", initial_option=option("x" * 76))],
            "/blocks/0/element/initial_option/text/text",
        ),
        (
            [field("static_select", options=[option()], initial_option=option("No"))],
            "/blocks/0/element/initial_option",
        ),
        (
            [field("multi_static_select", options=[option()], initial_options=[])],
            "/blocks/0/element/initial_options",
        ),
        ([field("checkboxes", options=[option()] * 11)], "/blocks/0/element/options"),
        ([actions({"type": "plain_text_input", "action_id": "f"})], "/blocks/0/elements/0/type"),
        ([{**SECTION, "accessory": {"type": "file_input", "action_id": "f"}}], "/blocks/0/accessory/type"),
        ([{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}], "/blocks/0/elements/0/type"),
        (
            [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text"}]}]}],
            "/blocks/0/elements/0/elements/0",
        ),
        ([{"type": "image", "image_url": "https://example.com/a.png"}], "/blocks/0/alt_text"),
    ],
)
async def test_block_beyond_a_limit_is_named(
    client: AsyncWebClient, channel: Channel, blocks: list[Any], pointer: str
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks") as caught:
        await client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)

    assert f"[json-pointer:{pointer}]" in str(caught.value)


async def test_blocks_within_the_limits_are_taken(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    confirm = {
        "title": {"type": "plain_text", "text": "Sure?"},
        "text": {"type": "mrkdwn", "text": "Really?"},
        "confirm": {"type": "plain_text", "text": "Yes"},
        "deny": {"type": "plain_text", "text": "No"},
    }
    options = [option()]
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 150}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}},
        RICH,
        actions(
            button(confirm=confirm, value="x" * 2000), {"type": "overflow", "action_id": "m", "options": options}
        ),
        {"type": "divider"},
    ]

    await client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)

    assert len(workspace.messages(channel)[0]["blocks"]) == 5
