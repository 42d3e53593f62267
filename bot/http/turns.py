"""Turns: every call of a provider waits for one at the provider's pace, which all replicas share.

Promises: nobody waits longer than `LONGEST_S`, and those who wait come in their order. A part of the pace is left
to texts. A text takes no turn here: its claim took it, and its outcome says what a refusal closes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.errors import Throttled
from bot.http.answers import Call, the_error
from bot.pace import provider_pace

LONGEST_S = 60.0
LEFT_TO_TEXTS = 1 / 3  # of the bucket
BLOCK_S = 10.0  # after a 429 that does not say for how long


class Paces(Protocol):
    """Where paces stand. Several processes may share it."""

    async def take(self, name: str, *, leave: float = 0.0) -> float:
        """Use `name` once and return 0, or return the seconds to wait; `leave` of its bucket is left to others."""

    async def block(self, name: str, for_s: float) -> None:
        """Close `name` for so long."""


class Turns(Protocol):
    """Whom a call asks before it leaves."""

    async def take(self, call: Call) -> None:
        """Wait until the call may leave. Raises `Throttled` when that takes too long."""

    async def block(self, call: Call, for_s: float | None) -> None:
        """They said 429; `for_s` is None when they did not say for how long."""


class Free:
    """Nothing waits: for what has no pace, or no place to keep one."""

    async def take(self, call: Call) -> None:
        """At once."""

    async def block(self, call: Call, for_s: float | None) -> None:
        """Nothing."""


class Paced:
    """Turns at the pace that is kept in `paces`; one of a process asks it at a time."""

    def __init__(
        self,
        paces: Paces,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` gives seconds that only pass."""
        self._paces = paces
        self._sleep = sleep
        self._clock = clock
        self._asking = asyncio.Lock()

    async def take(self, call: Call) -> None:
        """Raises `Throttled` when no turn comes within `LONGEST_S`, and `StorageUnavailable`."""
        until = self._clock() + LONGEST_S
        async with self._asking:  # first come, first served; who is before us gives up before us
            while (wait_s := await self._ask(call)) > 0:
                if self._clock() + wait_s > until:
                    raise the_error(Throttled, call, "pace", wait_s)
                await self._sleep(wait_s)

    async def block(self, call: Call, for_s: float | None) -> None:
        """For everybody who goes by the same pace. Raises `StorageUnavailable`."""
        await self._paces.block(provider_pace(call.provider), BLOCK_S if for_s is None else for_s)

    async def _ask(self, call: Call) -> float:
        return await self._paces.take(provider_pace(call.provider), leave=LEFT_TO_TEXTS)
