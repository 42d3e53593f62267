"""SQLite: one file, one writer, commits in groups."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest

from bot.errors import SettingsError, StorageUnavailable
from storage import sqlite, sqlite_connection
from storage.database import Tx, Unit
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase
from storage.sqlite_connection import checkpoint
from tests.databases import Clock

PATIENCE_S = 10.0


@pytest.fixture
async def database(sqlite_url: str, clock: Clock) -> AsyncIterator[SqliteDatabase]:
    """Only SQLite."""
    opened = await SqliteDatabase.open(Path(sqlite_url), clock=clock)
    await migrate(opened)
    yield opened
    await opened.close()


def _note(name: str, *, wake: bool = False) -> Unit[None]:
    async def unit(tx: Tx) -> None:
        await tx.run("insert into facts (name, value, noted_at) values (:name, '', :now)", name=name)
        if wake:
            tx.wake()

    return unit


async def _names(tx: Tx) -> list[str]:
    return [row["name"] for row in await tx.rows("select name from facts order by rowid")]


async def _note_then_fail(tx: Tx) -> None:
    await _note("half done")(tx)
    raise ValueError("on purpose")


async def _wait_for_something_else(tx: Tx) -> None:
    await _note("half done")(tx)
    await asyncio.sleep(0)


def _broken(*_: object) -> NoReturn:
    raise LookupError("on purpose")


# --- The group


async def test_unit_that_fails_takes_no_other_of_its_group_with_it(database: SqliteDatabase) -> None:
    units = [_note("one"), _note_then_fail, _note("two")]

    answers = await asyncio.gather(*(database.write(unit) for unit in units), return_exceptions=True)

    assert [type(answer) for answer in answers] == [type(None), ValueError, type(None)]
    assert await database.read(_names) == ["one", "two"]


async def test_unit_that_breaks_a_rule_of_the_schema_takes_no_other_with_it(database: SqliteDatabase) -> None:
    units = [_note("one"), _note("one"), _note("two")]

    answers = await asyncio.gather(*(database.write(unit) for unit in units), return_exceptions=True)

    assert isinstance(answers[1], sqlite3.IntegrityError)
    assert await database.read(_names) == ["one", "two"]


async def test_unit_that_waits_for_anything_else_is_refused_and_undone(database: SqliteDatabase) -> None:
    with pytest.raises(RuntimeError, match="not the database"):
        await database.write(_wait_for_something_else)

    assert await database.read(_names) == []


async def test_error_that_nobody_foresaw_is_told_to_who_asked_and_the_next_unit_is_written(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sqlite, "run_group", _broken)
        with pytest.raises(LookupError, match="on purpose"):
            await asyncio.wait_for(database.write(_note("lost")), PATIENCE_S)

    await asyncio.wait_for(database.write(_note("written")), PATIENCE_S)

    assert await database.read(_names) == ["written"]


async def test_units_run_in_the_order_of_the_calls(database: SqliteDatabase) -> None:
    names = [f"{n:04}" for n in range(600)]

    await asyncio.gather(*(database.write(_note(name)) for name in names))

    assert await database.read(_names) == names


async def test_what_waits_is_committed_together(database: SqliteDatabase) -> None:
    statements = await _traced(database)

    await asyncio.gather(*(database.write(_note(f"{n}")) for n in range(100)))

    assert statements.count("commit") == 1


async def test_group_has_a_limit(database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "GROUP_LIMIT", 10)
    statements = await _traced(database)

    await asyncio.gather(*(database.write(_note(f"{n}")) for n in range(100)))

    assert statements.count("commit") == 10


async def _traced(database: SqliteDatabase) -> list[str]:
    statements: list[str] = []
    await database._writer.in_thread(lambda connection: connection.set_trace_callback(statements.append))
    return statements


async def test_caller_that_went_away_has_its_unit_done_all_the_same(database: SqliteDatabase) -> None:
    going = asyncio.create_task(database.write(_note("one")))
    await asyncio.sleep(0)
    going.cancel()

    await database.write(_note("two"))

    assert going.cancelled()
    assert await database.read(_names) == ["one", "two"]


async def test_closing_finishes_what_was_asked(sqlite_url: str) -> None:
    database = await SqliteDatabase.open(Path(sqlite_url))
    await migrate(database)
    asked = [asyncio.create_task(database.write(_note(f"{n}"))) for n in range(20)]
    await asyncio.sleep(0)

    await database.close()

    await asyncio.gather(*asked)
    with sqlite3.connect(sqlite_url) as connection:
        assert connection.execute("select count(*) from facts").fetchone() == (20,)
    connection.close()


# --- Durability


async def test_what_is_written_survives_a_power_cut(database: SqliteDatabase) -> None:
    async def settings(tx: Tx) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        rows = [await tx.row(f"pragma {name}") for name in names]
        return [row[name] for row, name in zip(rows, names, strict=True) if row is not None]

    assert await database.write(settings) == ["wal", 2, 1]


async def test_what_was_committed_is_copied_from_the_log_into_the_file(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, copied = asyncio.get_running_loop(), asyncio.Event()

    def and_tell(connection: sqlite3.Connection) -> None:
        checkpoint(connection)
        loop.call_soon_threadsafe(copied.set)

    monkeypatch.setattr(sqlite, "checkpoint", and_tell)
    monkeypatch.setattr(sqlite, "COPY_EVERY_S", 0.001)
    database = await SqliteDatabase.open(Path(sqlite_url))
    before = _facts_in_the_file(sqlite_url)
    await asyncio.gather(*(database.write(_note(str(number))) for number in range(9)))
    for number in range(sqlite.COPY_AFTER):
        await database.write(_note(f"later {number}"))

    await asyncio.wait_for(copied.wait(), PATIENCE_S)

    assert before == 0
    assert _facts_in_the_file(sqlite_url) >= 9
    await database.close()


def _facts_in_the_file(path: str) -> int:
    """Without what is only in the log."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        return int(connection.execute("select count(*) from facts").fetchone()[0])


