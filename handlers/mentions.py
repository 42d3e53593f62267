"""What members say to the bot in threads: heard after it was recorded, and answered to its author alone.

The event is acknowledged before: a provider may take longer to answer than Slack waits. A bot that is stopped
waits for what it has begun.
"""

from __future__ import annotations

import asyncio
import logging
from uuid import uuid4

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import asides
from bot.flows.commands.spoken import hear
from bot.model import Mentioned
from bot.views import answers
from handlers.errors import sentence_for

log = logging.getLogger(__name__)


class Mentions:
    """Hears one after the other what is said, each in a task of its own."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._hearing: set[asyncio.Task[None]] = set()

    def hear(self, said: Mentioned) -> None:
        """Do what was said, and tell its author."""
        task = asyncio.create_task(self._hear(said))
        self._hearing.add(task)
        task.add_done_callback(self._hearing.discard)

    async def drain(self) -> None:
        """Wait until everything that was said has its answer."""
        while self._hearing:
            await asyncio.wait(self._hearing)

    async def _hear(self, said: Mentioned) -> None:
        try:
            post = await hear(self._bridge, said)
        except Exception as error:  # noqa: BLE001 - a surprise is told with its number, and logged
            post = answers.sentence(sentence_for(error, uuid4().hex[:8]))
        if post is None:
            return
        try:
            await asides.tell(self._bridge, said.author, said.channel, post, said.thread_ts)
        except SlackError as refused:
            log.warning("an answer could not be shown: Slack answered %s", refused.code)
