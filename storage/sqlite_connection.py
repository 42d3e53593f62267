"""A connection to a SQLite file, with a thread of its own, and what is set on each."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import aiosqlite

from storage.database import T

BUSY_TIMEOUT_S = 15.0
# The writer copies what was committed from the log into the file only when the log has become this long; everybody
# waits for that. See `checkpoint`.
LONGEST_LOG = 8_000  # pages of 4 kB


class Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, with a way to run a whole function in that thread."""

    async def in_thread(self, function: Callable[[sqlite3.Connection], T]) -> T:
        answer = await self._execute(lambda: function(self._conn))  # type: ignore[no-untyped-call]  # theirs
        return cast("T", answer)


async def connect(path: Path, *, journal: str = "wal") -> Connection:
    """Open or make a file. Raises `sqlite3.Error`."""
    connection = Connection(partial(_connector, path, journal), iter_chunk_size=64)
    try:
        return cast("Connection", await connection)
    except sqlite3.Error:
        connection._thread.join()  # its last word must still find the loop open
        raise


def _connector(path: Path, journal: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        connection.execute(f"pragma journal_mode = {journal}")
        connection.execute("pragma synchronous = full")
        connection.execute(f"pragma wal_autocheckpoint = {LONGEST_LOG}")
        connection.execute("pragma foreign_keys = on")
        if sys.platform == "darwin":  # fsync alone does not empty the drive's cache there
            connection.execute("pragma fullfsync = on")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def checkpoint(connection: sqlite3.Connection) -> None:
    """Copy what was committed from the log into the file, as far as nobody reads it; nobody waits for it.

    Source: https://www.sqlite.org/wal.html#performance_considerations
    """
    connection.execute("pragma wal_checkpoint(passive)").fetchall()


def data_version(connection: sqlite3.Connection) -> int:
    """Another one once another process has committed."""
    return int(connection.execute("pragma data_version").fetchone()[0])


def code_of(error: Exception) -> str:
    """SQLite's name for what went wrong, or else the class. Pure."""
    return str(getattr(error, "sqlite_errorname", type(error).__name__))
