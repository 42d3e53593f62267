"""The door that every request from Slack passes first: 200 for what is on disk, and an error for what is not."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest

from bot.bridge import Bridge
from handlers.events import Events, ShuttingDown
from storage.database import Row, Tx

ELSEWHERE = 299  # what the next middleware answers


async def ask(events: Events, body: dict[str, Any]) -> int:
    """The status that Slack gets."""

    async def handed_on() -> BoltResponse:
        return BoltResponse(status=ELSEWHERE)

    return (await events.on_request(AsyncBoltRequest(mode="socket_mode", body=body), handed_on)).status


async def alerts(bridge: Bridge) -> list[str]:
    """What admins are told."""

    async def unit(tx: Tx) -> list[Row]:
        return list(await tx.rows("select body from messages where kind = 'alert' order by id"))

    return [row["body"] for row in await bridge.store.database.read(unit)]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "1.1", "text": "<@U0BOT> hi"},
        {"type": "reaction_added", "user": "U1", "reaction": "eyes", "item": {"channel": "C1", "ts": "1.1"}},
        {"type": "app_home_opened", "user": "U1", "tab": "home"},
        {"type": "message", "channel": "C1", "user": "U1", "ts": "1.1", "text": "no thread"},
        {"type": "message", "channel": "C9", "user": "U1", "ts": "1.1", "thread_ts": "1.0", "text": "no line"},
        {"type": "channel_archive", "channel": "C9", "user": "U1"},
        {"type": "member_joined_channel", "channel": "C9", "user": "U0BOT"},
        {"type": "channel_deleted", "channel": {"id": "C9"}},
        {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
        {"type": "an_event_of_tomorrow"},
        {"type": 7},
        {},
    ],
    ids=lambda event: str(event.get("type")),
)
async def test_event_that_means_nothing_here_is_acknowledged(bridge: Bridge, event: dict[str, Any]) -> None:
    assert await ask(Events(bridge), {"type": "event_callback", "event": event}) == 200
    assert await alerts(bridge) == []


@pytest.mark.parametrize("body", [{"type": "event_callback"}, {"type": "event_callback", "event": None}])
async def test_callback_without_an_event_is_acknowledged(bridge: Bridge, body: dict[str, Any]) -> None:
    assert await ask(Events(bridge), body) == 200


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_actions", "actions": []},
        {"type": "view_submission"},
        {"type": "url_verification", "challenge": "x"},
        {"command": "/text"},
        {},
    ],
)
async def test_what_is_no_event_is_handed_on(bridge: Bridge, body: dict[str, Any]) -> None:
    assert await ask(Events(bridge), body) == ELSEWHERE


async def test_too_many_events_are_told_to_the_admin(bridge: Bridge) -> None:
    status = await ask(Events(bridge), {"type": "app_rate_limited", "minute_rate_limited": 1})

    assert status == 200
    assert (await alerts(bridge))[0].startswith("Slack is sending more events than")


async def test_revoked_token_is_logged_with_what_to_do(bridge: Bridge, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        await ask(Events(bridge), {"type": "event_callback", "event": {"type": "app_uninstalled"}})

    assert "install the app again and set SLACK_BOT_TOKEN" in caplog.text


@pytest.mark.parametrize("body", [{"type": "event_callback", "event": {}}, {"type": "block_actions"}])
async def test_nothing_is_taken_once_the_bot_stops(bridge: Bridge, body: dict[str, Any]) -> None:
    events = Events(bridge)
    events.close()

    with pytest.raises(ShuttingDown):
        await ask(events, body)
