"""Brings reactions, notices and root cards in line with what is true.

Promise 4 at the surface: a member sees what became of every message. The wanted reaction is added before the
old one is taken away; failures come first; states that only pass are skipped while Slack's limits are near.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import alerts, gone
from bot.flows.cards.drawing import draw_card
from bot.flows.texts import draw_notice, draw_root
from bot.model import Conversation, Kind, Message, Post, State
from bot.pace import REACT, UNREACT, UPDATE
from bot.views.signs import REACTIONS, missing, signs, superfluous

log = logging.getLogger(__name__)

AT_ONCE = 20
REMOVE_LATER = -1.0  # the wanted sign stands; the old one waits for Slack's hardest limit
RETRY_S, REFUSED_S = 30.0, 3_600.0
NOT_YET_S = 1.0
REDRAWN = (Kind.NOTICE, Kind.CARD)  # what shows by its words how something stands
PASSING = frozenset({"waiting", "accepted"})
GONE = frozenset(
    {"message_not_found", "channel_not_found", "is_archived", "not_in_channel", "thread_not_found"}
    | {"cant_update_message", "no_item_specified", "bad_timestamp", "edit_window_closed"}
)

Alone = Callable[[str, Awaitable[float]], Awaitable[float | None]]  # does one so that it fails alone


async def reconcile(bridge: Bridge, alone: Alone) -> float:
    """One round over what is out of date, as far as Slack's limits allow; seconds until one that is reached
    opens again."""
    react_s, update_s = await bridge.store.paces.wait_s(REACT), await bridge.store.paces.wait_s(UPDATE)
    if await bridge.store.signs.any_stale():
        if react_s == 0:
            await _show_all(bridge, alone, (Kind.REPLY, Kind.NOTE), _show_reaction)
        if update_s == 0:
            await _show_all(bridge, alone, REDRAWN, _show_anew)
    if update_s == 0 and await bridge.store.signs.any_stale_card():
        await _redraw_all(bridge, alone)
    return max(react_s, update_s)


async def _show_all(
    bridge: Bridge,
    alone: Alone,
    kinds: Sequence[Kind],
    show: Callable[[Bridge, Message], Awaitable[float]],
) -> None:
    """Show one after the other; where a limit says to wait, everything behind it waits too."""
    waiting, removals = list(await bridge.store.signs.take(kinds, AT_ONCE)), list[Message]()
    wait_s = 0.0
    while waiting and wait_s == 0.0:
        message = waiting.pop(0)
        wait_s = await alone(f"sign of message {message.id}", show(bridge, message)) or 0.0
        if wait_s == REMOVE_LATER:
            removals.append(message)
            wait_s = 0.0
        elif wait_s:
            waiting.insert(0, message)
    await bridge.store.signs.postpone(waiting, wait_s)
    await bridge.store.signs.postpone(removals, RETRY_S)


async def _show_reaction(bridge: Bridge, message: Message) -> float:
    """0 when it is shown or was put off, else how long a limit says to wait."""
    if message.channel is None or message.ts is None:
        return await _not_posted(bridge, message)
    if message.wanted in PASSING and message.shown and await bridge.store.paces.wait_s(UNREACT) > 0:
        await bridge.store.signs.postpone([message], RETRY_S)
        return 0.0
    try:
        return await _add(bridge, message) or await _take_away(bridge, message)
    except SlackError as error:
        return await _not_shown(bridge, message, error)


async def _add(bridge: Bridge, message: Message) -> float:
    """Add the wanted reaction, and note that it stands beside the old one."""
    name = missing(message.wanted, message.shown)
    if name is None or message.channel is None or message.ts is None:
        return 0.0
    wait_s = await bridge.store.paces.take(REACT)
    if wait_s == 0:
        await bridge.slack.react(message.channel, message.ts, name)
        await bridge.store.signs.mark_shown(message, ",".join([*signs(message.shown), message.wanted]))
    return wait_s


async def _take_away(bridge: Bridge, message: Message) -> float:
    """Take away what is no longer true; both stand there while a limit says to wait."""
    for sign in superfluous(message.wanted, message.shown):
        if await bridge.store.paces.take(UNREACT) > 0:
            return REMOVE_LATER
        if message.channel is not None and message.ts is not None:
            await bridge.slack.unreact(message.channel, message.ts, REACTIONS[sign])
    await bridge.store.signs.mark_shown(message, message.wanted)
    return 0.0


async def _not_shown(bridge: Bridge, message: Message, error: SlackError) -> float:
    """The message is gone: there is nothing to show. A limit is kept by all, anything else is tried again."""
    log.warning("message %d: its sign cannot be shown, Slack answered %s", message.id, error.code)
    if error.certain and error.code in GONE:
        await bridge.store.signs.mark_shown(message, message.wanted)
    elif error.retry_after_s is None:
        await bridge.store.signs.postpone([message], _again_in_s(error))
    else:
        await bridge.store.paces.block(UPDATE if message.kind in REDRAWN else REACT, error.retry_after_s)
    return error.retry_after_s or 0.0


async def _show_anew(bridge: Bridge, message: Message) -> float:
    """Show a notice as it is by now: decided, or with newer words; and a card as it stands."""
    if message.channel is None or message.ts is None:
        return await _not_posted(bridge, message)
    wait_s = await bridge.store.paces.take(UPDATE)
    if wait_s > 0:
        return wait_s
    try:
        await bridge.slack.update(message.channel, message.ts, await _drawn(bridge, message))
    except SlackError as error:
        return await _not_shown(bridge, message, error)
    await bridge.store.signs.mark_shown(message, message.wanted)
    return 0.0


async def _drawn(bridge: Bridge, message: Message) -> Post:
    if message.kind == Kind.CARD:
        return await draw_card(bridge, message)
    conversation = await bridge.store.threads.conversation(message.conversation_id)
    assert conversation is not None
    return await draw_notice(bridge, conversation, message)


async def _not_posted(bridge: Bridge, message: Message) -> float:
    """It is on its way, perhaps in its older form: look again when it stands there."""
    if message.state == State.DEAD:
        await bridge.store.signs.mark_shown(message, message.wanted)
    else:
        await bridge.store.signs.postpone([message], NOT_YET_S)
    return 0.0


# --- Root cards -----------------------------------------------------------------------------------------


async def _redraw_all(bridge: Bridge, alone: Alone) -> None:
    waiting = list(await bridge.store.signs.take_cards(AT_ONCE))
    while waiting:
        conversation = waiting.pop(0)
        wait_s = await alone(f"card of conversation {conversation.id}", _redraw(bridge, conversation))
        if wait_s:
            await bridge.store.signs.postpone_cards([conversation, *waiting], wait_s)
            return


async def _redraw(bridge: Bridge, conversation: Conversation) -> float:
    """0 when it is drawn or was put off, else how long a limit says to wait."""
    if conversation.root_channel is None or conversation.root_ts is None:
        return 0.0
    wait_s = await bridge.store.paces.take(UPDATE)
    if wait_s > 0:
        return wait_s
    try:
        card = await draw_root(bridge, conversation)
        await bridge.slack.update(conversation.root_channel, conversation.root_ts, card)
    except SlackError as error:
        return await _not_redrawn(bridge, conversation, error)
    await bridge.store.signs.mark_card(conversation)
    return 0.0


async def _not_redrawn(bridge: Bridge, conversation: Conversation, error: SlackError) -> float:
    log.warning("conversation %d: its card cannot be shown, Slack answered %s", conversation.id, error.code)
    if error.code == "message_not_found" and conversation.root_channel and conversation.root_ts:
        ended = await bridge.store.signs.forget_root(conversation.root_channel, conversation.root_ts)
        if ended is not None:
            await alerts.root_gone(bridge, ended, gone.CARD_DELETED)
        await bridge.store.signs.mark_card(conversation)
    elif error.certain and error.code in GONE:  # drawn anew with the next change
        await bridge.store.signs.mark_card(conversation)
    elif error.retry_after_s is None:
        await bridge.store.signs.postpone_cards([conversation], _again_in_s(error))
    else:
        await bridge.store.paces.block(UPDATE, error.retry_after_s)
    return error.retry_after_s or 0.0


def _again_in_s(error: SlackError) -> float:
    """What Slack refuses it will refuse for a while. Pure."""
    return REFUSED_S if gone.refused(error) else RETRY_S
