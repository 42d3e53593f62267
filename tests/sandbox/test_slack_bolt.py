"""Bolt itself over Socket Mode: what it answers, and what it leaves unanswered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace

BUTTON = {"type": "button", "action_id": "retry", "value": "17", "text": {"type": "plain_text", "text": "Retry"}}


@pytest.fixture
async def heard(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[list[dict[str, Any]]]:
    """A Bolt app that hears messages, answers one button and one command, and knows nothing else."""
    messages: list[dict[str, Any]] = []
    app = AsyncApp(client=client)

    @app.event("message")
    async def on_message(event: dict[str, Any]) -> None:
        messages.append(event)
        workspace.core.bell.ring()

    @app.action("retry")
    async def on_retry(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("On its way", replace_original=False)

    @app.command("/text")
    async def on_text(ack: AsyncAck) -> None:
        await ack("Whom?")

    handler = AsyncSocketModeHandler(app, workspace.app.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    await workspace.wait_for(lambda: workspace.sockets.count)
    yield messages
    await handler.close_async()  # type: ignore[no-untyped-call]  # as above


async def test_message_reaches_bolts_listener_and_is_acked(
    workspace: Workspace, channel: Channel, heard: list[dict[str, Any]]
) -> None:
    await workspace.say(channel, "Dana", "Hello")
    await workspace.wait_for(lambda: heard and workspace.feed.idle)

    assert [one["text"] for one in heard] == ["Hello"]
    assert workspace.feed.redelivered == 0


async def test_event_without_a_listener_is_never_acked(
    workspace: Workspace, channel: Channel, heard: list[dict[str, Any]]
) -> None:
    workspace.rules.ack_timeout_s = 0.02
    ts = await workspace.say(channel, "Dana", "Hello")

    await workspace.react(channel, ts, "eyes", "Dana")
    await workspace.wait_for(lambda: workspace.feed.idle)

    assert workspace.feed.redelivered >= len(workspace.rules.retry_delays_s)
    assert [ack.acked for ack in workspace.feed.acks if ack.where == "event.reaction_added"] == [False] * 4


async def test_click_is_acked_and_answered_through_its_response_url(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, heard: list[dict[str, Any]]
) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    posted = await client.chat_postMessage(channel=channel.id, text="It failed", blocks=blocks)

    ack = await workspace.click(channel, posted["ts"], "retry", "Dana")
    await workspace.wait_for(lambda: workspace.ephemerals("Dana"))

    assert ack.acked
    assert workspace.words(workspace.ephemerals("Dana")[0]["message"]) == "On its way"


async def test_command_is_answered_in_its_ack(
    workspace: Workspace, channel: Channel, heard: list[dict[str, Any]]
) -> None:
    ack = await workspace.slash(channel, "Dana", "/text")

    assert ack.payload is not None
    assert ack.payload["text"] == "Whom?"
