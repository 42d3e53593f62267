"""How events reach the app: redelivery, sockets that come and go, and disorder on request."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.trouble import Fault
from tests.sandbox.conftest import Listener, connected, heard, settled


async def test_unacked_event_comes_again_with_the_same_id(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.rules.ack_timeout_s = 0.02
    listener.acks = False

    await workspace.say(channel, "Dana", "Hello?")
    await settled(workspace)

    assert len({one.payload["event_id"] for one in listener.requests}) == 1
    assert [one.retry_attempt for one in listener.requests] == [0, 1, 2, 3]
    assert listener.requests[1].retry_reason == "http_timeout"


async def test_event_while_nobody_listens_waits_for_its_retry(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    workspace.rules.retry_delays_s = (0.05,) * 60
    listener = Listener(workspace.core.bell)

    await workspace.say(channel, "Dana", "Anybody?")
    async with connected(workspace, client, listener):
        await heard(workspace, listener, 1)
        await settled(workspace)

    assert listener.requests[0].retry_reason == "connection_failed"


async def test_socket_that_breaks_before_the_ack_has_its_event_delivered_elsewhere(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    listener.acks = False
    await workspace.say(channel, "Dana", "Hello?")
    await heard(workspace, listener, 1)

    workspace.rules.retry_delays_s = (0.05,) * 60
    workspace.sockets.cut()
    second = Listener(workspace.core.bell)
    async with connected(workspace, client, second):
        await heard(workspace, second, 1)

    assert second.requests[0].payload["event_id"] == listener.requests[0].payload["event_id"]


async def test_two_sockets_share_the_events(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    second = Listener(workspace.core.bell)
    async with connected(workspace, client, second):
        for number in range(4):
            await workspace.say(channel, "Dana", str(number))
        await settled(workspace)

    texts = [one["text"] for one in listener.events + second.events]
    assert sorted(texts) == ["0", "1", "2", "3"]
    assert len(listener.events) == len(second.events) == 2


async def test_disconnect_frame_makes_the_client_come_back(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.sockets.disconnect("refresh_requested")
    await workspace.wait_for(lambda: workspace.sockets.opened == 2, what="a second socket")

    await workspace.say(channel, "Dana", "Still there?")
    await heard(workspace, listener, 1)

    assert listener.events[0]["text"] == "Still there?"


async def test_ticket_opens_one_socket_only(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    opened = await client.apps_connections_open(app_token=workspace.app.app_token)

    async with session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(opened["url"])

    assert hello["type"] == "hello"
    assert refused.value.status == 401


async def test_repeated_event_has_the_same_id(workspace: Workspace, channel: Channel, listener: Listener) -> None:
    ts = await workspace.say(channel, "Dana", "Once")
    await settled(workspace)

    repeated = workspace.send_again(ts)
    await heard(workspace, listener, 2)

    assert repeated == 1
    assert len({one.payload["event_id"] for one in listener.requests}) == 1


async def test_held_events_are_released_in_reverse(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.hold_events("message")
    await workspace.say(channel, "Dana", "first")
    await workspace.say(channel, "Dana", "second")
    await workspace.wait_for(lambda: len(workspace.core.trouble.held) == 2, what="two held events")

    released = workspace.release_events(newest_first=True)
    await heard(workspace, listener, 2)

    assert released == 2
    assert [one["text"] for one in listener.events] == ["second", "first"]


@pytest.mark.parametrize(("kind", "times_heard"), [("twice", 2), ("lose_answer", 2), ("lose", 1)])
async def test_fault_strikes_an_event(
    workspace: Workspace, channel: Channel, listener: Listener, kind: str, times_heard: int
) -> None:
    workspace.rules.ack_timeout_s = 0.05
    workspace.core.trouble.add(Fault(where="event.message", kind=kind))

    await workspace.say(channel, "Dana", "Hi")
    await settled(workspace)

    assert len(listener.events) == times_heard
    assert len({one.payload["event_id"] for one in listener.requests}) == 1


async def test_without_history_events_still_flow(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    workspace.keep_history(False)
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    await workspace.say(channel, "Dana", "Reply", thread_ts=root["ts"])
    await heard(workspace, listener, 2)

    assert listener.events[1]["thread_ts"] == root["ts"]
    assert workspace.messages(channel) == []
    assert workspace.core.ledger.posted == 2


async def test_event_that_comes_twice_is_not_overtaken(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.core.trouble.add(Fault(where="event.message", kind="twice"))

    await workspace.say(channel, "Dana", "first")
    await workspace.say(channel, "Dana", "second")
    await settled(workspace)

    assert [one["text"] for one in listener.events] == ["first", "first", "second"]


async def test_answer_that_gets_lost_is_waited_for(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.rules.ack_timeout_s = 0.05
    workspace.core.trouble.add(Fault(where="interactive.*", kind="lose_answer"))
    loop = asyncio.get_running_loop()
    began = loop.time()

    ack = await workspace.shortcut("Dana", "new_text")

    assert (ack.acked, ack.reason) == (False, "http_timeout")
    assert loop.time() - began >= 0.05
