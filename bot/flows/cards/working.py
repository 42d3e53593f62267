"""Doing the deeds of cards: claim, call, record.

Promises
- The claim is on disk before the call, the outcome right after it; a crash between them leaves an orphan.
- An orphan is looked for a few times, and then the card asks a person. Only what the provider itself does not let
  happen twice is done again. Where a person says so, it is looked for once more before it is.
- What surely did not happen is tried again, for ten minutes; what was refused is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.bridge import Bridge
from bot.errors import BotError, FieldRefused, OutcomeUnknown, ProviderError, SlackError, Throttled, UsageError
from bot.flows import alerts
from bot.flows.cards.kind import Case, Do
from bot.flows.cards.registry import FLOWS
from bot.model.cards import CardClaim, CardDeed, Seen
from bot.pace import provider_pace
from bot.worker import Worker, alone, backoff_s, kept

log = logging.getLogger(__name__)

LOOKING = "looking"  # the slots of look-ups
TOGETHER_S = 0.02  # so that many commits at once are one look at the table
THROTTLED_S = 10.0
LONG_S = 60.0  # until another try: the card says so

_UNKNOWN_DEED = "This version of Threadline does not know what to do."
_TYPED = "\nThis was to be written there: {words}"
_GAVE_UP = "{error} It was tried for ten minutes, and surely did not happen."
_BROKEN = (
    "“{title}” met an error that Threadline does not know ({what}). What was to be done is kept and looked for. "
    "The log says more under “deed {id}”: please report it."
)

Effect = Callable[[Bridge, CardClaim], Awaitable[None]]


def deeds(bridge: Bridge) -> Callable[[Worker], Awaitable[float | None]]:
    """What a worker takes that does the deeds of cards."""

    async def take(worker: Worker) -> float | None:
        await asyncio.sleep(TOGETHER_S)
        wait_s = await bridge.store.deeds.next_due_in_s()
        if wait_s is None or wait_s > 0:
            return wait_s
        taken = await bridge.store.deeds.take(
            worker.room, bridge.tuning.deed_lease_s, looking=worker.room(LOOKING)
        )
        for claim in taken.orphans:
            worker.start(f"deed {claim.deed.id}", LOOKING, _told(bridge, claim, look))
        for claim in taken.fresh:
            end = provider_pace(claim.card.provider)
            worker.start(f"deed {claim.deed.id}", end, _told(bridge, claim, perform))
        return taken.next_due_in_s

    return take


async def _told(bridge: Bridge, claim: CardClaim, effect: Effect) -> None:
    """Do it; what nobody foresaw is told to an admin. Its row stays as it is, and is looked for."""
    try:
        await effect(bridge, claim)
    except BotError:
        raise
    except Exception as error:
        what = type(error).__name__
        told = {"title": claim.card.title, "what": what, "id": str(claim.deed.id)}
        await alone("alert", alerts.tell(bridge, f"broken:deed:{what}", _BROKEN, **told))
        raise


async def perform(bridge: Bridge, claim: CardClaim) -> None:
    """Make the call, and record what became of it."""
    do = FLOWS[claim.card.kind].deeds.get(claim.deed.what)
    if do is None:
        await _failed(bridge, claim, _UNKNOWN_DEED)
    elif claim.age_s > bridge.tuning.deed_lease_s / 4:
        await bridge.store.deeds.later(claim, 0)  # the claim could end before the provider answers
    else:
        await _perform(bridge, claim, do)


async def _perform(bridge: Bridge, claim: CardClaim, do: Do) -> None:
    if claim.deed.doubted and await _was_done(bridge, claim):
        return
    try:
        seen = await do.call(case_of(bridge, claim), claim.deed)
    except UsageError as error:
        await _failed(bridge, claim, str(error))
    except SlackError as error:  # who asked for it is not known yet: it waits, and does not pass
        await _later(bridge, claim, error.retry_after_s, "Slack does not say who asked for it.")
    except ProviderError as error:
        log.warning("deed %d: %s %s %s", claim.deed.id, error.provider, type(error).__name__, error.code)
        await _not_done(bridge, claim, do, error)
    else:
        if not await _done(bridge, claim, seen):
            await bridge.store.deeds.look_again(claim, bridge.tuning.provider_looks_s[0])


async def _was_done(bridge: Bridge, claim: CardClaim) -> bool:
    """Whether the earlier try shows by now: then there is nothing to be done again."""
    seen = await proof(case_of(bridge, claim), claim.deed)
    return seen is not None and await _done(bridge, claim, seen)


async def _done(bridge: Bridge, claim: CardClaim, seen: Seen) -> bool:
    """Record it, or the way to the other card that holds it by now. False when another try does: then it is looked
    for."""
    elsewhere = FLOWS[claim.card.kind].elsewhere
    recorded = await _recorded(bridge, claim, seen)
    if not recorded and elsewhere is not None:
        way = await elsewhere(case_of(bridge, claim), seen)
        recorded = way is not None and await _recorded(bridge, claim, way)
    if not recorded:
        log.warning("deed %d: another try, or another card, holds it by now", claim.deed.id)
    return recorded


async def _recorded(bridge: Bridge, claim: CardClaim, seen: Seen) -> bool:
    return await kept(lambda: bridge.store.deeds.done(claim, seen), bridge.tuning.deed_lease_s / 4)


async def _not_done(bridge: Bridge, claim: CardClaim, do: Do, error: ProviderError) -> None:
    match error:
        case OutcomeUnknown():
            await bridge.store.deeds.look_again(claim, bridge.tuning.provider_looks_s[0])
        case Throttled():
            closes = provider_pace(error.provider)
            await _later(bridge, claim, error.retry_after_s or THROTTLED_S, str(error), closes=closes)
        case ProviderError(retryable=True):
            await _later(bridge, claim, error.retry_after_s, str(error))
        case _:
            await _refused(bridge, claim, do, error)


async def _refused(bridge: Bridge, claim: CardClaim, do: Do, error: ProviderError) -> None:
    """They say no. It may be done all the same: by an earlier try, or by somebody at the provider."""
    seen = await proof(case_of(bridge, claim), claim.deed) if do.harmless or claim.deed.attempts > 1 else None
    if seen is None or not await _done(bridge, claim, seen):
        field = error.field if isinstance(error, FieldRefused) else ""
        await _failed(bridge, claim, str(error), code=error.code, field=field)


async def _failed(bridge: Bridge, claim: CardClaim, reason: str, *, code: str = "", field: str = "") -> None:
    """Tell why, and give back what was typed."""
    do = FLOWS[claim.card.kind].deeds.get(claim.deed.what)
    typed = do.typed(claim.deed) if do is not None else ""
    below = _TYPED.format(words=typed) if typed else ""
    await bridge.store.deeds.failed(claim, reason, code=code, field=field, below=below)


async def _later(
    bridge: Bridge, claim: CardClaim, retry_after_s: float | None, words: str, *, closes: str = ""
) -> None:
    """Try again; after ten minutes a person should know instead."""
    if claim.trying_s > bridge.tuning.give_up_s:
        await _failed(bridge, claim, _GAVE_UP.format(error=words))
    else:
        wait_s = backoff_s(claim.deed.attempts) if retry_after_s is None else retry_after_s
        reason = words if wait_s >= LONG_S else ""
        await bridge.store.deeds.later(claim, wait_s, closes=closes, reason=reason)


# --- Finding out ------------------------------------------------------------------------------------------------


async def look(bridge: Bridge, claim: CardClaim) -> None:
    """Look once whether it was done, and record what that told."""
    do = FLOWS[claim.card.kind].deeds.get(claim.deed.what)
    seen = None if do is None else await proof(case_of(bridge, claim), claim.deed)
    if seen is not None and await _done(bridge, claim, seen):
        return
    waits = bridge.tuning.provider_looks_s
    if claim.deed.looks < len(waits):
        await bridge.store.deeds.look_again(claim, waits[claim.deed.looks])
    elif do is not None and do.harmless and claim.trying_s < bridge.tuning.give_up_s:
        await bridge.store.deeds.later(claim, waits[-1])
    else:
        await bridge.store.deeds.uncertain(claim)


async def evidence(case: Case, deed: CardDeed) -> Seen | None:
    """What proves that a deed was done; None when nothing does. Raises `ProviderError`, `UsageError`,
    `SlackError`."""
    do = FLOWS[case.card.kind].deeds.get(deed.what)
    return None if do is None else await do.happened(case, deed)


async def proof(case: Case, deed: CardDeed) -> Seen | None:
    """The same; None also when nobody can be asked now."""
    try:
        # It may wait for its turn, but with the call that comes before or after it not beyond the lease.
        async with asyncio.timeout(case.bridge.tuning.deed_lease_s / 4):
            return await evidence(case, deed)
    except (ProviderError, UsageError, SlackError, TimeoutError) as error:
        log.warning("deed %d: the look-up failed (%s)", deed.id, type(error).__name__)
        return None


def case_of(bridge: Bridge, claim: CardClaim) -> Case:
    """The card that the deed is on, and where it belongs. Pure."""
    return Case(bridge, claim.card, claim.conversation, claim.line)
