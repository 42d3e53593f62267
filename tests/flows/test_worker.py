"""The worker at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from bot.bridge import Bridge
from bot.delivery import messages
from bot.errors import StorageUnavailable
from bot.model import Claim
from bot.worker import ALIVE_S, Worker
from storage.claims import Claims, Taken
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene


class SlowToAnswer:
    """Claims whose commit takes until `go_on`: what was claimed is on disk, and the worker does not know yet."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self.committed, self.go_on = asyncio.Event(), asyncio.Event()

    async def take(self, room: Callable[[str], int], lease_s: float, **how: Any) -> Taken:
        taken = await self._claims.take(room, lease_s, **how)
        self.committed.set()
        await self.go_on.wait()
        return taken


class OnAFullDisk:
    """Claims that cannot be written down."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def take(self, *_: object, **__: object) -> Taken:
        self.asked.set()
        raise StorageUnavailable("The database cannot be used now (SQLITE_FULL).")


class Hours:
    """Time that passes when it is told to."""

    now_s = 0.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A store with one line, and a text that waits to be posted."""
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.text("hi")
    return scene


async def test_drain_waits_for_the_claim_that_is_being_committed(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    did: list[str] = []

    async def deliver(_: Bridge, claim: Claim) -> None:
        did.append(f"begins {claim.message.kind}")
        await asyncio.sleep(0)
        did.append(f"ends {claim.message.kind}")

    monkeypatch.setattr("bot.delivery.deliver", deliver)
    claims = SlowToAnswer(scene.store.claims)
    scene.store.claims = cast("Claims", claims)
    worker = Worker(messages(made()))
    running = asyncio.create_task(worker.run())
    await claims.committed.wait()

    draining = asyncio.create_task(worker.drain())
    for _ in range(10):
        await asyncio.sleep(0)
    before_the_claim_came = draining.done()
    claims.go_on.set()
    await draining
    by_then = list(did)
    await running

    assert before_the_claim_came is False
    assert by_then == ["begins root", "ends root"]


async def test_worker_that_gets_no_answer_of_the_database_does_not_work(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = Hours()
    monkeypatch.setattr("bot.worker.time", hours)
    bridge = made()
    claims = OnAFullDisk()
    bridge.store.claims = cast("Claims", claims)
    worker = Worker(messages(bridge))
    hours.now_s = ALIVE_S
    running = asyncio.create_task(worker.run())

    await claims.asked.wait()
    alive = worker.alive

    await worker.drain()
    await running
    assert not alive
