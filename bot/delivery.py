"""Delivering messages: claim, deliver, record. No memory that matters.

Promises
- The claim is on disk before the call, the outcome right after it; a crash between them leaves an orphan.
- An orphan is looked for, never just repeated: at Slack until Slack says whether the post is there; at a
  provider a few times, and then a person decides.
- What surely did not happen is tried again; what may have happened is not.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.bridge import Bridge
from bot.errors import (
    BotError,
    ContactOptedOut,
    OutcomeUnknown,
    ProviderError,
    SlackError,
    Throttled,
)
from bot.flows import alerts, gone, lookups, texts, unplaced
from bot.model import Claim, Direction, Kind, SentText
from bot.pace import FIND, far_end, post_pace, provider_pace
from bot.worker import Worker, alone, backoff_s, kept

log = logging.getLogger(__name__)

LOOKING = "looking"  # the slots of look-ups
ALERT_FOR_S = 86_400.0

Effect = Callable[[Bridge, Claim], Awaitable[None]]


def messages(bridge: Bridge) -> Callable[[Worker], Awaitable[float | None]]:
    """What a worker takes that delivers messages."""

    async def take(worker: Worker) -> float | None:
        taken = await bridge.store.claims.take(
            worker.room,
            bridge.tuning.lease_s,
            looking=worker.room(LOOKING),
            member_age_s=bridge.tuning.member_age_s,
        )
        for claim in taken.orphans:
            worker.start(f"message {claim.message.id}", LOOKING, _told(bridge, claim, lookups.look))
        for claim in taken.fresh:
            # Whatever is raised: the row stays `sending`, and when its lease ends its outcome is looked for.
            worker.start(f"message {claim.message.id}", far_end(claim.pace), _told(bridge, claim, deliver))
        return taken.next_due_in_s

    return take


async def _told(bridge: Bridge, claim: Claim, effect: Effect) -> None:
    """Do it; what nobody foresaw is told to an admin, since it may come again with every try."""
    try:
        await effect(bridge, claim)
    except BotError:
        raise
    except Exception as error:
        await alone("alert", alerts.broken(bridge, claim, error))
        raise


async def deliver(bridge: Bridge, claim: Claim) -> None:
    """Do what a claimed row says, and record what became of it."""
    if claim.message.conversation_id is None and claim.message.direction == Direction.OUT:
        await _place(bridge, claim)
    elif claim.message.direction == Direction.IN:
        await _post(bridge, claim)
    else:
        await _send(bridge, claim)


async def _place(bridge: Bridge, claim: Claim) -> None:
    try:
        await unplaced.resolve(bridge, claim)
    except SlackError as error:
        await _later(bridge, claim, error.retry_after_s, closes=FIND if error.retry_after_s else "")


async def _post(bridge: Bridge, claim: Claim) -> None:
    try:
        place = await texts.mirror(bridge, claim)
    except SlackError as error:
        await _post_failed(bridge, claim, error)
    else:
        await kept(lambda: bridge.store.outcomes.posted(claim, *place), bridge.tuning.lease_s / 2)


async def _post_failed(bridge: Bridge, claim: Claim, error: SlackError) -> None:
    """A post is never uncertain: it is looked for until Slack answers, and what Slack refuses waits."""
    log.warning("message %d: Slack answered %s", claim.message.id, error.code)
    if not error.certain:
        await bridge.store.outcomes.look_again(claim, bridge.tuning.slack_looks_s[0])
    elif _reopen_helps(claim, error):
        await lookups.reopen(bridge, claim, error)
    elif error.retry_after_s is not None:
        await _later(bridge, claim, error.retry_after_s, closes=post_pace(_channel(claim)))
    elif claim.message.kind == Kind.ALERT and (gone.refused(error) or claim.trying_s > ALERT_FOR_S):
        log.error("an alert cannot be told: Slack answered %s", error.code)
        await bridge.store.outcomes.dropped(claim, "refused")
    else:
        await _later(bridge, claim, None)
        await alerts.slack_refuses(bridge, claim, error)


def _reopen_helps(claim: Claim, error: SlackError) -> bool:
    """The root is gone; or its channel is, and the line has another one by now."""
    conversation = claim.conversation
    if conversation is None:
        return False
    moved = conversation.root_channel is not None and conversation.root_channel != conversation.line.channel
    return gone.thread_gone(error) or (moved and gone.channel_gone(error))


def _channel(claim: Claim) -> str:
    return claim.conversation.line.channel if claim.conversation else claim.message.channel or ""


async def _send(bridge: Bridge, claim: Claim) -> None:
    try:
        answer = await texts.send(bridge, claim)
    except SlackError as error:  # who wrote it is not known yet: it waits, and does not pass
        await _not_sent(bridge, claim, error.retry_after_s, "Slack does not say who wrote it.")
    except ProviderError as error:
        await _send_failed(bridge, claim, error)
    else:
        await _record(bridge, claim, answer)


async def _record(bridge: Bridge, claim: Claim, answer: SentText | texts.Refusal) -> None:
    if isinstance(answer, texts.Refusal):
        await bridge.store.outcomes.refused(claim, answer.reason, words=answer.words)
    elif not await kept(lambda: bridge.store.outcomes.sent(claim, answer), bridge.tuning.lease_s / 2):
        log.warning("message %d: another try, or another row, holds its text by now", claim.message.id)


async def _send_failed(bridge: Bridge, claim: Claim, error: ProviderError) -> None:
    log.warning("message %d: %s %s %s", claim.message.id, error.provider, type(error).__name__, error.code)
    match error:
        case OutcomeUnknown():
            await bridge.store.outcomes.look_again(claim, bridge.tuning.provider_looks_s[0])
        case ContactOptedOut():
            await bridge.store.outcomes.refused(claim, "opted_out", code=error.code or "opted_out")
        case Throttled():
            closes = provider_pace(error.provider)
            await _not_sent(bridge, claim, error.retry_after_s or 10.0, str(error), closes=closes)
        case ProviderError(retryable=True):
            await _not_sent(bridge, claim, error.retry_after_s, str(error))
        case _:
            await bridge.store.outcomes.refused(claim, "failed", code=error.code, words=str(error))


async def _not_sent(
    bridge: Bridge, claim: Claim, retry_after_s: float | None, words: str, *, closes: str = ""
) -> None:
    """Try again later; after ten minutes a person should know instead."""
    if claim.trying_s > bridge.tuning.give_up_s:
        await bridge.store.outcomes.refused(claim, "gave_up", words=words)
    else:
        await _later(bridge, claim, retry_after_s, closes=closes)


async def _later(bridge: Bridge, claim: Claim, retry_after_s: float | None, *, closes: str = "") -> None:
    wait_s = backoff_s(claim.message.attempts) if retry_after_s is None else retry_after_s
    await bridge.store.outcomes.later(claim, wait_s, closes=closes)
