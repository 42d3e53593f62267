"""Sending what was ordered, and finding out what became of it.

Promises: an order is on disk as called before its provider is called, and is called for once. What surely did not
happen is tried again for a while; what may have happened is looked for, and then a person decides. What was begun
is finished when the bot stops.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from datetime import timedelta

from bot.bridge import Bridge
from bot.capabilities import ReportsOrders
from bot.errors import OutcomeUnknown, ProviderError, SlackError, UsageError
from bot.flows import texts
from bot.flows.orders import telling, ways
from bot.model import OrderReported, SentOrder
from bot.model.kept_orders import Order, OrderClaim, OrderKind, OrderState, Wanted

log = logging.getLogger(__name__)

DUTY = "orders"
EVERY_S = 5.0
SLOTS = 8  # calls at once, so that a slow one keeps nobody waiting
NAP_S = 0.5  # between two looks for orders, while one is due soon
# When is looked how far an order got, after it was accepted: a receipt may be lost, and most have none.
POLLS_S = (10.0, 60.0, 600.0, 3_600.0, 21_600.0, 86_400.0, 172_800.0)
MOST_TRIES = 20  # of an order that was not even called for: each ended without an outcome, as by a bot that broke
WAITS_S = (2.0, 5.0, 15.0, 30.0, 60.0)  # between two tries of what surely was not sent; the last repeats
CLOCK_SLACK = timedelta(seconds=60)  # how far a provider's clock may be behind ours
_PASSING = ("unreachable", "no_answer")

Refusal = SlackError | ProviderError | UsageError  # nothing was sent

_BROKEN = "It was not sent: Threadline broke off each time before it was. An admin finds more in the log."
_NO_FILE = "Its file cannot be read in Slack any more ({code}). Order it again with the file."


async def run(bridge: Bridge) -> None:
    """Send what is due, look for what is in doubt, and tell of both, until nothing is due soon."""
    while True:
        while claims := await bridge.store.orders.take(SLOTS, bridge.tuning.lease_s):
            await _finished([_advance(bridge, claim) for claim in claims])
        await telling.tell_all(bridge)
        wait_s = await bridge.store.orders.next_due_in_s()
        if wait_s is None or wait_s > EVERY_S:
            return
        await asyncio.sleep(min(wait_s, NAP_S))


async def _finished(deeds: Sequence[Awaitable[None]]) -> None:
    """Do all of them, each to its end: whoever cancels this waits until every outcome is on disk."""
    doing = asyncio.gather(*deeds, return_exceptions=True)
    cancelled = False
    while not doing.done():
        try:
            await asyncio.shield(doing)
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError
    for error in filter(None, doing.result()):
        raise error


async def _advance(bridge: Bridge, claim: OrderClaim) -> None:
    if claim.fresh:
        await _send(bridge, claim.order)
    elif claim.order.state is OrderState.DONE:
        await _follow(bridge, claim.order)
    else:
        await _look(bridge, claim.order)


# --- Sending --------------------------------------------------------------------------------------------


async def _send(bridge: Bridge, order: Order) -> None:
    if order.attempts > MOST_TRIES and order.tried_for_s > bridge.tuning.give_up_s:
        await bridge.store.orders.failed(order, _BROKEN)
        return
    if order.doubted_at is not None and await _went_out_before(bridge, order):
        return
    try:
        sent = await _call(bridge, order)
    except OutcomeUnknown as error:
        log.warning("order %d: no usable answer (%s)", order.number, error.code)
        await bridge.store.orders.look_again(order, bridge.tuning.provider_looks_s[0])
    except (SlackError, ProviderError, UsageError) as error:
        await _not_sent(bridge, order, error)
    else:
        if sent is not None:
            await bridge.store.orders.accepted(order, sent, POLLS_S[0])


async def _went_out_before(bridge: Bridge, order: Order) -> bool:
    """Whether the earlier try shows by now: then nothing is ordered again."""
    try:
        return await look_up(bridge, order)
    except (ProviderError, UsageError) as error:
        log.warning("order %d: the look-up failed (%s)", order.number, type(error).__name__)
        return False


async def _call(bridge: Bridge, order: Order) -> SentOrder | None:
    """Have it sent; None when somebody else has the order by now."""
    what = await _prepared(bridge, order)
    if not await bridge.store.orders.call(order):
        return None
    return await ways.send(bridge.providers.get(order.of.provider), what)


async def _prepared(bridge: Bridge, order: Order) -> Wanted:
    """What comes before the call that costs money: a bot that dies here has ordered nothing."""
    provider = bridge.providers.get(order.of.provider)
    if order.of.kind is OrderKind.VOICE:
        await _hear(bridge, order)
    return await ways.with_files(bridge, provider, order.of.what, order.of.files)


async def _hear(bridge: Bridge, order: Order) -> None:
    """Have it posted to us what becomes of calls. Where that fails, the history tells it, later."""
    provider = bridge.providers.get(order.of.provider)
    if not isinstance(provider, ReportsOrders) or bridge.settings.threadline_public_url is None:
        return
    if bridge.settings.threadline_webhook_secret is None:
        await bridge.store.secrets.present(order.of.provider)
    base = await texts.webhook_base(bridge, order.of.provider)
    try:
        if base is not None:
            await provider.connect_reports(base)
    except ProviderError as error:
        log.warning("order %d: calls are not reported (%s)", order.number, type(error).__name__)


async def _not_sent(bridge: Bridge, order: Order, error: Refusal) -> None:
    """It surely was not: again after a pause, for a while, if what went wrong passes."""
    code = "" if isinstance(error, UsageError) else error.code
    after_s = None if isinstance(error, UsageError) else error.retry_after_s
    if not _passes(error) or order.tried_for_s > bridge.tuning.give_up_s:
        await bridge.store.orders.failed(order, _why(error), code)
        return
    pause_s = WAITS_S[min(order.attempts, len(WAITS_S)) - 1]
    await bridge.store.orders.later(order, after_s or pause_s, _why(error))


def _passes(error: Refusal) -> bool:
    if isinstance(error, SlackError):
        return error.retry_after_s is not None or error.code in _PASSING
    return isinstance(error, ProviderError) and error.retryable


def _why(error: Refusal) -> str:
    """A sentence; of Slack nothing but the order's file is asked before it is sent."""
    return _NO_FILE.format(code=error.code) if isinstance(error, SlackError) else str(error)


