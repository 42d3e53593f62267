"""The SQLite file: who may read it, where it may be, and who holds it."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.errors import SettingsError, StorageUnavailable
from storage import sqlite, sqlite_file
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase
from storage.sqlite_file import hold, refuse_network_file_system


def _modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


async def test_every_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = await SqliteDatabase.open(tmp_path / "threadline.db")
        await migrate(database)
        modes = _modes(tmp_path)
        await database.close()
    finally:
        os.umask(before)

    assert set(modes.values()) == {0o600}
    assert modes.keys() == {"threadline.db", "threadline.db-wal", "threadline.db-shm"}


async def test_file_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "threadline.db"
    path.touch(mode=0o644)

    await (await SqliteDatabase.open(path)).close()

    assert _modes(tmp_path)["threadline.db"] == 0o600


def test_second_bot_on_a_file_is_told_of_postgres(tmp_path: Path) -> None:
    held = hold(tmp_path / "threadline.db")

    with pytest.raises(SettingsError, match=r"Another Threadline runs on .* PostgreSQL"):
        hold(tmp_path / "threadline.db")

    os.close(held)
    assert _modes(tmp_path) == {"threadline.db.lock": 0o600}


def test_file_is_free_once_its_bot_is_gone(tmp_path: Path) -> None:
    os.close(hold(tmp_path / "threadline.db"))

    os.close(hold(tmp_path / "threadline.db"))


def test_two_files_have_two_bots(tmp_path: Path) -> None:
    one, other = hold(tmp_path / "one.db"), hold(tmp_path / "other.db")

    os.close(one)
    os.close(other)
    assert one != other


def test_file_in_no_folder_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        hold(tmp_path / "nowhere" / "threadline.db")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
async def test_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(sqlite_file, "_file_system", lambda _: kind)

    with pytest.raises(SettingsError, match=f"network file system \\({kind}\\)"):
        await SqliteDatabase.open(tmp_path / "threadline.db")

    assert _modes(tmp_path) == {}


def test_local_file_system_is_taken(tmp_path: Path) -> None:
    refuse_network_file_system(tmp_path / "threadline.db")


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="this system does not list its mounts")
def test_file_system_is_that_of_the_deepest_mount() -> None:
    assert sqlite_file._file_system(Path("/proc")) == "proc"


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A database of a process whose files may not grow beyond 8 KiB any more, as on a full disk."""
    database = await SqliteDatabase.open(tmp_path / "threadline.db")
    await migrate(database)
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, most))
    yield database
    resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
    await database.close()


async def test_backup_without_room_is_told_and_leaves_nothing(full: SqliteDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()

    with pytest.raises(StorageUnavailable, match="The copy could not be made"):
        await full.backup(folder / "copy.db")

    assert list(folder.iterdir()) == []


def _remove(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


async def _changes_of(database: SqliteDatabase) -> None:
    async with asyncio.timeout(5):
        while True:
            await database.changed()


@pytest.mark.parametrize("change", [_remove, _replace])
async def test_file_that_is_taken_away_under_the_bot_ends_it(
    change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WATCH_EVERY_S", 0.0)
    database = await SqliteDatabase.open(tmp_path / "threadline.db")
    await migrate(database)

    change(tmp_path / "threadline.db")

    with pytest.raises(SettingsError, match="was removed or replaced while the bot ran"):
        await _changes_of(database)
    await database.close()
