"""Waiting for something to become true, without polling.

Every stand-in rings the one bell of its sandbox after each change; whoever waits looks again then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE_S = 20.0  # what is waited for takes milliseconds; on a machine that is busy, seconds


class NeverHappened(TimeoutError):
    """What was waited for did not become true in time."""


@dataclass(frozen=True, slots=True)
class News:
    """What changed.

    `what` is `posted`, `changed`, `deleted`, `reacted`, `unreacted` or `whispered` in the channel `where`, or
    `texted` or `reported` at the phone with the number `where`.
    """

    what: str
    where: str
    subject: Any  # the message or the text
    detail: str = ""  # the reaction's name, or who was whispered to


class Bell:
    """Wakes those who wait, and tells those who watch. Ringing costs nothing while nobody does either."""

    def __init__(self) -> None:
        self.watchers: list[Callable[[News], None]] = []
        self.rings = 0  # for those who look again only when there is something new
        self._sleepers: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Something changed: everybody who waits looks again."""
        self.rings += 1
        sleepers, self._sleepers = self._sleepers, []
        for sleeper in sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    def tell(self, what: str, where: str, subject: Any, detail: str = "") -> None:
        """Ring, and say what changed."""
        for watcher in self.watchers:
            watcher(News(what, where, subject, detail))
        self.ring()

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = PATIENCE_S, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`, asked now and after each ring.

        Raises `NeverHappened`, which names `what`, after `timeout_s` seconds.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not (value := predicate()):
                    sleeper = asyncio.get_running_loop().create_future()
                    self._sleepers.append(sleeper)
                    await sleeper
        except TimeoutError as error:
            raise NeverHappened(f"{what} did not happen within {timeout_s:g} s") from error
        return value
