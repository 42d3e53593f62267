"""A database is brought to the present schema, all of it or nothing, by one process at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.errors import SettingsError, StorageUnavailable
from storage import migrate as module
from storage.database import Database, Tx
from storage.migrate import migrate, migrations, schema_version, statements
from storage.store import open_database
from tests.databases import Postgres

LATEST = max(migrations())


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with nothing in it."""
    with ExitStack() as stack:
        if request.param == "postgres":
            postgres: Postgres = request.getfixturevalue("postgres")
            yield stack.enter_context(postgres.fresh(empty=True))
        else:
            yield str(request.getfixturevalue("empty_sqlite_url"))


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


async def test_empty_database_is_brought_to_the_latest_schema(empty_url: str) -> None:
    async with _opened(empty_url) as database:
        before = await schema_version(database)

        versions = await migrate(database)

        assert before == 0
        assert versions == (0, LATEST)
        assert await schema_version(database) == LATEST


async def test_database_that_is_up_to_date_stays_as_it_is(empty_url: str) -> None:
    async with _opened(empty_url) as database:
        await migrate(database)

        assert await migrate(database) == (LATEST, LATEST)


async def test_bots_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    async with _opened(empty_url) as one, _opened(empty_url) as other:
        versions = await asyncio.gather(migrate(one), migrate(other))

        assert sorted(versions) == [(0, LATEST), (LATEST, LATEST)]


async def test_database_of_a_newer_threadline_is_refused(empty_url: str) -> None:
    async with _opened(empty_url) as database:
        await migrate(database)

        async def unit(tx: Tx) -> None:
            await tx.run("insert into schema_version (version) values (999)")

        await database.write(unit)

        with pytest.raises(SettingsError, match="made by a newer Threadline"):
            await migrate(database)


async def test_migration_that_fails_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {1: migrations()[1], 2: "create table extra (id integer primary key); create nonsense;"}
    monkeypatch.setattr(module, "migrations", lambda: broken)
    async with _opened(empty_url) as database:
        with pytest.raises(StorageUnavailable):
            await migrate(database)

        assert await schema_version(database) == 0
        with pytest.raises(StorageUnavailable):
            await database.read(_extra)


async def test_later_migration_finds_what_the_earlier_one_made(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    further = migrations() | {LATEST + 1: "alter table facts add column why text;"}
    async with _opened(empty_url) as database:
        await migrate(database)
        monkeypatch.setattr(module, "migrations", lambda: further)

        versions = await migrate(database)

        assert versions == (LATEST, LATEST + 1)


async def _extra(tx: Tx) -> None:
    await tx.rows("select id from extra")


def test_script_is_split_into_its_statements_without_comments() -> None:
    script = (
        "-- first; not this\ncreate table a (\n  id integer -- the id; really\n);\n\ncreate index b on a (id);\n"
    )

    assert statements(script) == ["create table a (\n  id integer \n)", "create index b on a (id)"]


def test_no_two_migrations_have_one_number() -> None:
    folder = Path(module.__file__).parent / "migrations"

    assert len(list(folder.glob("*.sql"))) == len(migrations())


def test_migrations_are_numbered_without_a_gap() -> None:
    assert list(migrations()) == list(range(1, LATEST + 1))
