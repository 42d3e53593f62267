"""Clicks on the buttons of cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows import asides
from bot.flows.cards.pressing import Pressed, press
from bot.flows.commands.ask import Typed, ask
from bot.flows.forms.opening import Loading
from bot.model import Ask, MemberId, Post
from bot.views import answers
from bot.views.card_buttons import CardAction
from handlers.underway import Underway
from handlers.where import Where
from handlers.windows import draw

CARDS = re.compile(r"^card:")


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the door."""

    async def on_card(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        async with underway:
            await _do(bridge, body)

    app.action(CARDS)(on_card)


async def _do(bridge: Bridge, body: Mapping[str, Any]) -> None:
    made, where = await press(bridge, read_pressed(body)), Where.of(body)
    if isinstance(made, Ask) and where is not None:
        key, trigger = f"card:{body['trigger_id']}", str(body["trigger_id"])
        opened = await ask(bridge, Typed(made, where.member, where.channel, key, trigger))
        if isinstance(opened, Loading):
            return await draw(bridge, opened)
        await tell(bridge, where, opened)
    elif isinstance(made, str):
        await tell(bridge, where, answers.sentence(made))
    return None


def read_pressed(body: Mapping[str, Any]) -> Pressed:
    """What was clicked, and by whom. Pure. Raises `UsageError` for a button that this version does not know."""
    action = next(iter(body.get("actions") or [{}]))
    try:
        wanted = CardAction(str(action.get("action_id")))
    except ValueError:
        raise UsageError("This button is of another version of Threadline and does nothing any more.") from None
    member = MemberId(str((body.get("user") or {}).get("id", "")))
    return Pressed(wanted, str(action.get("value", "")), member, str(body.get("trigger_id", "")))


async def tell(bridge: Bridge, where: Where | None, post: Post | None) -> None:
    """Show it to who clicked, and to nobody else."""
    if where is not None and post is not None:
        await asides.tell(bridge, where.member, where.channel, post, where.thread_ts)
