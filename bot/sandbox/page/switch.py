"""The bot behind the page: whether it runs, and how to end and start it.

Promise: only the bot that was given is ever ended.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.story.player import Bot
from bot.sandbox.wire import Json


class NotUp(Exception):
    """The bot did not come up; the sentence says why."""


class LivingBot(Bot, Protocol):
    """A bot whose end can be waited for."""

    async def ended(self) -> None:
        """Return when the process that was started last has ended."""


class NoBot:
    """For a page without a bot of its own."""

    async def start(self) -> None:
        """Nothing to start."""

    async def kill(self) -> None:
        """Nothing to end."""

    async def ended(self) -> None:
        """Never."""
        await asyncio.Event().wait()


class BotSwitch:
    """Starts and kills, one thing at a time, and says what is so. It is a `Bot` itself."""

    def __init__(self, bot: LivingBot, bell: Bell) -> None:
        self._bot, self._bell = bot, bell
        self._turn = asyncio.Lock()
        self._chores = Chores()
        self._word, self._since, self._starts = "stopped", time.time(), 0

    @property
    def state(self) -> Json:
        """`starting`, `running` or `stopped`, since when (seconds since 1970), and how often it was started."""
        return {"state": self._word, "since": self._since, "starts": self._starts}

    async def start(self) -> None:
        """Start it, unless it runs; return when it is connected. Raises `NotUp`."""
        async with self._turn:
            if self._word == "running":
                return
            self._say("starting")
            try:
                await self._bot.start()
            except BaseException:
                self._say("stopped")
                raise
            self._starts += 1
            self._say("running")
            self._chores.spawn(self._watch(self._starts))

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        async with self._turn:
            await self._bot.kill()
            self._say("stopped")

    async def close(self) -> None:
        """End the bot and the watch over it."""
        await self._chores.close()
        await self._bot.kill()

    async def _watch(self, start: int) -> None:
        await self._bot.ended()
        if start == self._starts and self._word == "running":
            self._say("stopped")

    def _say(self, word: str) -> None:
        if word != self._word:
            self._word, self._since = word, time.time()
            self._bell.ring()
