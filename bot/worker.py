"""A worker: takes what is due, in a few slots for each far end, and has everything recorded before it ends.

What is taken, and what is done with it, is given to it. It keeps nothing that a restart would miss: rows do.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import BotError, StorageUnavailable

log = logging.getLogger(__name__)

SLOTS = 32  # for each far end, so that one that hangs keeps nobody else waiting
ALIVE_S = 30.0
IDLE_S = 1.0  # how long a worker sleeps at the most
RECORD_AGAIN_S = 0.5
LONGEST_WAIT_S = 300.0

T = TypeVar("T")


class Worker:
    """Works until it is drained."""

    def __init__(
        self, take: Callable[[Worker], Awaitable[float | None]], *, slots: int = SLOTS, finishes: bool = True
    ) -> None:
        """`take` starts what can be started now; it gives the seconds until there may be more, None when nothing
        waits. Unless it `finishes`, what is under way at the end is cancelled."""
        self._take = take
        self._slots = slots
        self._finishes = finishes
        self._taken: Counter[str] = Counter()
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._seen_at = time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether it asked the database for work lately, and got an answer."""
        return time.monotonic() - self._seen_at < ALIVE_S

    def wake(self) -> None:
        """There may be something to take."""
        self._wake.set()

    async def run(self) -> None:
        """Take and work until `drain`."""
        try:
            while not self._stopping:
                self._wake.clear()
                await self._round()
        finally:
            self._ended.set()

    async def drain(self) -> None:
        """Take no more, and wait until everything in flight has its outcome on disk. Only after `run` began."""
        self._stopping = True
        self._wake.set()
        await self._ended.wait()  # what is being committed as taken belongs to what is in flight
        for task in () if self._finishes else self._running:
            task.cancel()
        while self._running:
            await asyncio.wait(self._running)

    def room(self, end: str) -> int:
        """How many more calls may be under way towards a far end."""
        return self._slots - self._taken[end]

    def start(self, what: str, end: str, deed: Awaitable[None]) -> None:
        """Have it done in a slot of that far end. Whatever it raises: its row remembers it."""
        self._taken[end] += 1
        task = asyncio.create_task(self._do(what, end, deed))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _round(self) -> None:
        try:
            wait_s = await self._take(self)
            self._seen_at = time.monotonic()
        except StorageUnavailable as error:
            log.error("worker: %s", error)  # the rows remember what is to be done
            wait_s = IDLE_S
        await self._sleep(IDLE_S if wait_s is None else min(IDLE_S, wait_s))

    async def _do(self, what: str, end: str, deed: Awaitable[None]) -> None:
        began = time.monotonic()
        try:
            await alone(what, deed)
        finally:
            self._taken[end] -= 1  # before the wake-up: the other order loses it
            self._wake.set()
            log.debug("%s: %.1f ms", what, (time.monotonic() - began) * 1000)

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


async def kept(record: Callable[[], Awaitable[bool]], for_s: float) -> bool:
    """Record a sure outcome, which nobody can learn again: while the database is away, try for so long."""
    until = time.monotonic() + for_s
    while True:
        try:
            return await record()
        except StorageUnavailable:
            if time.monotonic() > until:
                raise
        await asyncio.sleep(RECORD_AGAIN_S)


def backoff_s(attempts: int) -> float:
    """1, 2, 4, … seconds, five minutes at the most. Pure."""
    return float(min(LONGEST_WAIT_S, 2.0 ** min(max(attempts - 1, 0), 16)))
