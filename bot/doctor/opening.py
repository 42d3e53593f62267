"""Opens the database that is there, as it is, and says how that went."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bridge import pace_rules
from bot.doctor.findings import Finding, fine, look, wrong
from bot.errors import BotError, SettingsError
from bot.settings import Settings
from storage.database import Database
from storage.migrate import migrations, refuse_newer, schema_version
from storage.store import Store, is_postgres, open_database

MIB = 1024 * 1024
LITTLE = 1024 * MIB  # bytes left on the disk
TOO_LITTLE = 100 * MIB
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found, and the store if it can be read."""

    findings: Sequence[Finding]
    store: Store | None = None


@contextlib.asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Opened]:
    """The database, if it is there and this version understands it."""
    url = settings.threadline_database
    before = [] if is_postgres(url) else look_at_file(Path(url), os.geteuid())
    if not is_postgres(url) and not _may_open(Path(url)):
        yield Opened(before)
        return
    try:
        database = await open_database(url)
    except SettingsError as error:
        yield Opened([*before, wrong(str(error))])
        return
    try:
        schema, usable = await _look_at_schema(database)
        yield Opened([*before, schema], Store(database, pace_rules(settings)) if usable else None)
    finally:
        await database.close()


async def look_at_open(settings: Settings, store: Store) -> Opened:
    """The same of a database that is in use. Raises `StorageUnavailable`."""
    url = settings.threadline_database
    file = [] if is_postgres(url) else look_at_file(Path(url), os.geteuid())
    schema, _ = await _look_at_schema(store.database)
    return Opened([*file, schema], store)


def _may_open(path: Path) -> bool:
    """Opening makes the file where there is none, and files beside it that belong to whoever opens it."""
    return path.is_file() and path.stat().st_uid == os.geteuid()


def look_at_file(path: Path, user: int) -> list[Finding]:
    """Where the file is, whose it is, who may read it, and how much room there is. `user` is our own id."""
    if not path.parent.is_dir():
        return [wrong(f"Database: the folder {path.parent} does not exist. Make it, or set THREADLINE_DATABASE.")]
    if not path.exists():
        words = f"Database: there is none at {path.absolute()} yet. `threadline lines add` or `run` makes it."
        return [look(words), disk(path, shutil.disk_usage(path.parent).free)]
    if not path.is_file():
        return [wrong(f"Database: {path} is not a file. Set THREADLINE_DATABASE to the path of one.")]
    status = path.stat()
    if status.st_uid != user:
        words = f"Database: {path} belongs to another user. Run this as that user, as in `sudo -u`."
        return [wrong(words)]
    return [_mode(path, stat.S_IMODE(status.st_mode)), disk(path, shutil.disk_usage(path.parent).free)]


def _mode(path: Path, mode: int) -> Finding:
    """Opening sets it right, so it is looked at before."""
    if mode & OTHERS:
        return look(
            f"Database: others could read {path} (mode {mode:o}). Threadline sets it to 600 when it opens it."
        )
    return fine(f"Database: {path}, which nobody else can read.")


def disk(path: Path, free: int) -> Finding:
    """How much room there is; `free` in bytes. Pure."""
    words = f"Disk: {free // MIB:,} MiB free beside {path.name}."
    if free < TOO_LITTLE:
        return wrong(f"{words} Make room: texts cannot be taken in when it is full.")
    return look(f"{words} Make room soon.") if free < LITTLE else fine(words)


async def _look_at_schema(database: Database) -> tuple[Finding, bool]:
    """What to say of it, and whether this version's questions can be asked."""
    latest = max(migrations())
    try:
        version = await schema_version(database)
        refuse_newer(version, latest)
    except BotError as error:
        return wrong(f"Database: {error}"), False
    if version < latest:
        words = f"Database: its schema is {version}, this version's is {latest}. `threadline run` migrates it."
        return look(words), False
    return fine(f"Database: its schema is {version}, as this version wants it."), True
