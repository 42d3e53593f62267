"""The sandbox in a process of its own, by remote control."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from bot.sandbox.textrequest.shapes import Dashboard
from tests.bench.place import NUMBER
from tests.survival.bots import ROOT

PATIENCE_S = 30.0


class Remote:
    """Build it with `Remote.start`. `addresses` are the bot's settings for it."""

    def __init__(self, port: int, addresses: dict[str, str], session: aiohttp.ClientSession) -> None:
        self.addresses = addresses
        self._url = f"http://127.0.0.1:{port}/_sandbox"
        self._session = session
        self.channel = ""
        self.dashboard = Dashboard(0, "", NUMBER)

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls) -> AsyncIterator[Remote]:
        """A sandbox that forgets what it is told, with one channel and one line."""
        command = (sys.executable, "-m", "bot.sandbox", "--port", "0")
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
        try:
            assert process.stdout is not None
            said = json.loads(await process.stdout.readline())
            addresses = {name: value for name, value in said.items() if name.isupper()}
            async with aiohttp.ClientSession() as session:
                remote = cls(said["port"], addresses, session)
                await remote._furnish()
                yield remote
        finally:
            process.terminate()
            await process.communicate()

    async def _furnish(self) -> None:
        await self.act("rules", keep_history=False)
        await self.act("add_member", name="Dana")
        self.channel = (await self.act("add_channel", name="sales", members=["Dana"]))["id"]
        made = await self.act("add_dashboard", name="Sales", number=NUMBER)
        self.dashboard = Dashboard(made["id"], "Sales", NUMBER)

    async def act(self, act: str, /, **fields: object) -> Any:
        """One act. Raises `aiohttp.ClientError` when it is refused."""
        async with self._session.post(f"{self._url}/{act}", json=fields, raise_for_status=True) as answer:
            return await answer.json()

    async def posts(self) -> int:
        """How many messages were posted so far, roots included."""
        return int((await self.act("stats"))["posts"])

    async def posted(self, count: int) -> None:
        """Wait until there are so many. Raises `TimeoutError` when none comes for half a minute."""
        before = -1
        while (posts := await self.posts()) < count:
            if posts == before:
                await asyncio.wait_for(self._more(posts), PATIENCE_S)
            before = posts
            await asyncio.sleep(0.02)

    async def _more(self, than: int) -> None:
        while await self.posts() <= than:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
