"""What goes on for as long as the bot runs: delivering, watching, showing, duties and the heartbeat."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.bridge import Bridge
from bot.flows import catchup, homes, signs, upkeep
from bot.worker import Worker, alone

log = logging.getLogger(__name__)

RETRY_S = 2.0
CANCEL_AGAIN_S = 1.0
CLOCK_JUMP_S = 60.0
LATER_S = 0.02  # what was committed is delivered first, and shown then
SIGNS_EVERY_S = 0.05  # so that many outcomes at once are one round
HOMES_EVERY_S = 0.25  # likewise; each home has its own two seconds

Connected = Callable[[], Awaitable[bool]]


class Loops:
    """Every loop of one bot."""

    def __init__(self, bridge: Bridge, workers: Sequence[Worker], connected: Connected) -> None:
        self._bridge = bridge
        self._workers = workers
        self._connected = connected
        self._signs_wake, self._homes_wake = asyncio.Event(), asyncio.Event()
        self._was_connected = False

    def start(self) -> list[asyncio.Task[None]]:
        """Start them all; a task that ends has broken."""
        loops = [self._watch_database, self._reconcile, self._show_homes, self._keep_up, self._mend_times]
        loops += [worker.run for worker in self._workers]
        if not catchup.over_http(self._bridge):
            loops.append(self._heartbeat)
        return [asyncio.create_task(loop()) for loop in loops]

    async def _watch_database(self) -> None:
        while True:
            await self._bridge.store.database.changed()
            for worker in self._workers:
                worker.wake()
            self._signs_wake.set()
            self._homes_wake.set()

    async def _reconcile(self) -> None:
        while True:
            await asyncio.sleep(LATER_S)
            self._signs_wake.clear()
            closed_s = await alone("signs", signs.reconcile(self._bridge, alone)) or 0.0
            due_in_s = await alone("signs", self._bridge.store.signs.next_due_in_s())
            await asyncio.sleep(max(SIGNS_EVERY_S, min(RETRY_S, closed_s)))
            # Not `wait_for`: before Python 3.12 it can lose a cancellation, and this loop would not end.
            # Source: https://github.com/python/cpython/issues/86296
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RETRY_S if due_in_s is None else min(RETRY_S, due_in_s)):
                    await self._signs_wake.wait()

    async def _show_homes(self) -> None:
        looked_at = -math.inf
        while True:
            await asyncio.sleep(LATER_S)
            changed = self._homes_wake.is_set() or time.monotonic() - looked_at >= homes.LOOK_S
            self._homes_wake.clear()
            looked_at = time.monotonic() if changed else looked_at
            due_in_s = await alone("homes", homes.show(self._bridge, alone, changed=changed))
            await asyncio.sleep(HOMES_EVERY_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RETRY_S if due_in_s is None else due_in_s):
                    await self._homes_wake.wait()

    async def _keep_up(self) -> None:
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                for name, duty in (await alone("duties", upkeep.take_due(self._bridge)) or {}).items():
                    what = f"duty {name.partition(':')[0]}"
                    task = asyncio.create_task(alone(what, upkeep.perform(self._bridge, name, duty)))
                    running.add(task)
                    task.add_done_callback(running.discard)
                await asyncio.sleep(self._bridge.tuning.duties_s)
        finally:
            await end(list(running))

    async def _mend_times(self) -> None:
        """Times on disk may lie far ahead when the clock has been set back: at the start, and while it runs."""
        ahead_s = -math.inf
        while True:
            lead_s = time.time() - time.monotonic()
            if lead_s < ahead_s - CLOCK_JUMP_S or ahead_s == -math.inf:
                await alone("clock", self._bridge.store.claims.mend_times())
            ahead_s = lead_s
            await asyncio.sleep(RETRY_S)

    async def _heartbeat(self) -> None:
        """While Slack is heard, say so; where that comes too late there was a gap, and it is read."""
        fresh = True
        while True:
            connected = await alone("heartbeat", self._connected()) or False
            self._say(connected=connected)
            if connected and await alone("heartbeat", self._beat(fresh=fresh)):
                fresh = False
            await asyncio.sleep(self._bridge.tuning.heartbeat_s)

    async def _beat(self, *, fresh: bool) -> bool:
        if await self._bridge.store.gaps.beat(self._bridge.tuning.gap_s, fresh=fresh):
            await upkeep.come_back(self._bridge)
        return True

    def _say(self, *, connected: bool) -> None:
        if connected != self._was_connected:
            log.log(
                logging.INFO if connected else logging.WARNING, "Slack is %s", "heard" if connected else "away"
            )
        self._was_connected = connected


async def end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel tasks until they are gone: a library too may lose a cancellation (psycopg's pool uses `wait_for`),
    and one of ours finishes what costs money first. Whoever cancels this waits for them as well."""
    cancelled = False
    while running := {task for task in tasks if not task.done()}:
        for task in running:
            task.cancel()
        try:
            await asyncio.wait(running, timeout=CANCEL_AGAIN_S)
        except asyncio.CancelledError:
            cancelled = True
    await asyncio.gather(*tasks, return_exceptions=True)
    if cancelled:
        raise asyncio.CancelledError
