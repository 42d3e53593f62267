"""What waits to be read on SQLite is read together, and no reader disturbs another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import StorageUnavailable
from storage.database import Tx
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[SqliteDatabase]:
    opened = await SqliteDatabase.open(Path(sqlite_url))
    await migrate(opened)
    yield opened
    await opened.close()


async def _count(tx: Tx) -> int:
    row = await tx.row("select count(*) as n from facts")
    assert row is not None
    return int(row["n"])


async def _note(tx: Tx) -> None:
    await tx.run("insert into facts (name, value, noted_at) values ('one', '', :now)")


async def _read_nonsense(tx: Tx) -> None:
    await tx.row("select nonsense from facts")


async def test_what_waits_is_read_together(database: SqliteDatabase) -> None:
    statements: list[str] = []
    await database._reader.in_thread(lambda connection: connection.set_trace_callback(statements.append))

    counts = await asyncio.gather(*(database.read(_count) for _ in range(100)))

    assert counts == [0] * 100
    assert statements.count("begin") == 1


async def test_read_sees_what_was_written_before_it_was_asked(database: SqliteDatabase) -> None:
    under_way = asyncio.create_task(database.read(_count))
    await asyncio.sleep(0)
    await database.write(_note)

    after = await database.read(_count)

    assert after == 1
    await under_way


async def test_read_that_fails_takes_no_other_with_it(database: SqliteDatabase) -> None:
    units = [_count, _read_nonsense, _count]

    answers = await asyncio.gather(*(database.read(unit) for unit in units), return_exceptions=True)

    assert [type(answer) for answer in answers] == [int, StorageUnavailable, int]


async def test_reader_that_went_away_leaves_the_others_their_answers(database: SqliteDatabase) -> None:
    going, staying = asyncio.create_task(database.read(_count)), asyncio.create_task(database.read(_count))
    await asyncio.sleep(0)

    going.cancel()

    assert await staying == 0
    assert going.cancelled()


async def test_closed_database_says_so(sqlite_url: str) -> None:
    database = await SqliteDatabase.open(Path(sqlite_url))
    await database.close()

    with pytest.raises(StorageUnavailable, match="closed"):
        await asyncio.wait_for(database.read(_count), 5)
