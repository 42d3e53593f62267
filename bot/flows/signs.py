"""Brings reactions, notices and root cards in line with what is true.

Promise 4 at the surface: a member sees what became of every message. The wanted reaction is added before the
old one is taken away; failures come first; states that only pass are skipped when Slack's limits are near.
"""

from __future__ import annotations

import logging

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows.texts import draw_root
from bot.model import Conversation, Kind, Message
from bot.pace import REACT, UNREACT, UPDATE
from bot.views import notices
from bot.views.signs import REACTIONS, missing, signs, superfluous

log = logging.getLogger(__name__)

AT_ONCE = 20
RETRY_S = 30.0
GONE = frozenset(
    {"message_not_found", "channel_not_found", "is_archived", "not_in_channel", "thread_not_found"}
    | {"cant_update_message", "no_item_specified", "bad_timestamp", "edit_window_closed"}
)


async def reconcile(bridge: Bridge) -> int:
    """One round over what is out of date; how many were brought in line."""
    shown = 0
    for message in await bridge.store.signs.stale(AT_ONCE):
        shown += await _show(bridge, message)
    for conversation in await bridge.store.signs.stale_cards(AT_ONCE):
        shown += await _redraw(bridge, conversation)
    return shown


async def _show(bridge: Bridge, message: Message) -> bool:
    try:
        shown = (
            await _show_notice(bridge, message) if message.kind == Kind.NOTICE else await _react(bridge, message)
        )
    except SlackError as error:
        return await _not_shown(bridge, message, error)
    if shown is None:
        await bridge.store.signs.postpone(message, 1.0)
        return False
    await bridge.store.signs.mark_shown(message, shown)
    return True


async def _not_shown(bridge: Bridge, message: Message, error: SlackError) -> bool:
    """The message is gone: there is nothing to show. Anything else is tried again."""
    log.warning("message %d: its sign cannot be shown, Slack answered %s", message.id, error.code)
    if error.certain and error.code in GONE:
        await bridge.store.signs.mark_shown(message, message.wanted)
        return True
    await bridge.store.signs.postpone(message, error.retry_after_s or RETRY_S)
    return False


async def _react(bridge: Bridge, message: Message) -> str | None:
    """Add, note, take away; what stands there then, or None when a limit says to wait."""
    if message.channel is None or message.ts is None:
        return message.wanted
    name = missing(message.wanted, message.shown)
    if name is not None:
        if await bridge.store.paces.take(REACT) > 0:
            return None
        await bridge.slack.react(message.channel, message.ts, name)
        both = ",".join([*signs(message.shown), message.wanted])
        await bridge.store.signs.mark_shown(message, both)
    for sign in superfluous(message.wanted, message.shown):
        if await bridge.store.paces.take(UNREACT) > 0:
            return None
        await bridge.slack.unreact(message.channel, message.ts, REACTIONS[sign])
    return message.wanted


async def _show_notice(bridge: Bridge, message: Message) -> str | None:
    """Take the buttons off a notice that was decided."""
    conversation = await bridge.store.threads.conversation(message.conversation_id)
    if message.channel is None or message.ts is None or conversation is None:
        return message.wanted
    if await bridge.store.paces.take(UPDATE) > 0:
        return None
    await bridge.slack.update(message.channel, message.ts, notices.notice(conversation, message))
    return message.wanted


async def _redraw(bridge: Bridge, conversation: Conversation) -> bool:
    if conversation.root_channel is None or conversation.root_ts is None:
        return False
    wait_s = await bridge.store.paces.take(UPDATE)
    if wait_s > 0:
        await bridge.store.signs.postpone_card(conversation, wait_s)
        return False
    try:
        card = await draw_root(bridge, conversation)
        await bridge.slack.update(conversation.root_channel, conversation.root_ts, card)
    except SlackError as error:
        return await _not_redrawn(bridge, conversation, error)
    await bridge.store.signs.mark_card(conversation)
    return True


async def _not_redrawn(bridge: Bridge, conversation: Conversation, error: SlackError) -> bool:
    log.warning("conversation %d: its card cannot be shown, Slack answered %s", conversation.id, error.code)
    if error.code == "message_not_found" and conversation.root_channel and conversation.root_ts:
        await bridge.store.signs.forget_root(conversation.root_channel, conversation.root_ts)
        await bridge.store.signs.mark_card(conversation)
    else:
        await bridge.store.signs.postpone_card(conversation, error.retry_after_s or RETRY_S)
    return False
