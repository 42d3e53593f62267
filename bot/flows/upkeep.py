"""What is done every so often: reading lines, repairing webhooks, coming back, tidying up.

Each duty is a leased row, so that of several replicas one does it, and another soon goes on when that one dies.
A duty that fails is logged and comes round again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.bridge import Bridge
from bot.errors import BotError, ProviderError, Rejected, StorageUnavailable, UsageError
from bot.flows import alerts, catchup, channels, line_states, lines, reports, standings, tickets
from bot.flows.imports import run as imports
from bot.flows.orders import run as orders
from bot.model import Line
from bot.model.standings import TELLING

log = logging.getLogger(__name__)

MINUTE_S, HOUR_S = 60.0, 3_600.0
RETRY_S = 30.0
UNREAD_TOO_LONG = timedelta(minutes=15)

_NO_HOOKS = "The webhooks of “{line}” do not work: {error}"
_UNREAD = (
    "The texts of “{line}” are not read: {error} They are shown once the provider gives them. "
    "`threadline doctor` says what to look at."
)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do, and how long until it is due again (seconds)."""

    do: Callable[[], Awaitable[object]]
    every_s: float


async def duties(bridge: Bridge) -> Mapping[str, Duty]:
    """All of them, by name."""
    found = {
        "replies": Duty(lambda: catchup.read_replies(bridge), _replies_every_s(bridge)),
        "channels": Duty(lambda: catchup.read_channels(bridge), 5.0),
        "unshown": Duty(lambda: channels.look_again(bridge), MINUTE_S),
        "echoes": Duty(lambda: reports.settle_echoes(bridge), 5.0),
        "unbound": Duty(lambda: catchup.adopt_unbound(bridge), 5.0),
        TELLING: Duty(lambda: standings.tell_providers(bridge), 5.0),
        "imports": Duty(lambda: imports.run(bridge), 5.0),
        orders.DUTY: Duty(lambda: orders.run(bridge), orders.EVERY_S),
        "desk": Duty(lambda: tickets.prepare(bridge), HOUR_S),
        "tidy": Duty(lambda: tidy(bridge), HOUR_S),
    }
    for line in await bridge.store.lines.all():
        found |= _of_line(bridge, line)
    return found


def _replies_every_s(bridge: Bridge) -> float:
    """Over sockets a gap is seen, and without one there is nothing to read."""
    return bridge.tuning.reread_s if catchup.over_http(bridge) else MINUTE_S


def _of_line(bridge: Bridge, line: Line) -> Mapping[str, Duty]:
    """A line that cannot be reached by webhooks is read often, any other now and then all the same."""
    tuning = bridge.tuning
    if lines.polls(bridge):
        return {
            f"texts:{line.id}": Duty(lambda: read_texts(bridge, line), tuning.poll_s),
            f"deliveries:{line.id}": Duty(lambda: catchup.read_deliveries(bridge, line), tuning.backstop_s),
            f"opt_outs:{line.id}": Duty(lambda: catchup.ask_opt_outs(bridge, line), tuning.backstop_s),
        }
    return {
        f"texts:{line.id}": Duty(lambda: read_texts(bridge, line), tuning.backstop_s),
        f"hooks:{line.id}": Duty(lambda: mend_hooks(bridge, line), tuning.hooks_s),
        f"opt_outs:{line.id}": Duty(lambda: catchup.ask_opt_outs(bridge, line), HOUR_S),
    }


async def tidy(bridge: Bridge) -> None:
    """Drop what nothing will claim any more, and what is kept for so long and no longer."""
    await bridge.store.reports.forget_old()
    await bridge.store.changes.forget_old()
    await bridge.store.unread.forget_old()
    await bridge.store.questions.forget_old()
    await bridge.store.imports.forget_old()
    await bridge.store.orders.forget_old()


async def read_texts(bridge: Bridge, line: Line) -> None:
    """Read what went over a line; an admin is told of one that is refused, cannot be asked for, or goes unread for
    long."""
    try:
        await catchup.read_texts(bridge, line)
        await line_states.note(bridge, line, line_states.READING, "")
    except (ProviderError, UsageError) as error:
        unread_for = bridge.now() - await bridge.store.lines.seen_until(line.id)
        if isinstance(error, Rejected | UsageError) or unread_for > UNREAD_TOO_LONG:
            await line_states.note(bridge, line, line_states.READING, str(error))
            await alerts.tell(bridge, f"unlisted:{line.id}", _UNREAD, line=line.name, error=str(error))
        raise


async def mend_hooks(bridge: Bridge, line: Line) -> None:
    """Reconnect webhooks that the provider switched off, and make those that are missing."""
    try:
        await lines.connect(bridge, line)
        await line_states.note(bridge, line, line_states.WEBHOOKS, "")
    except ProviderError as error:
        if isinstance(error, Rejected):  # anything else passes, and this comes round again
            await line_states.note(bridge, line, line_states.WEBHOOKS, str(error))
            await alerts.tell(bridge, f"hooks:{line.id}", _NO_HOOKS, line=line.name, error=str(error))
        raise


async def come_back(bridge: Bridge) -> None:
    """After a start or a gap: read what was missed, at once."""
    wanted = [name for name in await duties(bridge) if name.startswith(("replies", "texts:", "hooks:"))]
    await bridge.store.duties.ensure(*wanted, now=True)


async def take_due(bridge: Bridge) -> Mapping[str, Duty]:
    """Take every duty that is due; the caller runs each with `perform`."""
    known = await duties(bridge)
    due = await bridge.store.duties.due()
    if new := known.keys() - due.keys():
        await bridge.store.duties.ensure(*new)
    wanted = [name for name, is_due in due.items() if is_due and name in known]
    lease_s = bridge.tuning.duty_lease_s
    return {name: known[name] for name in wanted if await bridge.store.duties.take(name, lease_s)}


async def perform(bridge: Bridge, name: str, duty: Duty) -> None:
    """Do it, and have it due again."""
    again_in_s = duty.every_s
    try:
        async with _held(bridge, name):
            await duty.do()
    except BotError as error:
        log.warning("duty %s: %s %s", name, type(error).__name__, getattr(error, "code", ""))
        again_in_s = min(duty.every_s, getattr(error, "retry_after_s", None) or RETRY_S)
    await bridge.store.duties.done(name, again_in_s)


@contextlib.asynccontextmanager
async def _held(bridge: Bridge, name: str) -> AsyncIterator[None]:
    """Keep the lease for as long as the block takes: reading ten thousand threads takes hours."""
    holding = asyncio.create_task(_hold(bridge, name))
    try:
        yield
    finally:
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)


async def _hold(bridge: Bridge, name: str) -> None:
    lease_s = bridge.tuning.duty_lease_s
    while True:
        await asyncio.sleep(lease_s / 3)
        with contextlib.suppress(StorageUnavailable):
            await bridge.store.duties.hold(name, lease_s)
