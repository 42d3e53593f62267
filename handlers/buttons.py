"""Clicks on the buttons of notices and of root cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows import asides, decisions
from bot.flows.decisions import Click
from bot.flows.forms.opening import Loading
from bot.flows.home import keep_up
from bot.flows.roots import RootClick, press_root
from bot.model import ChannelId, ConversationId, MemberId, Ts
from bot.views import answers
from bot.views.buttons import Action
from bot.views.forms import said
from bot.views.root_buttons import MENU, RootAction
from handlers.underway import Underway
from handlers.where import Where
from handlers.windows import draw

NOTICES = re.compile(r"^notice:")
ROOTS = re.compile(r"^root:")
_OTHER_VERSION = "This button is of another version of Threadline and does nothing any more."


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the door."""

    async def on_notice(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        async with underway:
            await _decide(bridge, body)

    async def on_root(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        click = unpack_root(body)
        async with underway:
            made = await press_root(bridge, click)
            if isinstance(made, Loading):
                await draw(bridge, made)
            elif made is not None:
                await asides.tell(bridge, click.member, click.channel, made)

    async def on_anything_else(ack: AsyncAck) -> None:
        await ack()  # a link's button tells us too; nothing to do

    app.action(NOTICES)(on_notice)
    app.action(ROOTS)(on_root)
    app.action(re.compile(".*"))(on_anything_else)


async def _decide(bridge: Bridge, body: Mapping[str, Any]) -> None:
    click, where = unpack(body), Where.of(body)
    if where is None:  # in App Home
        await keep_up(bridge, click.member)
    sentence = await decisions.decide(bridge, click)
    if sentence is None:
        return
    if where is not None:
        await asides.tell(bridge, where.member, where.channel, answers.sentence(sentence), where.thread_ts)
    else:
        await asides.show(bridge, click.member, str(body.get("trigger_id", "")), said("Threadline", sentence))


def unpack(body: Mapping[str, Any]) -> Click:
    """What was clicked. Raises `UsageError` for a button that this version does not know."""
    action = next(iter(body.get("actions") or [{}]))
    try:
        member = MemberId(str((body.get("user") or {}).get("id", "")))
        return Click(Action(str(action.get("action_id"))), str(action.get("value", "")), member)
    except ValueError:
        raise UsageError(_OTHER_VERSION) from None


def unpack_root(body: Mapping[str, Any]) -> RootClick:
    """What was clicked on which card, or chosen from its menu. Raises `UsageError` for what this version does not
    know."""
    action, container = next(iter(body.get("actions") or [{}])), body.get("container") or {}
    what, value = str(action.get("action_id")), str(action.get("value", ""))
    if what == MENU:
        chosen, _, value = str((action.get("selected_option") or {}).get("value")).partition(":")
        what = f"root:{chosen}"
    try:
        return RootClick(
            RootAction(what),
            ConversationId(int(value)),
            MemberId(str((body.get("user") or {}).get("id", ""))),
            ChannelId(str(container.get("channel_id", ""))),
            Ts(str(container.get("message_ts", ""))),
            str(body.get("trigger_id", "")),
        )
    except ValueError:
        raise UsageError(_OTHER_VERSION) from None
