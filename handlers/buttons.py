"""Clicks on the buttons of notices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows import decisions
from bot.flows.decisions import Click
from bot.model import MemberId
from bot.views.buttons import Action
from handlers.where import Where

NOTICES = re.compile(r"^notice:")


def register(app: AsyncApp, bridge: Bridge) -> None:
    """Bind the door."""

    async def on_notice(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        sentence = await decisions.decide(bridge, unpack(body))
        where = Where.of(body)
        if sentence is not None and where is not None:
            await bridge.slack.ephemeral(where.channel, where.member, sentence, where.thread_ts)

    async def on_anything_else(ack: AsyncAck) -> None:
        await ack()  # a link's button tells us too; nothing to do

    app.action(NOTICES)(on_notice)
    app.action(re.compile(".*"))(on_anything_else)


def unpack(body: Mapping[str, Any]) -> Click:
    """What was clicked. Raises `UsageError` for a button that this version does not know."""
    action = next(iter(body.get("actions") or [{}]))
    try:
        member = MemberId(str((body.get("user") or {}).get("id", "")))
        return Click(Action(str(action.get("action_id"))), str(action.get("value", "")), member)
    except ValueError:
        raise UsageError("This button is of another version of Threadline and does nothing any more.") from None
