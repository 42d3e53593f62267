"""Menus of forms whose options are found while somebody types.

Nothing but the options can be answered: an error stands among them, as one that means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.flows.forms.searching import Looking, find_options
from bot.model import MemberId
from bot.views.fields import FIELD, NOTHING, Option, options_of
from handlers.errors import sentence_for
from handlers.windows import read_opened


def register(app: AsyncApp, bridge: Bridge) -> None:
    """Bind the door."""

    async def on_options(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(options=options_of(await _found(bridge, body)))

    app.options(FIELD)(on_options)


async def _found(bridge: Bridge, body: Mapping[str, Any]) -> Sequence[Option]:
    try:
        return await find_options(bridge, MemberId(str(body["user"]["id"])), read_looking(body))
    except Exception as error:  # noqa: BLE001 - a surprise is shown with its number, and logged
        return [Option(NOTHING, sentence_for(error, uuid4().hex[:8]))]


def read_looking(body: Mapping[str, Any]) -> Looking:
    """What was typed into which menu. Pure."""
    return Looking(read_opened(body["view"]), str(body["block_id"]), str(body.get("value") or ""))
