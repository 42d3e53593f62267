"""`threadline backup` and `threadline migrate`: what is copied, what is refused."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrate import migrations
from tests.cli.conftest import MARIA, Desk
from tests.e2e.office import office

LATEST = max(migrations())


def versions(path: Path) -> list[int]:
    """The migrations that ran on a file."""
    with closing(sqlite3.connect(path)) as connection:
        return [int(row[0]) for row in connection.execute("select version from schema_version order by version")]


def bodies(path: Path) -> list[str]:
    """The words of every message in a file."""
    with closing(sqlite3.connect(path)) as connection:
        return [str(row[0]) for row in connection.execute("select body from messages where body <> ''")]


def mode(path: Path) -> int:
    """Who may read a file."""
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path, pattern: str = "*") -> list[str]:
    """What is in a folder."""
    return [path.name for path in folder.glob(pattern)]


def becomes(desk: Desk, further: str) -> None:
    """From now on this program is a later version, with one more migration."""
    later = {**migrations(), LATEST + 1: further}
    desk.monkeypatch.setattr("storage.migrate.migrations", lambda: later)
    desk.monkeypatch.setattr("bot.startup.migrations", lambda: later)


# --- backup ---------------------------------------------------------------------------------------------


async def test_backup_of_a_running_bot_holds_what_was_said(desk: Desk, machine: Path) -> None:
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        await team.open("Is the 3 pm slot still free?", number=MARIA)
        desk.set(THREADLINE_DATABASE="office.db")

        ran = await desk.types("backup", "copy.db")

    assert (ran.code, ran.out) == (0, "Copied to copy.db.\n")
    assert "Is the 3 pm slot still free?" in bodies(machine / "copy.db")
    assert versions(machine / "copy.db") == list(migrations())


async def test_backup_is_one_file_that_nobody_else_can_read(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")

    await desk.types("backup", "copy.db")

    assert mode(machine / "copy.db") == 0o600
    assert names(machine, "copy.db*") == ["copy.db"]


async def test_backup_overwrites_nothing(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")
    (machine / "copy.db").write_text("mine")

    ran = await desk.types("backup", "copy.db")

    assert (ran.code, ran.err) == (1, "copy.db exists already: name a new file.\n")
    assert (machine / "copy.db").read_text() == "mine"


async def test_backup_without_a_database_makes_none(desk: Desk, machine: Path) -> None:
    ran = await desk.types("backup", "copy.db")

    assert (ran.code, ran.err) == (1, "There is no database at threadline.db.\n")
    assert names(machine) == []


async def test_backup_into_no_folder_names_the_folder(desk: Desk) -> None:
    await desk.types("migrate")

    ran = await desk.types("backup", "nowhere/copy.db")

    assert (ran.code, ran.err) == (1, "There is no folder nowhere.\n")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that takes no files")
async def test_backup_that_cannot_be_written_is_told(desk: Desk) -> None:
    await desk.types("migrate")

    ran = await desk.types("backup", "/proc/copy.db")

    assert ran.code == 1
    assert ran.err.startswith("/proc/copy.db cannot be written (")


async def test_backup_of_postgres_names_its_own_tool(desk: Desk) -> None:
    desk.set(THREADLINE_DATABASE="postgresql://somebody:a-password@127.0.0.1:9/threadline")

    ran = await desk.types("backup", "copy.db")

    assert (ran.code, ran.err) == (1, "The database is PostgreSQL: back it up with pg_dump.\n")


# --- migrate --------------------------------------------------------------------------------------------


async def test_migrate_makes_a_database_that_nobody_else_can_read(desk: Desk, machine: Path) -> None:
    ran = await desk.types("migrate")

    assert (ran.code, ran.out) == (0, f"The database has schema {LATEST}.\n")
    assert versions(machine / "threadline.db") == list(migrations())
    assert mode(machine / "threadline.db") == 0o600


async def test_migrate_a_second_time_changes_nothing(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")

    ran = await desk.types("migrate")

    assert (ran.code, ran.out) == (0, f"The database has schema {LATEST}.\n")
    assert names(machine, "*.backup-*") == []


async def test_migrate_copies_an_older_database_first(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")
    becomes(desk, "create table later (id integer primary key);")

    ran = await desk.types("migrate")

    (copy,) = names(machine, f"threadline.db.backup-schema-{LATEST}-*")
    assert (ran.code, ran.out) == (0, f"The database has schema {LATEST + 1}.\n")
    assert versions(machine / "threadline.db") == [*migrations(), LATEST + 1]
    assert versions(machine / copy) == list(migrations())
    assert mode(machine / copy) == 0o600


async def test_migration_that_fails_leaves_the_database_as_it_was(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")
    becomes(desk, "create table later (id integer primary key); create nonsense;")

    ran = await desk.types("migrate")

    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert versions(machine / "threadline.db") == list(migrations())


async def test_migrate_on_postgres(desk: Desk, postgres_url: str) -> None:
    desk.set(THREADLINE_DATABASE=postgres_url)

    ran = await desk.types("migrate")

    assert (ran.code, ran.out) == (0, f"The database has schema {LATEST}.\n")
