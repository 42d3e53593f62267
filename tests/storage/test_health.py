"""What doctor and the health routes learn."""

from __future__ import annotations

import sqlite3

import pytest

from bot.errors import StorageUnavailable
from storage.database import Database, Tx
from storage.health import Health, Queue
from storage.store import Store, open_database
from tests.storage.scene import Scene
from tests.storage.wrapped import Recording

DAY_S = 24 * 3600


async def test_nothing_to_do_is_a_healthy_queue(scene: Scene) -> None:
    assert await scene.store.health.queue() == Queue(0, None, 0, 0, 0, 0)


async def test_oldest_row_that_is_due_says_how_long_it_waits(scene: Scene) -> None:
    await scene.text("hello")
    scene.clock.advance(12.5)
    await scene.text("again")

    queue = await scene.store.health.queue()

    assert (queue.queued, queue.oldest_due_s) == (3, 12.5)


async def test_row_that_backs_off_is_not_overdue(scene: Scene) -> None:
    await scene.text("hello")
    await scene.store.outcomes.later(await scene.claim_one(), 60)
    backing_off = await scene.store.health.queue()

    scene.clock.advance(63)

    assert (backing_off.queued, backing_off.oldest_due_s) == (2, None)
    assert (await scene.store.health.queue()).oldest_due_s == 3.0


async def test_failures_are_counted_for_a_day(scene: Scene) -> None:
    await scene.open_thread()
    await scene.refused_reply("yes", at=5)
    await scene.uncertain_reply("no", at=6)
    await scene.store.unread.keep("textrequest", "x", "not JSON", b"")
    today = await scene.store.health.queue()

    scene.clock.advance(DAY_S)

    tomorrow = await scene.store.health.queue()
    assert (today.dead_today, today.uncertain, today.unread) == (1, 1, 1)
    assert (tomorrow.dead_today, tomorrow.uncertain) == (0, 1)


async def test_alert_is_told_everywhere_once_an_hour_for_each_topic(scene: Scene) -> None:
    for _ in range(2):
        await scene.store.health.alert(("C7", "U1"), "hooks", "words")
    await scene.store.health.alert(("C7",), "credentials", "words")
    first_hour = len(await scene.claim())

    scene.clock.advance(3600)
    await scene.store.health.alert(("C7",), "hooks", "words")

    assert first_hour == 3
    assert [claim.message.channel for claim in await scene.claim()] == ["C7"]


async def test_ping_takes_the_way_of_a_write_and_changes_nothing(scene: Scene) -> None:
    recording = Recording(scene.database)

    await Health(recording).ping()

    assert [sql.split()[0] for sql, _ in recording.statements] == ["select"]
    assert recording.wake_ups == 0


async def test_ping_of_a_file_that_cannot_be_written_says_so(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    other = sqlite3.connect(sqlite_url, isolation_level=None)
    await database.write(_forget_patience)
    other.execute("begin immediate")

    with pytest.raises(StorageUnavailable, match="SQLITE_BUSY"):
        await Health(database).ping()

    other.close()
    await database.close()


async def _forget_patience(tx: Tx) -> None:
    await tx.rows("pragma busy_timeout = 1")


async def test_database_that_cannot_be_read_says_so_and_quotes_nothing(database: Database, store: Store) -> None:
    async def unit(tx: object) -> None:
        await tx.rows("select '+14155550134' from nowhere")  # type: ignore[attr-defined]  # a Tx

    with pytest.raises(StorageUnavailable) as refused:
        await database.read(unit)

    assert "+1415" not in str(refused.value)
    await Health(database).ping()
