"""The worker at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import pytest

from bot.bridge import Bridge
from bot.delivery import Worker
from bot.model import Claim
from storage.claims import Claims
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene


class SlowToAnswer:
    """Claims whose commit takes until `go_on`: what was claimed is on disk, and the worker does not know yet."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self.committed, self.go_on = asyncio.Event(), asyncio.Event()

    async def claim(self, room: Callable[[str], int], lease_s: float) -> list[Claim]:
        claimed = await self._claims.claim(room, lease_s)
        self.committed.set()
        await self.go_on.wait()
        return claimed

    async def claim_orphans(self, slots: int, lease_s: float) -> list[Claim]:
        return await self._claims.claim_orphans(slots, lease_s)

    async def next_due_in_s(self, *, looking: bool) -> float | None:
        return await self._claims.next_due_in_s(looking=looking)


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
    worker = Worker(made())
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
