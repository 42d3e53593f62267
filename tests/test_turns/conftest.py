"""A client that keeps to a pace, its far end, and a time in which waiting takes none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.errors import Throttled
from bot.http import Api, Http, Paced, raise_for_status
from bot.model import Number
from bot.pace import PaceRule, per_minute, provider_pace
from bot.providers.textrequest import TextRequest
from storage.database import instant
from storage.store import Store
from tests.databases import Clock
from tests.providers.case import now
from tests.providers.far_end import Answer, FarEnd
from tests.storage.scene import LINE, PROVIDER, Scene

PACE = provider_pace(PROVIDER)
MINUTE_US = 60_000_000
A_MINUTE = 100
AT_ONCE = 20  # of a bucket of thirty, ten are left to texts


class DatedFarEnd(FarEnd):
    """A far end that answers everything, and notes when it was asked."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.at: list[int] = []
        self._clock = clock

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.at.append(self._clock())
        self.script = self.script or [Answer(200, b"{}")]
        return await super()._answer(request)


@dataclass
class CountedPaces:
    """The paces of a store, and how many turns they gave."""

    store: Store
    given: int = 0

    async def take(self, name: str, *, leave: float = 0.0) -> float:
        wait_s = await self.store.paces.take(name, leave=leave)
        self.given += wait_s == 0
        return wait_s

    async def block(self, name: str, for_s: float) -> None:
        await self.store.paces.block(name, for_s)


class Office:
    """A client with its turns, its far end, and a time in which sleeping takes none."""

    def __init__(self, store: Store, clock: Clock, far_end: DatedFarEnd) -> None:
        self.paces, self.clock, self.far_end = CountedPaces(store), clock, far_end
        self.slept: list[float] = []
        self.turns = Paced(self.paces, sleep=self._let_pass, clock=lambda: clock() / 1_000_000)
        api = Api(PROVIDER, "Text Request", far_end.url, {}, judge=raise_for_status)
        self.http = Http(api, clock=lambda: instant(clock()), turns=self.turns)

    async def _let_pass(self, seconds: float) -> None:
        """What has its turn arrives before time passes."""
        while len(self.far_end.at) < self.paces.given:  # noqa: ASYNC110 - there is no event
            await asyncio.sleep(0)
        self.slept.append(seconds)
        self.clock.advance(seconds)

    async def try_to_read(self) -> bool:
        """Whether it came to a read."""
        try:
            await self.http.read("/list")
        except Throttled:
            return False
        return True

    async def read(self) -> None:
        """Read, however long it takes."""
        while not await self.try_to_read():
            pass

    async def is_closed(self, for_s: float) -> None:
        """They said 429 to somebody."""
        await self.paces.block(PACE, for_s)

    async def use_up(self) -> None:
        """Read as often as it goes at once."""
        for _ in range(AT_ONCE):
            await self.http.read("/list")


@pytest.fixture
async def dated(clock: Clock) -> AsyncIterator[DatedFarEnd]:
    """A server on this machine."""
    async with DatedFarEnd(clock) as server:
        yield server


@pytest.fixture
async def office(
    store: Store, clock: Clock, dated: DatedFarEnd, rules: dict[str, PaceRule]
) -> AsyncIterator[Office]:
    """A client at a hundred calls a minute."""
    rules[PACE] = per_minute(A_MINUTE)
    made = Office(store, clock, dated)
    yield made
    await made.http.close()


def most_in_a_minute(at: list[int]) -> int:
    """Of all calls."""
    return max(sum(1 for each in at if start <= each < start + MINUTE_US) for start in at)


def text_request_of(office: Office) -> TextRequest:
    """Text Request at the office's far end and pace."""
    return TextRequest(api_key=SecretStr("k"), api_url=office.far_end.url, clock=now, turns=office.turns)


async def with_replies(scene: Scene, how_many: int) -> None:
    """So many texts are ready to go out."""
    for n in range(how_many):
        await scene.text("hello", contact=Number(f"+141555502{n:02}"))
    await scene.mirror_all()
    for n, row in enumerate(await scene.rows("select root_ts from conversations order by id")):
        await scene.reply("yes", at=5 + n, thread_ts=row["root_ts"])


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A store with one line."""
    return Scene(store, clock, await store.lines.add(LINE))
