"""Clicks in App Home. What goes wrong is told in a window: there is no other place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows import asides
from bot.flows.forms.opening import Loading
from bot.flows.home import HomeClick, press_home
from bot.model import MemberId
from bot.views.forms import told
from bot.views.home import HomeAction
from handlers.underway import Underway
from handlers.windows import draw

HOME = re.compile(r"^home:")


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the door."""

    async def on_home(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        click = unpack_home(body)
        async with underway:
            made = await press_home(bridge, click)
            if isinstance(made, Loading):
                await draw(bridge, made)
            elif made is not None:
                await asides.show(bridge, click.member, click.trigger_id, told("Threadline", made))

    app.action(HOME)(on_home)


def unpack_home(body: Mapping[str, Any]) -> HomeClick:
    """What was clicked. Raises `UsageError` for a button that this version does not know."""
    action = next(iter(body.get("actions") or [{}]))
    try:
        return HomeClick(
            HomeAction(str(action.get("action_id"))),
            str(action.get("value", "")),
            MemberId(str((body.get("user") or {}).get("id", ""))),
            str(body.get("trigger_id", "")),
        )
    except ValueError:
        raise UsageError("This button is of another version of Threadline and does nothing any more.") from None
