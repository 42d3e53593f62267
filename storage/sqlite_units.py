"""Units of work on a plain SQLite connection, run in the thread that owns it.

Promises
- Every unit has a savepoint of its own when it writes, so that one that fails takes no other with it.
- A statement never suspends inside a unit, so a unit runs start to end without leaving the thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, cast

from storage.database import Row, T, Unit, Value

Clock = Callable[[], int]  # microseconds now


class _Tx:
    """A transaction on a plain connection; its coroutines never suspend."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.woken = False

    async def rows(self, sql: str, **values: Value) -> Sequence[Row]:
        return self._fetch(sql, values)

    async def row(self, sql: str, **values: Value) -> Row | None:
        found = self._fetch(sql, values)
        return found[0] if found else None

    async def run(self, sql: str, **values: Value) -> int:
        return self._execute(sql, values).rowcount

    async def define(self, statement: str) -> None:
        self._connection.execute(statement)

    def wake(self) -> None:
        self.woken = True

    def _fetch(self, sql: str, values: dict[str, Value]) -> list[Row]:
        """Dicts: `sqlite3.Row` looks through all names for each column, twice the time for a whole message."""
        cursor = self._execute(sql, values)
        found = cursor.fetchall()
        if not found:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, each, strict=True)) for each in found]

    def _execute(self, sql: str, values: dict[str, Value]) -> sqlite3.Cursor:
        values["now"] = self._clock()
        return self._connection.execute(sql, values)


@dataclass(slots=True)
class Ran:
    """What became of a unit."""

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


def _run_one(connection: sqlite3.Connection, unit: Unit[Any], tx: _Tx) -> Ran:
    connection.execute("savepoint unit")
    try:
        value = _drive(unit, tx)
    except BaseException as error:  # noqa: BLE001 - handed to the caller, whose error it is
        connection.execute("rollback to unit")
        connection.execute("release unit")
        return Ran(error=error)
    connection.execute("release unit")
    return Ran(value)


def run_group(clock: Clock, units: Sequence[Unit[Any]], connection: sqlite3.Connection) -> tuple[list[Ran], bool]:
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


def read_group(clock: Clock, units: Sequence[Unit[Any]], connection: sqlite3.Connection) -> tuple[list[Ran], bool]:
    """Run every unit, which only reads, over one and the same state; nobody is woken."""
    connection.execute("begin")
    try:
        return [_read_one(unit, _Tx(connection, clock)) for unit in units], False
    finally:
        connection.execute("rollback")


def _read_one(unit: Unit[Any], tx: _Tx) -> Ran:
    try:
        return Ran(_drive(unit, tx))
    except BaseException as error:  # noqa: BLE001 - handed to the caller, whose error it is
        return Ran(error=error)
