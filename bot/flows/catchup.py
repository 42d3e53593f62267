"""Coming back: what was missed while the bot was away, read from Slack and from the providers.

Everything found goes through the same doors as what is delivered live, so finding it twice is harmless. A
reply that is old, or that a later one overtook, is offered to a person and never sent by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.bridge import Bridge
from bot.capabilities import ListsTexts
from bot.errors import NotFound, SlackError
from bot.flows import channels, gone, webhooks
from bot.flows.configured import configured
from bot.model import ChannelId, Line, TextReceived, TextSent, Thread, Ts
from bot.pace import FIND
from bot.replies import Json, edit_of, edited_at, read_message

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=5)  # how late something may be listed, and how far clocks may be apart
MANY_TEXTS = 500  # a longer list may be only a part: the next time goes on from its end
THREADS = 10_000
WORTH_LISTING = 5  # threads of a channel, from which on its listing saves calls
PATIENCE_S = (1.0, 5.0, 15.0, 30.0)  # between tries at one thread


# --- Slack ----------------------------------------------------------------------------------------------


async def read_replies(bridge: Bridge) -> None:
    """Read every active thread from where hearing ended, the latest first. Raises `SlackError` when Slack is
    away; then everything is still owed."""
    if over_http(bridge):  # nothing of ours can tell whether Slack reached us
        await bridge.store.gaps.owe()
    owed = await bridge.store.gaps.owed()
    if owed is None:
        return
    since = bridge.now() - timedelta(days=bridge.tuning.catch_up_days)
    await _read_threads(bridge, await bridge.store.threads.active(since, THREADS), owed.since)
    await bridge.store.gaps.paid(owed)


async def read_channels(bridge: Bridge) -> None:
    """Read the threads of channels that are back. Raises `SlackError`; then they are still to be read."""
    active_since = bridge.now() - timedelta(days=bridge.tuning.catch_up_days)
    for channel in await bridge.store.facts.named(channels.BACK):
        name = f"{channels.BACK}{channel}"
        since = await bridge.store.facts.find_time(name)
        threads = [
            each for each in await bridge.store.threads.active(active_since, THREADS) if each.channel == channel
        ]
        if since is not None:
            await _read_threads(bridge, threads, since)
        await bridge.store.facts.forget(name)


async def _read_threads(bridge: Bridge, threads: Sequence[Thread], heard_until: datetime) -> None:
    oldest = heard_until - OVERLAP
    active_since = bridge.now() - timedelta(days=bridge.tuning.catch_up_days)
    quiet = await _quiet(bridge, threads, active_since, oldest)
    for thread in threads:
        if (thread.channel, thread.ts) not in quiet:
            await _patiently(bridge, thread, oldest)


def over_http(bridge: Bridge) -> bool:
    """Whether Slack posts to us, so that a broken way to us looks like silence."""
    return bridge.settings.slack_app_token is None


async def _quiet(
    bridge: Bridge, threads: Sequence[Thread], since: datetime, oldest: datetime
) -> set[tuple[ChannelId, Ts]]:
    """Threads that need not be read: a channel's listing says that their last reply is older. One call tells of
    two hundred threads; a root older than `since` is not listed, and its thread is read."""
    found: set[tuple[ChannelId, Ts]] = set()
    counts = Counter(thread.channel for thread in threads)
    for channel in (channel for channel, count in counts.items() if count >= WORTH_LISTING):
        try:
            async for ts, last_reply in bridge.slack.roots(channel, oldest=ts_of(since)):
                if last_reply is None or last_reply < ts_of(oldest):
                    found.add((channel, ts))
        except SlackError as error:
            log.info("catching up: a channel is not listed, Slack answered %s", error.code)
    return found


def ts_of(at: datetime) -> Ts:
    """An instant as Slack writes it. Pure."""
    return Ts(f"{at.timestamp():.6f}")


async def _patiently(bridge: Bridge, thread: Thread, oldest: datetime) -> None:
    """Read a thread; a limit or a broken answer is waited for, so that it does not cost all that was read."""
    for wait_s in PATIENCE_S:
        try:
            await _read_thread(bridge, thread, oldest)
        except SlackError as error:
            if gone.thread_gone(error):
                return
            if gone.channel_gone(error):
                await channels.note_away(bridge, thread.channel, oldest)
                return
            log.info("catching up: conversation %d: Slack answered %s", thread.conversation_id, error.code)
            await asyncio.sleep(error.retry_after_s or wait_s)
        else:
            return
    await _read_thread(bridge, thread, oldest)


async def _read_thread(bridge: Bridge, thread: Thread, oldest: datetime) -> None:
    await _turn(bridge)
    async for message in bridge.slack.replies(thread.channel, thread.ts, oldest=ts_of(oldest)):
        await _read_reply(bridge, thread, message)


async def _read_reply(bridge: Bridge, thread: Thread, message: Json) -> None:
    reply = read_message(message, thread.channel, bot_id=bridge.ours.bot_id)
    if reply is None:
        return
    added = await bridge.store.replies.accept(reply, caught_up=True)
    changed = edited_at(message)
    if changed is not None and not added:
        await bridge.store.changes.accept(edit_of(reply, changed))


async def _turn(bridge: Bridge) -> None:
    """Wait for a turn to look into Slack. Nothing is held meanwhile."""
    while (wait_s := await bridge.store.paces.take(FIND)) > 0:  # noqa: ASYNC110 - the pace is in the database
        await asyncio.sleep(wait_s)


# --- Providers ------------------------------------------------------------------------------------------


async def read_texts(bridge: Bridge, line: Line) -> None:
    """Read what went over the line since it was read last. Raises `ProviderError`, and `UsageError` while its
    provider is not set up: what comes meanwhile is read later."""
    started = bridge.now()
    seen = await bridge.store.lines.seen_until(line.id)
    since = (seen if seen <= started else started - timedelta(days=1)) - OVERLAP  # the clock was set back
    read = await _read_since(bridge, line, since)
    until = started if len(read) < MANY_TEXTS else read[-1].sent_at
    await bridge.store.lines.mark_seen(line.id, until)


async def read_deliveries(bridge: Bridge, line: Line) -> None:
    """For a line without webhooks: how far the texts got that are still under way. Raises `ProviderError`."""
    oldest = await bridge.store.lines.oldest_undelivered(line, bridge.now() - timedelta(days=1))
    if oldest is not None:
        await _read_since(bridge, line, oldest - OVERLAP)


async def _read_since(bridge: Bridge, line: Line, since: datetime) -> list[TextReceived | TextSent]:
    """What was read and put on disk, oldest first."""
    provider = configured(bridge, line.provider)
    if not isinstance(provider, ListsTexts):
        return []
    found = sorted([event async for event in provider.list_texts(line, since)], key=_sent_at)
    for event in found:
        await webhooks.take(bridge, event)
    return found


def _sent_at(event: TextReceived | TextSent) -> datetime:
    return event.sent_at


async def adopt_unbound(bridge: Bridge) -> int:
    """Mirror the kept texts of numbers whose line was added since."""
    events = await bridge.store.texts.unbound(100)
    for event in events:
        await webhooks.take(bridge, event)
    return len(events)


async def ask_opt_outs(bridge: Bridge, line: Line) -> None:
    """Whether contacts that the provider held as opted out still are. Raises `ProviderError`."""
    provider = bridge.providers.get(line.provider)
    if not isinstance(provider, ListsTexts) or not provider.tells_opt_outs:
        return
    for conversation in await bridge.store.opt_outs.at_provider(line.id, 50):
        try:
            held = await provider.read_opt_out(line, conversation.contact)
        except NotFound:
            continue
        if held is False:
            await bridge.store.opt_outs.lift(conversation.id)
