"""Coming back: what was missed while the bot was away, read from Slack and from the providers.

Everything found goes through the same doors as what is delivered live, so finding it twice is harmless. A
reply that is old, or that a later one overtook, is offered to a person and never sent by itself.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.bridge import Bridge
from bot.capabilities import ListsTexts
from bot.errors import ProviderError, SlackError
from bot.flows import webhooks
from bot.model import Line, TextReceived, TextSent, Thread, Ts
from bot.pace import FIND, provider_pace
from bot.replies import Json, edit_of, edited_at, read_message

log = logging.getLogger(__name__)

SEEN = "slack.seen_until"  # the fact: every reply up to then was read
OVERLAP = timedelta(minutes=5)  # how late something may be listed, and how far clocks may be apart
MANY_TEXTS = 500  # a longer list may be only a part: the next time goes on from its end
THREADS = 10_000


# --- Slack ----------------------------------------------------------------------------------------------


async def read_replies(bridge: Bridge) -> None:
    """Read every active thread from where we were, the latest first. Raises `SlackError` when Slack is away."""
    started = bridge.now()
    seen = await bridge.store.facts.find_time(SEEN)
    if seen is not None:
        oldest = Ts(f"{(seen - OVERLAP).timestamp():.6f}")
        since = started - timedelta(days=bridge.tuning.catch_up_days)
        for thread in await bridge.store.threads.active(since, THREADS):
            await _read_thread(bridge, thread, oldest)
    await bridge.store.facts.note_time(SEEN, started)


async def _read_thread(bridge: Bridge, thread: Thread, oldest: Ts) -> None:
    await _turn(bridge, FIND)
    try:
        async for message in bridge.slack.replies(thread.channel, thread.ts, oldest=oldest):
            await _read_reply(bridge, thread, message)
    except SlackError as error:
        if error.retry_after_s is not None or not error.certain:
            raise
        log.info("catching up: conversation %d: Slack answered %s", thread.conversation_id, error.code)


async def _read_reply(bridge: Bridge, thread: Thread, message: Json) -> None:
    reply = read_message(message, thread.channel, bot_id=bridge.ours.bot_id)
    if reply is None:
        return
    added = await bridge.store.replies.accept(reply, caught_up=True)
    changed = edited_at(message)
    if changed is not None and not added:
        await bridge.store.changes.accept(edit_of(reply, changed))


async def _turn(bridge: Bridge, pace: str) -> None:
    """Wait for a turn. Nothing is held meanwhile."""
    while (wait_s := await bridge.store.paces.take(pace)) > 0:  # noqa: ASYNC110 - the pace is in the database
        await asyncio.sleep(wait_s)


async def note_seen(bridge: Bridge) -> None:
    """Slack is connected and nothing is missing: so much is known up to now."""
    if await bridge.store.facts.find(SEEN) is None or not await bridge.store.duties.pending("replies"):
        await bridge.store.facts.note_time(SEEN, bridge.now())


# --- Providers ------------------------------------------------------------------------------------------


async def read_texts(bridge: Bridge, line: Line) -> None:
    """Read what went over the line since it was read last. Raises `ProviderError`."""
    started = bridge.now()
    since = await bridge.store.lines.seen_until(line.id) - OVERLAP
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
    provider = bridge.providers.get(line.provider)
    if not isinstance(provider, ListsTexts):
        return []
    await _turn(bridge, provider_pace(line.provider))
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
    """For a line without webhooks: whether contacts that the provider held as opted out still are."""
    provider = bridge.providers.get(line.provider)
    if not isinstance(provider, ListsTexts):
        return
    for conversation in await bridge.store.texts.opted_out_at_provider(line.id, 50):
        await _turn(bridge, provider_pace(line.provider))
        try:
            held = await provider.read_opt_out(line, conversation.contact)
        except ProviderError as error:
            log.info("catching up: line %d: %s", line.id, type(error).__name__)
            return
        if held is False:
            await bridge.store.texts.lift_opt_out(conversation.id)
