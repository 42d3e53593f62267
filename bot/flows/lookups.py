"""Finding out what became of a row whose worker died, or whose answer never came.

At Slack: our id is in the post's metadata, so Slack is asked until it answers, and absence counts once it is
old enough. At a provider absence proves nothing: found, or a person decides.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.bridge import Bridge
from bot.capabilities import SendsTexts
from bot.errors import ProviderError, SlackError, UsageError
from bot.flows import alerts, channels, gone, texts
from bot.flows.configured import configured
from bot.model import Claim, Delivery, Direction, Kind, Message, MessageId, SentText, TextSent

log = logging.getLogger(__name__)

AWAY_S = 60.0  # between two look-ups in a channel that is away
LONGEST_WAIT_S = 300.0  # between two look-ups
CLOCK_SLACK = timedelta(seconds=60)  # how far a provider's clock may be behind ours


async def look(bridge: Bridge, claim: Claim) -> None:
    """Look once, and record what that told."""
    if claim.message.direction == Direction.IN:
        await _look_in_slack(bridge, claim)
    elif claim.message.conversation_id is None:
        await bridge.store.outcomes.later(claim, 0)  # it only asked Slack whose thread it is in
    else:
        await _look_at_provider(bridge, claim)


# --- Slack ----------------------------------------------------------------------------------------------


async def _look_in_slack(bridge: Bridge, claim: Claim) -> None:
    try:
        found = await _find_post(bridge, claim)
    except SlackError as error:
        if gone.thread_gone(error):
            await reopen(bridge, claim, error)
            return
        wait_s = AWAY_S if gone.channel_gone(error) else error.retry_after_s or _wait_s(bridge, claim)
        await bridge.store.outcomes.look_again(claim, min(wait_s, LONGEST_WAIT_S))
        await alerts.slack_refuses(bridge, claim, error)
        return
    if found is not None:
        await bridge.store.outcomes.posted(claim, *found)
        await _read_replies_to(bridge, claim, found)
    elif _settled(bridge, claim):
        await bridge.store.outcomes.later(claim, 0)
    else:
        await bridge.store.outcomes.look_again(claim, _wait_s(bridge, claim))


async def reopen(bridge: Bridge, claim: Claim, error: SlackError) -> None:
    """The claim's thread cannot be used any more: have a new one opened for it, and tell why."""
    if await bridge.store.outcomes.root_gone(claim) and claim.conversation is not None:
        await alerts.root_gone(bridge, claim.conversation, gone.why_thread_gone(error))


async def _find_post(bridge: Bridge, claim: Claim) -> texts.Place | None:
    message = claim.message
    since = message.claimed_at or bridge.now()
    if message.kind == Kind.ALERT and (message.channel or "").startswith(("U", "W")):
        return None  # the app asks for no right to read direct messages: the alert is told again
    if message.kind in (Kind.ROOT, Kind.ALERT) or claim.conversation is None:
        channel = await texts.channel_of(bridge, claim)
        ts = await bridge.slack.find_post(channel, message.uid, thread_ts=None, since=since)
    else:
        channel, root = texts.place_of(claim.conversation)
        ts = await bridge.slack.find_post(channel, message.uid, thread_ts=root, since=since)
    return None if ts is None else (channel, ts)


async def _read_replies_to(bridge: Bridge, claim: Claim, found: texts.Place) -> None:
    """A card that nobody knew of may have been answered while the bot was away."""
    if claim.message.kind == Kind.ROOT and claim.message.claimed_at is not None:
        await bridge.store.facts.note_time(f"{channels.BACK}{found[0]}", claim.message.claimed_at)


def _settled(bridge: Bridge, claim: Claim) -> bool:
    """Whether a post that is not there by now will not appear any more."""
    return claim.age_s >= bridge.tuning.slack_settle_s


def _wait_s(bridge: Bridge, claim: Claim) -> float:
    waits = bridge.tuning.slack_looks_s
    return waits[min(claim.message.looks, len(waits) - 1)]


# --- Providers ------------------------------------------------------------------------------------------


async def _look_at_provider(bridge: Bridge, claim: Claim) -> None:
    found = await bridge.store.reports.evidence(claim) or await _search(bridge, claim)
    waits = bridge.tuning.provider_looks_s
    if found is not None and await bridge.store.outcomes.sent(claim, found):
        return
    if claim.message.looks < len(waits):
        await bridge.store.outcomes.look_again(claim, waits[claim.message.looks])
    else:
        await bridge.store.outcomes.uncertain(claim)


async def _search(bridge: Bridge, claim: Claim) -> SentText | None:
    """Ask the provider; None when it cannot be asked, or does not know one single text that must be ours."""
    try:
        # It may wait for its turn, but not beyond the lease.
        async with asyncio.timeout(bridge.tuning.lease_s / 2):
            candidates = await candidates_for(bridge, claim)
    except (ProviderError, UsageError, SlackError, TimeoutError) as error:
        log.warning("message %d: the look-up failed (%s)", claim.message.id, type(error).__name__)
        return None
    return only_one(candidates)


async def candidates_for(bridge: Bridge, claim: Claim) -> list[TextSent]:
    """Texts at the provider that may be this row's, and that no other row holds. Raises `ProviderError`,
    `UsageError` and `SlackError` when it cannot be asked."""
    conversation, message = claim.conversation, claim.message
    if conversation is None:
        return []
    provider = configured(bridge, conversation.line.provider)
    if not isinstance(provider, SendsTexts):
        return []
    body = await texts.plain_body(bridge, message)
    base = await texts.webhook_base(bridge, conversation.line.provider)
    text = texts.outgoing(conversation, message, body, "", base)
    found = await provider.find_texts(text, _since(message, bridge.now()))
    ids = [candidate.text_id for candidate in found]
    held = await bridge.store.reports.held(conversation.line.provider, ids)
    return [candidate for candidate in found if candidate.text_id not in held]


def _since(message: Message, now: datetime) -> datetime:
    return (message.claimed_at or now) - CLOCK_SLACK


def only_one(candidates: list[TextSent]) -> SentText | None:
    """The text, if there is exactly one that it can be; our own token decides. Pure."""
    ours = [candidate for candidate in candidates if candidate.token] or candidates
    if len({candidate.text_id for candidate in ours}) != 1:
        return None
    text = ours[0]
    return SentText(text.text_id, text.delivery or Delivery.ACCEPTED, text.code, text.why)


async def check(bridge: Bridge, message: MessageId, claim: Claim) -> bool:
    """A person asks again about an uncertain text: True when the provider has it after all. Raises what
    `candidates_for` does: who could not be asked has not said that there is no trace."""
    found = await bridge.store.reports.evidence(claim) or only_one(await candidates_for(bridge, claim))
    return found is not None and await bridge.store.decisions.found(message, found)
