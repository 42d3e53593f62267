"""Ten thousand messages through eight slots: nothing is lost, no lane is out of order, no wake-up is missing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.model import Claim, ConversationId, Kind, Number, Ts
from bot.pace import UNPACED
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase
from storage.store import Store
from tests.databases import Clock
from tests.storage.scene import CHANNEL, LINE, Scene, claims_of

MESSAGES = 10_000
CONVERSATIONS = 500
SLOTS = 8
AT_ONCE = 500
PATIENCE_S = 60.0


@dataclass
class _Worker:
    """The least that a worker is: it claims when it is woken and never looks at the time, so that one lost
    wake-up stops it for ever."""

    store: Store
    free: int = SLOTS
    wake_ups: int = 0
    posted: dict[ConversationId, list[str]] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    running: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        while True:
            self.wake.clear()
            claims = await claims_of(self.store, self.free) if self.free else []
            for claim in claims:
                self._start(claim)
            if not claims:
                await self.wake.wait()
                self.wake_ups += 1

    async def listen(self) -> None:
        while True:
            await self.store.database.changed()
            self.wake.set()

    def _start(self, claim: Claim) -> None:
        self.free -= 1
        task = asyncio.create_task(self._deliver(claim))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def _deliver(self, claim: Claim) -> None:
        await asyncio.sleep(0)
        assert await self.store.outcomes.posted(claim, CHANNEL, Ts(f"1790000001.{claim.message.id:06}"))
        if claim.message.kind == Kind.TEXT and claim.message.conversation_id is not None:
            self.posted.setdefault(claim.message.conversation_id, []).append(claim.message.body)
        self.free += 1
        self.wake.set()
        if sum(map(len, self.posted.values())) == MESSAGES:
            self.done.set()


async def test_ten_thousand_messages_go_through_eight_slots(sqlite_url: str, clock: Clock) -> None:
    database = await SqliteDatabase.open(Path(sqlite_url), clock=clock)
    await migrate(database)
    store = Store(database, lambda _: UNPACED)
    scene = Scene(store, clock, await store.lines.add(LINE))
    worker = _Worker(store)
    tasks = [asyncio.create_task(worker.run()), asyncio.create_task(worker.listen())]

    for first in range(0, MESSAGES, AT_ONCE):
        await asyncio.gather(*(_text(scene, n) for n in range(first, first + AT_ONCE)))
    await asyncio.wait_for(worker.done.wait(), PATIENCE_S)

    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.close()
    assert worker.wake_ups > 0
    assert len(worker.posted) == CONVERSATIONS
    for bodies in worker.posted.values():
        assert bodies == sorted(bodies)
        assert len(bodies) == MESSAGES // CONVERSATIONS


async def _text(scene: Scene, n: int) -> None:
    await scene.text(f"{n:05}", contact=Number(f"+1415556{n % CONVERSATIONS:04}"))
