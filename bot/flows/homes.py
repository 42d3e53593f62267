"""Keeps the App Homes up that were opened lately: drawn when they are opened and when something changes.

Promises: one is published when it looks otherwise than what stands there, and at most once in two seconds; of
several replicas one does it. What Slack does not take now is published later.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.bridge import Bridge
from bot.errors import BotError, SlackError
from bot.flows import gone
from bot.flows.home import gather
from bot.model import ChannelId, Ts
from bot.model.home import Home, OpenHome
from bot.pace import PUBLISH
from bot.views.forms import View
from bot.views.home import home_view, stranger_view

log = logging.getLogger(__name__)

AT_ONCE = 20
LOOK_S = 30.0  # what only time changes is drawn that often
RETRY_S = 5.0
CONFLICT = "hash_conflict"

Alone = Callable[[str, Awaitable[None]], Awaitable[None]]  # does one so that it fails alone


async def show(bridge: Bridge, alone: Alone, *, changed: bool) -> float:
    """Draw those that are out of date; seconds until the next may be. `changed`: something did since the last."""
    if not await bridge.store.homes.any_open():
        return LOOK_S
    if changed:
        await bridge.store.homes.something_changed()
    for home in await bridge.store.homes.take(AT_ONCE):
        await alone("a home", _show(bridge, home))
    due_in_s = await bridge.store.homes.next_due_in_s()
    return LOOK_S if due_in_s is None else min(LOOK_S, due_in_s)


async def _show(bridge: Bridge, home: OpenHome) -> None:
    try:
        made = await gather(bridge, home)
    except BotError as error:
        log.warning("a home cannot be drawn: %s", type(error).__name__)
        await bridge.store.homes.postpone(home, RETRY_S)
    else:
        await _publish(bridge, home, made)


async def _publish(bridge: Bridge, home: OpenHome, made: Home | None) -> None:
    view = stranger_view() if made is None else home_view(made, partial(_link, bridge))
    shown = digest(view)
    if shown == home.shown:
        await bridge.store.homes.drawn(home, shown, home.hash)
        return
    wait_s = await bridge.store.paces.take(PUBLISH)
    if wait_s > 0:
        await bridge.store.homes.postpone(home, wait_s)
        return
    try:
        hash_ = await bridge.slack.publish_home(home.member, view, home.hash)
    except SlackError as error:
        await _not_shown(bridge, home, error)
    else:
        await bridge.store.homes.drawn(home, shown, hash_)
        if made is None:  # nothing changes for them
            await bridge.store.homes.close(home.member)


def _link(bridge: Bridge, channel: str, ts: str) -> str:
    return bridge.ours.permalink(ChannelId(channel), Ts(ts))


async def _not_shown(bridge: Bridge, home: OpenHome, error: SlackError) -> None:
    """Where something else stands than we knew, or perhaps does, it is drawn anew whatever stands there."""
    log.warning("a home cannot be shown: Slack answered %s", error.code)
    if error.certain and error.code != CONFLICT and gone.refused(error):
        await bridge.store.homes.close(home.member)
        return
    if error.retry_after_s is not None:
        await bridge.store.paces.block(PUBLISH, error.retry_after_s)
    if error.code == CONFLICT or not error.certain:
        await bridge.store.homes.drawn(home, "", "")
    await bridge.store.homes.postpone(home, error.retry_after_s or RETRY_S)


def digest(view: View) -> str:
    """By which one view is told from another. Pure."""
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
