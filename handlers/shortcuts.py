"""Shortcuts: what stands in Slack's own menus, for everything and for a message. Each opens a window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.flows import asides
from bot.flows.commands.ask import Typed, ask
from bot.flows.commands.shortcuts import FORMS, ON_MESSAGES, Chosen, form_of
from bot.flows.forms.opening import Loading
from bot.model import Ask, ChannelId, MemberId, Post, Ts
from bot.views.forms import Told, told
from handlers.errors import shown_in_window
from handlers.underway import Underway
from handlers.windows import draw


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the doors."""

    async def on_shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        async with underway:
            await _show(bridge, body, await shown_in_window(_opened(bridge, body)))

    for callback_id in (*FORMS, *ON_MESSAGES):
        app.shortcut(callback_id)(on_shortcut)


def read_chosen(body: Mapping[str, Any]) -> Chosen:
    """The message whose menu was used. Pure.

    Source: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    """
    message, ts = body["message"], Ts(str(body["message_ts"]))
    thread_ts = Ts(str(message.get("thread_ts") or ts))
    return Chosen(str(body["callback_id"]), ChannelId(str(body["channel"]["id"])), ts, thread_ts)


async def _opened(bridge: Bridge, body: Mapping[str, Any]) -> Post | Loading | None:
    form = FORMS.get(str(body["callback_id"]))
    wanted = await form_of(bridge, read_chosen(body)) if form is None else Ask(form, "")
    channel = ChannelId(str((body.get("channel") or {}).get("id", "")))
    trigger_id = str(body["trigger_id"])
    member = MemberId(str(body["user"]["id"]))
    return await ask(bridge, Typed(wanted, member, channel, f"shortcut:{trigger_id}", trigger_id))


async def _show(bridge: Bridge, body: Mapping[str, Any], made: Post | Loading | Told | None) -> None:
    if isinstance(made, Loading):
        await draw(bridge, made)
    elif made is not None:
        shown = told("Threadline", made) if isinstance(made, Post) else made
        await asides.show(bridge, MemberId(str(body["user"]["id"])), str(body["trigger_id"]), shown)
