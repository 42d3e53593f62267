"""A connection that watches how Slack delivers events: it answers nothing unless it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import SlackError
from bot.sandbox.server import Sandbox
from bot.slack.ear import Envelope, listen, read_envelope


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as started:
        started.workspace.rules.ack_timeout_s = 0.05
        started.workspace.rules.retry_delays_s = (0.0,)
        started.workspace.add_member("Dana")
        started.workspace.add_channel("sales", "Dana")
        yield started


async def test_event_that_is_not_answered_is_heard_again(sandbox: Sandbox) -> None:
    async with listen(sandbox.workspace.app.app_token, sandbox.slack_api_url) as ear:
        ts = await sandbox.workspace.say("sales", "Dana", "Hello")

        first, second = await ear.next(), await ear.next()

    assert (first.ts, first.attempt, second.attempt) == (ts, 0, 1)
    assert first.event_id == second.event_id


async def test_event_that_is_answered_is_settled(sandbox: Sandbox) -> None:
    workspace = sandbox.workspace
    workspace.rules.ack_timeout_s = 5
    async with listen(workspace.app.app_token, sandbox.slack_api_url) as ear:
        await workspace.say("sales", "Dana", "Hello")

        await ear.answer(await ear.next())
        await workspace.wait_for(lambda: workspace.feed.idle, what="the answer")

    assert [ack.acked for ack in workspace.feed.acks] == [True]


async def test_greeting_says_how_many_connections_there_are(sandbox: Sandbox) -> None:
    token, url = sandbox.workspace.app.app_token, sandbox.slack_api_url
    async with listen(token, url) as one, listen(token, url) as two:
        assert (await one.connections(), await two.connections()) == (1, 2)


async def test_clicks_are_not_heard(sandbox: Sandbox) -> None:
    workspace = sandbox.workspace
    async with listen(workspace.app.app_token, sandbox.slack_api_url) as ear:
        await workspace.slash("sales", "Dana", "/text", "hello")
        ts = await workspace.say("sales", "Dana", "Hello")

        assert (await ear.next()).ts == ts


async def test_slack_out_of_reach_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.ear.CONNECT_S", 0.05)

    with pytest.raises(SlackError, match="unreachable"):
        async with listen("xapp-a-token", "http://127.0.0.1:9/"):
            await asyncio.Event().wait()


def test_envelope_without_an_event_is_read_as_nothing() -> None:
    request = SocketModeRequest(type="events_api", envelope_id="E1", payload={"event_id": "Ev1"})

    assert read_envelope(request) == Envelope(id="E1", event_id="Ev1", channel="", ts="", attempt=0)
