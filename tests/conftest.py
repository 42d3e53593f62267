"""Fixtures for every test: a clock, and the two databases with everything that is kept in them."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from bot.pace import UNPACED, PaceRule
from storage.database import Database
from storage.store import Store, open_database
from tests.databases import (
    VARIABLE,
    Clock,
    Cluster,
    NoPostgres,
    Postgres,
    make_sqlite,
    postgres_server,
    private_cluster,
)

RAM_DISK = Path("/dev/shm")  # noqa: S108 - whatever is made there is made by tempfile
ROOM_BYTES = 2**31

# Most of what the tests wait for is the disk, which they are not about. Before anybody asks for a folder.
if RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK) and shutil.disk_usage(RAM_DISK).free > ROOM_BYTES:
    os.environ.setdefault("TMPDIR", str(RAM_DISK))
    tempfile.tempdir = None

# Looking for rubbish as often as a small program should is a twentieth of the time.
gc.set_threshold(20_000, 20, 20)

# No absolute time is a test: what is found by chance may meet a busy moment of the machine.
settings.register_profile("threadline", deadline=None)
settings.load_profile("threadline")

# The tests in a browser need the extra `browser`; without it they cannot even be read.
collect_ignore = [] if find_spec("playwright") else ["browser"]


def pytest_xdist_auto_num_workers() -> int:
    """Two processes for each core: much of what a test waits for happens in other processes, or takes a moment."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 * cores


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL server for all processes, unless the tests are told of one; before they begin."""
    starts_others = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if not starts_others or config.option.collectonly or VARIABLE in os.environ:
        return
    server = contextlib.ExitStack()
    with contextlib.suppress(NoPostgres):
        os.environ[VARIABLE] = server.enter_context(private_cluster()).url
    config.add_cleanup(server.close)


def pytest_collection_finish() -> None:
    """Ten thousand tests are a large heap, and none of it becomes rubbish: look through it no more."""
    gc.collect()
    gc.freeze()


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
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that one test has for itself, to restart it; skipped where there is none."""
    try:
        with private_cluster() as made:
            yield made
    except NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema, to be copied: making one takes as long as many a test."""
    path = tmp_path_factory.mktemp("template") / "threadline.db"
    asyncio.run(make_sqlite(path))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a SQLite file with the schema and nothing in it."""
    return str(shutil.copy(sqlite_template, tmp_path / "threadline.db"))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that is not there yet."""
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
