"""One client account of jtel: its queues and its dialler."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.jtel.dialler import Dialler
from bot.sandbox.jtel.queues import Queues, Rules

T = TypeVar("T")
FIRST_ID = 235


class Account:
    """The state of the stand-in."""

    def __init__(self, bell: Bell) -> None:
        self.bell, self.chores, self.rules = bell, Chores(), Rules()
        self.clients_id, self.token = 1, "sandbox-jtel-token"
        numbers = itertools.count(FIRST_ID)
        self.queues = Queues(bell, self.chores, self.rules, numbers)
        self.dialler = Dialler(bell, lambda: self.queues.zone, numbers, clients_id=self.clients_id)

    async def close(self) -> None:
        """End what is under way."""
        await self.chores.close()

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = 5.0, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`. Raises `NeverHappened`."""
        return await self.bell.wait_for(predicate, timeout_s, what)
