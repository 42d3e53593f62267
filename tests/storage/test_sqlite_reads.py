"""What waits to be read on SQLite is read together, and no reader disturbs another."""

from __future__ import annotations

import asyncio
import threading
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


async def test_survey_that_takes_long_keeps_nobody_waiting(database: SqliteDatabase) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def long(tx: Tx) -> int:
        begun.set()
        assert go_on.wait(10)
        return await _count(tx)

    surveying = asyncio.create_task(database.survey(long))
    await asyncio.to_thread(begun.wait, 10)

    await database.write(_note)
    assert await database.read(_count) == 1

    go_on.set()
    assert await surveying == 1  # what it reads begins with its first statement


async def test_surveys_wait_for_each_other_and_see_what_was_written(database: SqliteDatabase) -> None:
    await database.survey(_count)
    await database.write(_note)

    counts = await asyncio.gather(*(database.survey(_count) for _ in range(3)))

    assert counts == [1, 1, 1]


async def test_survey_that_fails_says_so_and_the_next_goes_on(database: SqliteDatabase) -> None:
    with pytest.raises(StorageUnavailable):
        await database.survey(_read_nonsense)

    assert await database.survey(_count) == 0


async def test_survey_of_a_closed_database_is_refused(database: SqliteDatabase) -> None:
    await database.survey(_count)
    await database.close()

    with pytest.raises(StorageUnavailable):
        await database.survey(_count)
