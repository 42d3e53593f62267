"""Clicks on the buttons of orders whose outcome nobody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.orders.deciding import Pressed, decide
from bot.model import MemberId
from bot.model.kept_orders import OrderNumber
from bot.views import answers
from bot.views.card_buttons import OrderAction
from handlers.cards import tell
from handlers.underway import Underway
from handlers.where import Where

ORDERS = re.compile(r"^order:")


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the door."""

    async def on_order(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        async with underway:
            said = await decide(bridge, read_pressed(body))
            await tell(bridge, Where.of(body), None if said is None else answers.sentence(said))

    app.action(ORDERS)(on_order)


def read_pressed(body: Mapping[str, Any]) -> Pressed:
    """What was clicked, and by whom. Pure. Raises `UsageError` for a button that this version does not know."""
    action = next(iter(body.get("actions") or [{}]))
    number, _, attempts = str(action.get("value", "")).partition(":")
    try:
        wanted = OrderAction(str(action.get("action_id")))
        order, tries = OrderNumber(int(number)), int(attempts)
    except ValueError:
        raise UsageError("This button is of another version of Threadline and does nothing any more.") from None
    return Pressed(wanted, order, tries, MemberId(str((body.get("user") or {}).get("id", ""))))
