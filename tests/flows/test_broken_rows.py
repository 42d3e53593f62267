"""A row whose delivery meets an error that nobody foresaw, again and again, is told to an admin and not silent."""

from __future__ import annotations

import asyncio

import pytest

from bot.bridge import Bridge
from bot.delivery import messages
from bot.errors import StorageUnavailable
from bot.model import Claim
from bot.worker import Worker
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LEASE_S, LINE, Scene


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A line."""
    return Scene(store, clock, await store.lines.add(LINE))


async def _rounds(scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The worker delivers a text whose every try and look-up ends in `error`, three times."""
    tries = 0

    async def fail(_: Bridge, claim: Claim) -> None:
        nonlocal tries
        if claim.message.kind == "root":
            tries += 1
            raise error

    monkeypatch.setattr("bot.delivery.deliver", fail)
    monkeypatch.setattr("bot.flows.lookups.look", fail)
    worker = Worker(messages(made(threadline_admins="U1")))
    running = asyncio.create_task(worker.run())
    await scene.text("hi")
    for times in range(1, 4):
        worker.wake()
        while tries < times:  # noqa: ASYNC110 - nobody rings a bell for it
            await asyncio.sleep(0)
        scene.clock.advance(LEASE_S + 1)
    await worker.drain()
    await running


async def _alerts(scene: Scene) -> list[str]:
    return [str(row["body"]) for row in await scene.rows("select body from messages where kind = 'alert'")]


async def test_row_that_breaks_again_and_again_is_told_once(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _rounds(scene, made, monkeypatch, ValueError("+14155550134 wrote hi"))

    (root,) = await scene.rows("select id from messages where kind = 'root'")
    assert await _alerts(scene) == [
        f"Message {root['id']} of “Sales line” met an error that Threadline does not know (ValueError). It is "
        f"kept, and what follows it in its conversation waits. The log says more under “message {root['id']}”: "
        "please report it."
    ]


async def test_row_that_meets_what_was_foreseen_is_told_to_nobody(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _rounds(scene, made, monkeypatch, StorageUnavailable("The database cannot be used now."))

    assert await _alerts(scene) == []
