"""What the two databases have in common: a unit of work, and the same SQL text for both.

A unit is an async function of a `Tx`. It runs in one transaction, start to end, and does no other I/O.
SQL names its values `:name`; `:now` is the time in microseconds. A comment `/* for update … */` counts on
PostgreSQL alone.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

# One value of a row. `Any` because the schema, not the type checker, knows the columns; every query in this
# room turns its rows into typed values before they leave it.
Row = Mapping[str, Any]
Value = str | int | None

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER_US = 2**62  # a time that does not come


class Tx(Protocol):
    """One open transaction."""

    async def rows(self, sql: str, **values: Value) -> Sequence[Row]:
        """Every row of the answer."""

    async def row(self, sql: str, **values: Value) -> Row | None:
        """The first row of the answer, or None."""

    async def run(self, sql: str, **values: Value) -> int:
        """Run a statement; how many rows it changed."""

    async def define(self, statement: str) -> None:
        """Run a statement of a migration, alone among all processes that migrate."""

    def wake(self) -> None:
        """Wake every worker once this transaction is committed: there is something to deliver."""


Unit = Callable[[Tx], Awaitable[T]]


class Database(Protocol):
    """Where everything is kept."""

    async def write(self, unit: Unit[T], *, order: str = "") -> T:
        """Run `unit` in a transaction. Units of the same `order` run in the order of these calls.
        Raises `StorageUnavailable` when the database cannot take it now."""

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads."""

    async def survey(self, unit: Unit[T]) -> T:
        """Run a unit that only reads, and long; nothing else waits for it but another survey."""

    async def changed(self) -> None:
        """Return when somebody committed something to deliver, here or in another process."""

    async def close(self) -> None:
        """Finish what was asked and close."""


def micros(at: datetime) -> int:
    """Microseconds since 1970, UTC. Exact: no float on the way."""
    return (at - EPOCH) // timedelta(microseconds=1)


def instant(us: int) -> datetime:
    """The aware datetime of `micros`."""
    return EPOCH + timedelta(microseconds=us)


def maybe_instant(us: int | None) -> datetime | None:
    """`instant`, or None."""
    return None if us is None else instant(us)


_NAME_OR_TEXT = re.compile(r"'[^']*'|::\w+|:([a-z_]+)|%|/\* (for update[^*]*) \*/")
SERVER_NOW = "(extract(epoch from clock_timestamp()) * 1000000)::bigint"


@lru_cache(maxsize=512)
def for_postgres(sql: str, *, server_now: bool) -> str:
    """The same statement as psycopg wants it. With `server_now`, `:now` is the server's clock, so that
    replicas whose clocks differ agree."""

    def translate(match: re.Match[str]) -> str:
        name, lock = match.group(1), match.group(2)
        if lock:
            return lock
        if name == "now" and server_now:
            return SERVER_NOW
        return f"%({name})s" if name else match.group(0).replace("%", "%%")

    return _NAME_OR_TEXT.sub(translate, sql)
