"""What doors are doing after they acknowledged: a bot that is stopped finishes it, and answers."""

from __future__ import annotations

import asyncio


class Underway:
    """Entered by a door for as long as it does what it was asked."""

    def __init__(self) -> None:
        self._many = 0
        self._none = asyncio.Event()
        self._none.set()

    async def __aenter__(self) -> None:
        self._many += 1
        self._none.clear()

    async def __aexit__(self, *_: object) -> None:
        self._many -= 1
        if self._many == 0:
            self._none.set()

    async def drain(self) -> None:
        """Wait until every door has done what it was asked. Providers answer, or are given up, in time."""
        await self._none.wait()
