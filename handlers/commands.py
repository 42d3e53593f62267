"""Slash commands, and the buttons under their answers: acknowledge, hear what is meant, show the answer.

An error becomes words in `handlers/errors.py`, like any other door's. A button in a window is answered there.

What is said while a typed command takes long stays beside the answer: `replace_original` replaces the message
whose element was used, a typed command has none, and Slack posts another message instead. So it is said later
there.
Sources: https://github.com/slackapi/bolt-js/issues/2287 and, with a maintainer's answer,
https://github.com/slackapi/bolt-python/issues/1268 (2025-03-14).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows.commands.ask import Typed, ask, press
from bot.flows.forms.opening import Loading
from bot.grammar import SERVED
from bot.model import Ask, ChannelId, MemberId, Post
from bot.views.forms import Told, told
from handlers.errors import shown_in_window
from handlers.underway import Underway
from handlers.windows import draw, title_of

ASKED = re.compile(r"^ask:")
SAY_SO_AFTER_S = 1.5  # a slower answer to a button is announced, where it then stands
SAY_SO_BESIDE_AFTER_S = 2.5  # to a typed command, beside which the announcement stays
_WORKING = Post("Working on it …")


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the doors."""

    async def on_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        place = _Message(str(body["response_url"]), replace=False)
        async with underway:
            await _answer(bridge, place, ask(bridge, read_command(body)))

    async def on_ask(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        value, pressed = read_press(body)
        async with underway:
            await _answer(bridge, read_place(body), press(bridge, value, pressed))

    for command in SERVED:
        app.command(command.typed)(on_command)
    app.action(ASKED)(on_ask)


def read_command(body: Mapping[str, Any]) -> Typed:
    """What was typed, by whom and where. Pure."""
    return Typed(
        ask=Ask(str(body["command"]).removeprefix("/"), str(body.get("text") or "")),
        member=MemberId(str(body["user_id"])),
        channel=ChannelId(str(body["channel_id"])),
        key=f"command:{body['trigger_id']}",
        trigger_id=str(body["trigger_id"]),
    )


def read_press(body: Mapping[str, Any]) -> tuple[str, Typed]:
    """Which button was pressed or which option was chosen, by whom and where. Pure."""
    action = body["actions"][0]
    chosen = action.get("selected_option") or {}
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or ""
    pressed = Typed(
        ask=Ask("", ""),
        member=MemberId(str(body["user"]["id"])),
        channel=ChannelId(str(channel)),
        key=f"press:{body['trigger_id']}",
        trigger_id=str(body["trigger_id"]),
        view_id=str((body.get("view") or {}).get("id") or ""),
    )
    return str(chosen.get("value") or action.get("value") or ""), pressed


@dataclass(frozen=True, slots=True)
class _Message:
    """Where a command was typed, or the message whose button was pressed."""

    url: str
    replace: bool

    @property
    def patience_s(self) -> float:
        return SAY_SO_AFTER_S if self.replace else SAY_SO_BESIDE_AFTER_S

    async def show(self, bridge: Bridge, post: Post) -> None:
        await bridge.slack.respond(self.url, post, replace=self.replace)


@dataclass(frozen=True, slots=True)
class _Window:
    """The window whose button was pressed."""

    view_id: str
    title: str
    patience_s: ClassVar[float] = SAY_SO_AFTER_S

    async def show(self, bridge: Bridge, post: Post) -> None:
        await bridge.slack.update_view(told(self.title, post).view, view_id=self.view_id)


def read_place(body: Mapping[str, Any]) -> _Message | _Window:
    """Where the answer to a button is shown. Pure."""
    if "response_url" in body:
        return _Message(str(body["response_url"]), replace=True)
    return _Window(str(body["view"]["id"]), title_of(body["view"]))


async def _in_window(doing: Awaitable[Post | Loading | None]) -> Post | Loading | None:
    """Slack gives no other place to say what went wrong there."""
    made = await shown_in_window(doing)
    return made.post if isinstance(made, Told) else made


async def _answer(bridge: Bridge, place: _Message | _Window, doing: Awaitable[Post | Loading | None]) -> None:
    task = asyncio.ensure_future(_in_window(doing) if isinstance(place, _Window) else doing)
    await asyncio.wait([task], timeout=place.patience_s)
    if not task.done():
        with contextlib.suppress(SlackError):  # the answer itself may still come through
            await place.show(bridge, _WORKING)
    made = await task
    if isinstance(made, Loading):
        await draw(bridge, made)
    elif made is not None:
        await place.show(bridge, made)
