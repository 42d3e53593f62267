"""PostgreSQL restarts under a running bot: what it kept of connections is dead, and no unit pays for that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.model import Accepted
from bot.pace import UNPACED
from storage.database import Tx
from storage.migrate import migrate
from storage.postgres import LANES, PostgresDatabase
from storage.store import Store
from tests.databases import Clock, Cluster
from tests.storage.scene import LINE, Scene


@pytest.fixture
async def scene(cluster: Cluster, clock: Clock) -> AsyncIterator[Scene]:
    """A line, on a server that the test restarts."""
    database = await PostgresDatabase.open(cluster.address, clock=clock)
    await migrate(database)
    store = Store(database, lambda _: UNPACED)
    yield Scene(store, clock, await store.lines.add(LINE))
    await database.close()


async def _open_every_connection(scene: Scene) -> None:
    """As many units at once as the pool has connections for."""
    inside, everybody = 0, asyncio.Event()

    async def unit(tx: Tx) -> None:
        nonlocal inside
        await tx.row("select 1 as one")
        inside += 1
        if inside == LANES + 2:
            everybody.set()
        await everybody.wait()

    await asyncio.gather(*(scene.database.read(unit) for _ in range(LANES + 2)))


async def test_first_units_after_a_restart_of_the_server_do_not_fail(scene: Scene, cluster: Cluster) -> None:
    await _open_every_connection(scene)

    cluster.stop("fast")
    cluster.start()

    assert await scene.text("one") == Accepted.NEW
    await _open_every_connection(scene)
    assert [message.kind for message in await scene.mirror_all()] == ["root", "text"]


async def test_unit_that_was_asked_for_while_the_server_is_away_waits_for_it(
    scene: Scene, cluster: Cluster
) -> None:
    cluster.stop("fast")
    accepting = asyncio.create_task(scene.text("one"))
    await asyncio.sleep(0)

    cluster.start()

    assert await accepting == Accepted.NEW