# --- Looking --------------------------------------------------------------------------------------------


async def _look(bridge: Bridge, order: Order) -> None:
    """Look for one whose outcome is unknown, a few times."""
    try:
        if await look_up(bridge, order):
            return
    except (ProviderError, UsageError) as error:
        log.warning("order %d: the look-up failed (%s)", order.number, type(error).__name__)
    waits = bridge.tuning.provider_looks_s
    if order.looks < len(waits):
        await bridge.store.orders.look_again(order, waits[order.looks])
    else:
        await bridge.store.orders.uncertain(order)


async def look_up(bridge: Bridge, order: Order) -> bool:
    """Ask the provider's history once; whether it has the order. Raises `ProviderError`, `UsageError`."""
    found = await _the_one(bridge, order)
    return found is not None and await bridge.store.orders.accepted(order, found, POLLS_S[0])


async def _the_one(bridge: Bridge, order: Order) -> SentOrder | None:
    """What must be this order, and nothing else can be. Post carries no token of ours: of two to one address that
    are both in doubt nobody can tell which one arrived."""
    found = await _candidates(bridge, order)
    reports = bridge.store.order_reports
    held = await reports.held(order, [each.id for each in found])
    free = {each.id: each for each in found if each.id not in held}
    if len(free) != 1 or (order.of.number is None and await reports.has_rival(order)):
        return None
    return next(iter(free.values()))


async def _candidates(bridge: Bridge, order: Order) -> Sequence[SentOrder]:
    since = (order.tried_at or bridge.now()) - CLOCK_SLACK
    return await ways.find(bridge.providers.get(order.of.provider), order.of.what, since)


async def _follow(bridge: Bridge, order: Order) -> None:
    try:
        await follow(bridge, order)
    except (ProviderError, UsageError) as error:
        log.warning("order %d: how far it got is not known (%s)", order.number, type(error).__name__)
        await _looked(bridge, order, None)


async def follow(bridge: Bridge, order: Order) -> None:
    """Look how far one got that the provider has. Raises `ProviderError`, `UsageError`."""
    if order.order_id is None:
        await _looked(bridge, order, await _the_one(bridge, order))
        return
    found = await _candidates(bridge, order)
    await _looked(bridge, order, next((each for each in found if each.id == order.order_id), None))


async def _looked(bridge: Bridge, order: Order, found: SentOrder | None) -> None:
    looks = order.looks + 1
    await bridge.store.orders.looked(order, found, POLLS_S[looks] if looks < len(POLLS_S) else None)


# --- Reports --------------------------------------------------------------------------------------------


async def receive_report(bridge: Bridge, event: OrderReported) -> None:
    """What the provider tells of an order by itself. An account has calls of others as well."""
    if await bridge.store.order_reports.accept(event):
        await bridge.store.duties.ensure(DUTY, now=True)
    else:
        log.info("webhook: a report on an order that is none of ours (%s)", event.provider)
