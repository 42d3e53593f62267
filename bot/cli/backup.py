"""`threadline backup FILE`: a consistent copy of the SQLite database, also while the bot runs."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.errors import UsageError
from bot.settings import Settings
from storage.sqlite import SqliteDatabase
from storage.store import is_missing, is_postgres


def run(parsed: argparse.Namespace) -> int:
    """Copy it. Raises `UsageError` for what cannot be copied, or not to there."""
    database, target = Settings.from_environment().threadline_database, Path(parsed.file)
    if is_postgres(database):
        raise UsageError("The database is PostgreSQL: back it up with pg_dump.")
    if is_missing(database):
        raise UsageError(f"There is no database at {database}.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.")
    if target.exists():
        raise UsageError(f"{target} exists already: name a new file.")
    try:
        asyncio.run(_backup(Path(database), target))
    except OSError as error:
        raise UsageError(f"{target} cannot be written ({error.strerror}).") from None
    print(f"Copied to {target}.")
    return 0


async def _backup(source: Path, target: Path) -> None:
    opened = await SqliteDatabase.open(source)
    try:
        await opened.backup(target)
    finally:
        await opened.close()
