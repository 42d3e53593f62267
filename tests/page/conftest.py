"""A page with a bot that only says whether it runs, and a browser that speaks HTTP alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.bell import PATIENCE_S
from bot.sandbox.gate import Gate
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.server import serve
from bot.sandbox.page.switch import NotUp
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Kind
from bot.sandbox.story.stage import Stage

Json = dict[str, Any]
MARIA = "+14155550134"


class PretendBot:
    """Records what it is told, and ends when it is told or by itself."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.dead = asyncio.Event()
        self.refuses = False

    async def start(self) -> None:
        self.told.append("start")
        self.dead.clear()
        if self.refuses:
            raise NotUp("It did not come up.")

    async def kill(self) -> None:
        self.told.append("kill")
        self.dead.set()

    async def ended(self) -> None:
        await self.dead.wait()


@pytest.fixture
def bot() -> PretendBot:
    return PretendBot()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as started:
        started.textrequest.rules.status_delay_s = 0.0
        yield started


@pytest.fixture
async def gate(sandbox: Sandbox) -> AsyncIterator[Gate]:
    async with Gate.of(sandbox) as opened:
        yield opened


@pytest.fixture
async def scene(sandbox: Sandbox, gate: Gate, bot: PretendBot) -> AsyncIterator[Scene]:
    """Dana, Sam and the guest Gus in #sales-line; Maria has a phone."""
    stage = Stage(sandbox)
    for name, kind in {"Dana": Kind.FULL, "Sam": Kind.FULL, "Gus": Kind.GUEST}.items():
        stage.person(name, kind)
    stage.meet("Maria Lopez", MARIA)
    made = Scene(stage, bot, gate)
    yield made
    await made.bot.close()


@pytest.fixture
async def address(scene: Scene) -> AsyncIterator[str]:
    async with serve(scene, port=0) as served:
        yield served


class Visitor:
    """Somebody before the page."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session, self.address = session, address

    async def get(self, path: str, **headers: str) -> tuple[int, aiohttp.ClientResponse, bytes]:
        async with self.session.get(self.address + path, headers=headers) as answer:
            return answer.status, answer, await answer.read()

    async def act(self, name: str, /, **fields: Any) -> Json:
        """An act that must be done."""
        status, said = await self.attempt(name, **fields)
        assert status == 200, said
        return said

    async def attempt(self, name: str, /, **fields: Any) -> tuple[int, Json]:
        async with self.session.post(f"{self.address}/act/{name}", json=fields) as answer:
            return answer.status, dict(await answer.json())

    async def mistake(self, name: str, /, **fields: Any) -> str:
        """The sentence of an act that cannot be done."""
        status, said = await self.attempt(name, **fields)
        assert status == 400, said
        return str(said["error"])


class Stream:
    """What the page is told, put together as the page does it."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self.rows: Json = {}
        self.told: list[Json] = []

    async def until(self, key: str, value: Any = None) -> Any:
        """Read on until the row is there, and equals `value` if one is given."""
        async with asyncio.timeout(PATIENCE_S):
            while key not in self.rows or (value is not None and self.rows[key] != value):
                await self._read()
        return self.rows[key]

    async def until_gone(self, key: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while key in self.rows:
                await self._read()

    async def _read(self) -> None:
        line = (await self._answer.content.readline()).decode()
        if line.startswith("data: "):
            news = json.loads(line.removeprefix("data: "))
            self.told.append(news)
            self.rows |= news["set"]
            for key in news["drop"]:
                del self.rows[key]


@pytest.fixture
async def visitor(address: str) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(session, address)


@pytest.fixture
async def stream(visitor: Visitor) -> AsyncIterator[Stream]:
    async with visitor.session.get(f"{visitor.address}/events") as answer:
        yield Stream(answer)
