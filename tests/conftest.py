"""Fixtures for every test: a clock, and the two databases with everything that is kept in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.pace import UNPACED, PaceRule
from storage.database import Database
from storage.migrate import migrate
from storage.store import Store, open_database
from tests.databases import Clock, NoPostgres, Postgres, postgres_server

# The tests in a browser need the extra `browser`; without it they cannot even be read.
collect_ignore = [] if find_spec("playwright") else ["browser"]


@pytest.fixture
def clock() -> Clock:
    """The time that both storage and the test go by."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; tests that need one are skipped where there is none."""
    try:
        with postgres_server() as server:
            yield server
    except NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a new SQLite file."""
    return str(tmp_path / "threadline.db")


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a PostgreSQL database with the schema and nothing in it."""
    with postgres.shared() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a new database, on each of the two."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(url: str, clock: Clock) -> AsyncIterator[Database]:
    """An open database with the schema, on each of the two."""
    opened = await open_database(url, clock=clock)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
def rules() -> dict[str, PaceRule]:
    """The paces that a test sets; what is not in here is unpaced."""
    return {}


@pytest.fixture
def store(database: Database, rules: dict[str, PaceRule]) -> Store:
    """Everything that is kept."""
    return Store(database, lambda name: rules.get(name, UNPACED))


@pytest.fixture
async def replica(url: str, database: Database, clock: Clock, rules: dict[str, PaceRule]) -> AsyncIterator[Store]:
    """A second bot on the same database: a replica on PostgreSQL, another process's connection on SQLite."""
    opened = await open_database(url, clock=clock)
    yield Store(opened, lambda name: rules.get(name, UNPACED))
    await opened.close()
