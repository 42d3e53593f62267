"""Slack's events, before anything else sees them.

Bolt acknowledges an event whatever its listener does, so events are handled in `before_authorize`: what
returns 200 here is on disk, and what raises is not acknowledged and comes again.
Source: https://docs.slack.dev/apis/events-api#responding
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest

from bot.bridge import Bridge
from bot.errors import BotError
from bot.flows import alerts, channels, replies
from bot.model import Change, ChannelId, MemberId, Reply
from bot.replies import Json, read_event, read_mention
from handlers.mentions import Mentions
from handlers.underway import Underway

log = logging.getLogger(__name__)

Next = Callable[[], Awaitable[BoltResponse]]
ACKNOWLEDGED = 200


class ShuttingDown(BotError):
    """No new events: another connection, or a later delivery, gets this one."""


class Events:
    """The door that every request from Slack passes first."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._mentions = Mentions(bridge)
        self.underway = Underway()
        self._closed = False

    def close(self) -> None:
        """Refuse everything from now on, so that Slack delivers it again elsewhere or later."""
        self._closed = True

    async def drain(self) -> None:
        """Wait until everything that the bot was told to do has its answer. After `close`."""
        await self._mentions.drain()
        await self.underway.drain()

    async def on_request(self, req: AsyncBoltRequest, next: Next) -> BoltResponse:  # noqa: A002 - Bolt's name
        """Record an event and acknowledge it; hand anything else on."""
        if self._closed:
            raise ShuttingDown("The bot is stopping.")
        kind = req.body.get("type")
        if kind == "app_rate_limited":
            words = "Slack is sending more events than this app may get in an hour; some come late or not at all."
            await alerts.tell(self._bridge, "rate_limited", words)
        elif kind == "event_callback":
            await self._on_event(_part(req.body, "event"))
        else:
            return await next()
        return BoltResponse(status=ACKNOWLEDGED)

    async def _on_event(self, event: Json) -> None:
        kind = str(event.get("type", ""))
        if kind == "message":
            await self._on_message(event)
        elif kind in channels.LOST:
            await channels.lose(self._bridge, _channel(event), kind)
        elif kind in channels.FOUND and self._is_about_us(event):
            await channels.find(self._bridge, _channel(event))
        elif kind == "app_home_opened" and event.get("tab") == "home":
            await self._bridge.store.homes.open(MemberId(str(event.get("user", ""))))
        elif kind in ("tokens_revoked", "app_uninstalled"):
            log.error("Slack says %s: install the app again and set SLACK_BOT_TOKEN", kind)

    def _is_about_us(self, event: Json) -> bool:
        """Somebody else's joining changes nothing for the bot."""
        return event.get("type") != "member_joined_channel" or event.get("user") == self._bridge.ours.bot_user_id

    async def _on_message(self, event: Json) -> None:
        match read_event(event, bot_id=self._bridge.ours.bot_id):
            case Reply() as reply:
                said = read_mention(event, bot_user=self._bridge.ours.bot_user_id)
                is_new = await replies.send_reply(self._bridge, reply)
                if said is not None and is_new:
                    self._mentions.hear(said)
            case Change() as change:
                await replies.change_reply(self._bridge, change)
            case None:
                pass


def _channel(event: Json) -> ChannelId:
    """The event's channel: an id, or in `member_joined_channel` and its like, the same."""
    channel = event.get("channel")
    return ChannelId(channel if isinstance(channel, str) else str(_part(event, "channel").get("id", "")))


def _part(value: Mapping[str, object], name: str) -> Json:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}