async def test_what_was_written_is_read_at_once_by_another_process(database: SqliteDatabase) -> None:
    await database.write(_note("one"))

    with sqlite3.connect(database.path) as other:
        found = other.execute("select name from facts").fetchall()
    other.close()

    assert found == [("one",)]


# --- Waking


async def test_unit_that_wakes_wakes_once_it_is_committed(database: SqliteDatabase) -> None:
    await database.write(_note("one"))
    waiting = asyncio.create_task(database.changed())
    await database.write(_note("two"))
    without = waiting.done()

    await database.write(_note("three", wake=True))

    await asyncio.wait_for(waiting, PATIENCE_S)
    assert without is False


async def test_wake_up_that_nobody_waited_for_yet_is_not_lost(database: SqliteDatabase) -> None:
    await database.write(_note("one", wake=True))

    await asyncio.wait_for(database.changed(), PATIENCE_S)


async def test_watch_goes_on_after_the_database_could_not_be_asked(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = count()

    def version(_: sqlite3.Connection) -> int:
        found = next(versions)
        if found == 1:
            raise sqlite3.OperationalError("disk I/O error")
        return found

    monkeypatch.setattr(sqlite, "data_version", version)
    monkeypatch.setattr(sqlite, "WATCH_EVERY_S", 0.001)
    database = await SqliteDatabase.open(Path(sqlite_url))

    await asyncio.wait_for(database.changed(), PATIENCE_S)

    await database.close()


async def test_commit_of_another_process_wakes(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WATCH_EVERY_S", 0.01)
    database = await SqliteDatabase.open(Path(sqlite_url))
    await migrate(database)
    waiting = asyncio.create_task(database.changed())
    await asyncio.sleep(0)

    other = await asyncio.create_subprocess_exec(sys.executable, "-c", _INSERT, sqlite_url)
    ended = await other.wait()

    await asyncio.wait_for(waiting, PATIENCE_S)
    assert ended == 0
    assert await database.read(_names) == ["from outside"]
    await database.close()


_INSERT = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    connection.execute("insert into facts (name, value, noted_at) values ('from outside', '', 0)")
connection.close()
"""

# --- When it cannot be


async def test_database_that_another_process_keeps_busy_cannot_be_written_and_then_can(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_connection, "BUSY_TIMEOUT_S", 0.05)
    database = await SqliteDatabase.open(Path(sqlite_url))
    await migrate(database)
    other = sqlite3.connect(sqlite_url, isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(StorageUnavailable, match="SQLITE_BUSY"):
        await database.write(_note("one"))
    read_meanwhile = await database.read(_names)
    other.execute("rollback")
    other.close()
    await database.write(_note("two"))

    assert read_meanwhile == []
    assert await database.read(_names) == ["two"]
    await database.close()


async def test_error_of_the_database_quotes_nothing(database: SqliteDatabase) -> None:
    async def unit(tx: Tx) -> None:
        await tx.run("insert into nowhere values ('+14155550134')")

    with pytest.raises(StorageUnavailable) as refused:
        await database.write(unit)

    assert str(refused.value) == "The database cannot be used now (SQLITE_ERROR)."


@pytest.fixture
def no_database(tmp_path: Path) -> Path:
    """A file with something else in it."""
    path = tmp_path / "notes.txt"
    path.write_bytes(b"not a database, but long enough to look at" * 100)
    return path


async def test_file_that_is_no_database_is_refused_by_name(no_database: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be opened \(SQLITE_NOTADB\)\. It is damaged"):
        await SqliteDatabase.open(no_database)


# --- Backup


async def test_backup_is_whole_private_and_can_be_opened(database: SqliteDatabase, tmp_path: Path) -> None:
    await database.write(_note("one"))
    target = tmp_path / "backup.db"

    await database.backup(target)
    await database.write(_note("two"))

    copy = await SqliteDatabase.open(target)
    names = await copy.read(_names)
    await copy.close()
    assert names == ["one"]
    assert target.stat().st_mode & 0o777 == 0o600


async def test_backup_while_others_write_is_consistent(database: SqliteDatabase, tmp_path: Path) -> None:
    async def pair(tx: Tx) -> None:
        row = await tx.row("select count(*) as n from facts")
        assert row is not None
        await _note(f"{row['n']}")(tx)
        await _note(f"{row['n'] + 1}")(tx)

    writes = [asyncio.create_task(database.write(pair)) for _ in range(200)]
    await database.backup(tmp_path / "backup.db")
    await asyncio.gather(*writes)

    with sqlite3.connect(tmp_path / "backup.db") as connection:
        (count,) = connection.execute("select count(*) from facts").fetchone()
        checked = connection.execute("pragma integrity_check").fetchone()
    connection.close()
    assert checked == ("ok",)
    assert count % 2 == 0
