"""The worker: claim, deliver, record. One loop, a few slots, no memory that matters.

Promises
- The claim is on disk before the call, the outcome right after it; a crash between them leaves an orphan.
- An orphan is looked for, never just repeated: at Slack until Slack says whether the post is there; at a
  provider a few times, and then a person decides.
- What surely did not happen is tried again; what may have happened is not.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.bridge import Bridge
from bot.errors import (
    BotError,
    ContactOptedOut,
    OutcomeUnknown,
    ProviderError,
    SlackError,
    StorageUnavailable,
    Throttled,
)
from bot.flows import alerts, gone, lookups, texts, unplaced
from bot.model import Claim, Direction, Kind, SentText
from bot.pace import FIND, far_end, post_pace, provider_pace

log = logging.getLogger(__name__)

SLOTS = 32  # for each far end, so that a provider that hangs keeps nobody else waiting
LOOKING = "looking"  # the slots of look-ups
ALIVE_S = 30.0
RECORD_AGAIN_S = 0.5
IDLE_S = 1.0  # how long the worker sleeps at the most
ORPHANS_EVERY_S = 0.25  # how often they are asked for, however much else there is to do
LONGEST_WAIT_S = 300.0
ALERT_FOR_S = 86_400.0
# Refusals of how a post looks, not of what it says.
UNPOSTABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})

T = TypeVar("T")
Effect = Callable[[Bridge, Claim], Awaitable[None]]


class Worker:
    """Delivers until it is drained."""

    def __init__(self, bridge: Bridge, *, slots: int = SLOTS) -> None:
        self._bridge = bridge
        self._slots = slots
        self._taken: Counter[str] = Counter()
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._seen_at = time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether it went round lately."""
        return time.monotonic() - self._seen_at < ALIVE_S

    def wake(self) -> None:
        """There may be something to claim."""
        self._wake.set()

    async def run(self) -> None:
        """Claim and deliver until `drain`."""
        try:
            while not self._stopping:
                self._wake.clear()
                self._seen_at = time.monotonic()
                await self._round()
        finally:
            self._ended.set()

    async def drain(self) -> None:
        """Claim no more, and wait until every call in flight has its outcome on disk. Only after `run` began."""
        self._stopping = True
        self._wake.set()
        await self._ended.wait()  # a claim that is being committed belongs to what is in flight
        while self._running:
            await asyncio.wait(self._running)

    async def _round(self) -> None:
        try:
            claimed = await self._claim()
            wait_s = 0.0 if claimed else await self._idle_for_s()
        except StorageUnavailable as error:
            log.error("worker: %s", error)  # the rows remember what is to be done
            claimed, wait_s = 0, IDLE_S
        if not claimed:
            await self._sleep(wait_s)

    async def _claim(self) -> int:
        lease_s, claims = self._bridge.tuning.lease_s, self._bridge.store.claims
        orphans, fresh = await asyncio.gather(
            claims.claim_orphans(self._room(LOOKING), lease_s),
            claims.claim(self._room, lease_s),
            return_exceptions=True,
        )
        started = 0
        for claimed, effect in ((orphans, lookups.look), (fresh, deliver)):
            if isinstance(claimed, BaseException):
                continue
            started += len(claimed)
            for claim in claimed:
                self._start(claim, LOOKING if effect is lookups.look else far_end(claim.pace), effect)
        # Only now: what the other one claimed is held by us, and must be delivered.
        for claimed in (orphans, fresh):
            if isinstance(claimed, BaseException):
                raise claimed
        return started

    def _room(self, end: str) -> int:
        """How many more calls may be under way towards a far end."""
        return self._slots - self._taken[end]

    def _start(self, claim: Claim, end: str, effect: Effect) -> None:
        self._taken[end] += 1
        task = asyncio.create_task(self._deliver(claim, end, effect))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _deliver(self, claim: Claim, end: str, effect: Effect) -> None:
        began = time.monotonic()
        try:
            # Whatever is raised: the row stays `sending`, and when its lease ends its outcome is looked for.
            await alone(f"message {claim.message.id}", effect(self._bridge, claim))
        finally:
            self._taken[end] -= 1  # before the wake-up: the other order loses it
            self._wake.set()
            log.debug("message %d: %.1f ms", claim.message.id, (time.monotonic() - began) * 1000)

    async def _idle_for_s(self) -> float:
        due_in_s = await self._bridge.store.claims.next_due_in_s(looking=self._room(LOOKING) > 0)
        return IDLE_S if due_in_s is None else min(IDLE_S, due_in_s)

    async def _sleep(self, wait_s: float) -> None:
        # Not `wait_for`: before Python 3.12 it can lose a cancellation.
        # Source: https://github.com/python/cpython/issues/86296
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.001, wait_s)):
                await self._wake.wait()


async def alone(what: str, deed: Awaitable[T]) -> T | None:
    """Do one deed of many, so that it fails alone; None when it failed. Rows remember what is still to be done."""
    try:
        return await deed
    except BotError as error:
        log.error("%s: %s %s", what, type(error).__name__, error)
    except Exception:
        log.exception("%s: an unforeseen error", what)
    return None


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
        try:
            place = await texts.mirror(bridge, claim)
        except SlackError as error:
            if error.code not in UNPOSTABLE:
                raise
            log.warning("message %d: Slack answered %s; posting it without blocks", claim.message.id, error.code)
            place = await texts.mirror(bridge, claim, plain=True)
    except SlackError as error:
        await _post_failed(bridge, claim, error)
    else:
        await _kept(bridge, lambda: bridge.store.outcomes.posted(claim, *place))


async def _post_failed(bridge: Bridge, claim: Claim, error: SlackError) -> None:
    """A post is never uncertain: it is looked for until Slack answers, and what Slack refuses waits."""
    log.warning("message %d: Slack answered %s", claim.message.id, error.code)
    if not error.certain:
        await bridge.store.outcomes.look_again(claim, bridge.tuning.slack_looks_s[0])
    elif _reopen_helps(claim, error):
        await bridge.store.outcomes.root_gone(claim)
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
    elif not await _kept(bridge, lambda: bridge.store.outcomes.sent(claim, answer)):
        log.warning("message %d: another try, or another row, holds its text by now", claim.message.id)


async def _kept(bridge: Bridge, record: Callable[[], Awaitable[bool]]) -> bool:
    """Record a sure outcome, which nobody can learn again: while the database is away, try for half a lease."""
    until = time.monotonic() + bridge.tuning.lease_s / 2
    while True:
        try:
            return await record()
        except StorageUnavailable:
            if time.monotonic() > until:
                raise
        await asyncio.sleep(RECORD_AGAIN_S)


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


def backoff_s(attempts: int) -> float:
    """1, 2, 4, … seconds, five minutes at the most. Pure."""
    return float(min(LONGEST_WAIT_S, 2.0 ** min(max(attempts - 1, 0), 16)))
