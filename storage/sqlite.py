"""SQLite, the default: one file, one writer, commits in groups.

Promises
- What `write` returned is on disk: WAL with `synchronous=FULL` (and `fullfsync` on macOS).
- Units run in the order of the calls; everything that waits is committed together, each unit in a savepoint
  of its own, so that one that fails takes no other with it.
- A statement never suspends inside a unit, so a unit runs start to end in the connection's thread: one hop
  between threads for a whole batch instead of one for each statement.
- Files are 0600. Two bots on one file are impossible: see `hold`.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiosqlite

from bot.errors import SettingsError, StorageUnavailable
from storage.database import Row, T, Unit, Value
from storage.sqlite_file import refuse_network_file_system, touch_private

BUSY_TIMEOUT_S = 15.0
GROUP_LIMIT = 256  # units in one commit
BREATH_S = 0.001  # between two commits, so that another process gets its turn
WATCH_EVERY_S = 1.0  # how often other processes' commits are looked for

_Clock = Callable[[], int]  # microseconds now


def wall_clock() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


class _Tx:
    """A transaction on a plain connection; its coroutines never suspend."""

    def __init__(self, connection: sqlite3.Connection, clock: _Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.woken = False

    async def rows(self, sql: str, **values: Value) -> Sequence[Row]:
        return cast("Sequence[Row]", self._execute(sql, values).fetchall())

    async def row(self, sql: str, **values: Value) -> Row | None:
        found = self._execute(sql, values).fetchall()
        return cast("Row", found[0]) if found else None

    async def run(self, sql: str, **values: Value) -> int:
        return self._execute(sql, values).rowcount

    async def define(self, statement: str) -> None:
        self._connection.execute(statement)

    def wake(self) -> None:
        self.woken = True

    def _execute(self, sql: str, values: dict[str, Value]) -> sqlite3.Cursor:
        values["now"] = self._clock()
        return self._connection.execute(sql, values)


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, with a way to run a whole function in that thread."""

    async def in_thread(self, function: Callable[[sqlite3.Connection], T]) -> T:
        answer = await self._execute(lambda: function(self._conn))  # type: ignore[no-untyped-call]  # theirs
        return cast("T", answer)


@dataclass(slots=True)
class _Waiting:
    unit: Unit[Any]
    answer: asyncio.Future[Any]


@dataclass(slots=True)
class _Ran:
    value: object = None
    error: BaseException | None = None


def _drive(unit: Unit[T], tx: _Tx) -> T:
    """Run a unit whose awaits never suspend."""
    coroutine = cast("Coroutine[object, None, T]", unit(tx))
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return cast("T", finished.value)
    coroutine.close()
    raise RuntimeError("a unit of work awaited something that is not the database")


def _run_one(connection: sqlite3.Connection, unit: Unit[Any], tx: _Tx) -> _Ran:
    connection.execute("savepoint unit")
    try:
        value = _drive(unit, tx)
    except BaseException as error:  # noqa: BLE001 - handed to the caller, whose error it is
        connection.execute("rollback to unit")
        connection.execute("release unit")
        return _Ran(error=error)
    connection.execute("release unit")
    return _Ran(value)


def _run_group(
    clock: _Clock, units: Sequence[Unit[Any]], connection: sqlite3.Connection
) -> tuple[list[_Ran], bool]:
    """Run every unit in one transaction; whether one of them wakes the workers."""
    tx = _Tx(connection, clock)
    connection.execute("begin immediate")
    try:
        ran = [_run_one(connection, unit, tx) for unit in units]
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    return ran, tx.woken


def _read_one(clock: _Clock, unit: Unit[T], connection: sqlite3.Connection) -> T:
    connection.execute("begin")
    try:
        return _drive(unit, _Tx(connection, clock))
    finally:
        connection.execute("rollback")


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma data_version").fetchone()[0])


@contextlib.contextmanager
def _as_storage_errors() -> Iterator[None]:
    """SQLite's own words may quote values: only the class and code go on."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", type(error).__name__)
        raise StorageUnavailable(f"The database cannot be used now ({code}).") from None


class SqliteDatabase:
    """One SQLite file. Build it with `SqliteDatabase.open`."""

    def __init__(self, path: Path, writer: _Connection, reader: _Connection, clock: _Clock) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._waiting: asyncio.Queue[_Waiting | None] = asyncio.Queue()
        self._wake = asyncio.Event()
        self._tasks = [asyncio.create_task(self._write_groups()), asyncio.create_task(self._watch())]

    @classmethod
    async def open(cls, path: Path, *, clock: _Clock = wall_clock) -> SqliteDatabase:
        """Open or make the file. Raises `SettingsError` when it cannot be."""
        refuse_network_file_system(path)
        try:
            touch_private(path)
            return cls(path, await _connect(path), await _connect(path), clock)
        except (OSError, sqlite3.Error) as error:
            reason = type(error).__name__
            raise SettingsError(f"THREADLINE_DATABASE: {path} cannot be opened ({reason}).") from None

    async def write(self, unit: Unit[T], *, order: str = "") -> T:  # noqa: ARG002 - all units are in order here
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(_Waiting(unit, answer))
        return await answer

    async def read(self, unit: Unit[T]) -> T:
        with _as_storage_errors():
            return await self._reader.in_thread(partial(_read_one, self._clock, unit))

    async def changed(self) -> None:
        await self._wake.wait()
        self._wake.clear()

    async def backup(self, target: Path) -> None:
        """Copy everything, in a consistent state, to a new file of mode 0600."""
        touch_private(target)
        copy = await _connect(target, journal="delete")
        try:
            destination = await copy.in_thread(lambda connection: connection)
            with _as_storage_errors():
                await self._reader.in_thread(lambda connection: connection.backup(destination))
        finally:
            await copy.close()

    async def close(self) -> None:
        writing, watching = self._tasks
        watching.cancel()
        self._waiting.put_nowait(None)
        await asyncio.gather(writing, watching, return_exceptions=True)
        await self._writer.close()
        await self._reader.close()

    async def _write_groups(self) -> None:
        """The one writer: take all that waits, commit it together, answer."""
        committed_at = 0.0
        while True:
            group, last = self._take(await self._waiting.get())
            if group:
                await asyncio.sleep(max(0.0, committed_at + BREATH_S - time.monotonic()))
                group, last = self._take_more(group, last=last)
                await self._commit(group)
                committed_at = time.monotonic()
            if last:
                return

    def _take(self, first: _Waiting | None) -> tuple[list[_Waiting], bool]:
        return ([], True) if first is None else self._take_more([first], last=False)

    def _take_more(self, group: list[_Waiting], *, last: bool) -> tuple[list[_Waiting], bool]:
        while not last and len(group) < GROUP_LIMIT and not self._waiting.empty():
            following = self._waiting.get_nowait()
            if following is None:
                return group, True
            group.append(following)
        return group, last

    async def _commit(self, group: Sequence[_Waiting]) -> None:
        units = [waiting.unit for waiting in group]
        try:
            with _as_storage_errors():
                ran, woken = await self._writer.in_thread(partial(_run_group, self._clock, units))
        except (StorageUnavailable, sqlite3.IntegrityError) as error:
            for waiting in group:
                _answer(waiting.answer, _Ran(error=error))
            return
        for waiting, outcome in zip(group, ran, strict=True):
            _answer(waiting.answer, outcome)
        if woken:
            self._wake.set()

    async def _watch(self) -> None:
        """Notice what other processes committed, once a second."""
        seen = await self._writer.in_thread(_data_version)
        while True:
            await asyncio.sleep(WATCH_EVERY_S)
            version = await self._writer.in_thread(_data_version)
            if version != seen:
                seen = version
                self._wake.set()


def _answer(answer: asyncio.Future[Any], outcome: _Ran) -> None:
    if answer.done():  # its caller was cancelled; the work is done all the same
        return
    if outcome.error is None:
        answer.set_result(outcome.value)
    else:
        answer.set_exception(_plain(outcome.error))


def _plain(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.IntegrityError):
        code = getattr(error, "sqlite_errorname", type(error).__name__)
        return StorageUnavailable(f"The database cannot be used now ({code}).")
    return error


async def _connect(path: Path, *, journal: str = "wal") -> _Connection:
    connection = _Connection(partial(_connector, path, journal), iter_chunk_size=64)
    try:
        return cast("_Connection", await connection)
    except sqlite3.Error:
        connection._thread.join()  # its last word must still find the loop open
        raise


def _connector(path: Path, journal: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute(f"pragma journal_mode = {journal}")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        if sys.platform == "darwin":  # fsync alone does not empty the drive's cache there
            connection.execute("pragma fullfsync = on")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
