"""The two databases that tests run on, and a clock that a test moves.

PostgreSQL is the server that THREADLINE_TEST_POSTGRES names (its role must be allowed to make databases), or
else a private cluster: in a temporary folder, on a Unix socket, without TCP and without fsync. Every test gets
an empty database with the schema, or a new one of its own. Nothing that was there before is touched.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from storage.migrate import migrate
from storage.store import open_database

VARIABLE = "THREADLINE_TEST_POSTGRES"
START_US = 1_790_000_000_000_000  # an instant in 2026, as microseconds
TEMPLATE = f"threadline_template_{uuid4().hex}"
SHARED = f"threadline_shared_{uuid4().hex}"
ROLE = "threadline"
QUICK = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"

# The younger first: they refer to the older.
_TABLES = """select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
  and relname <> 'schema_version' order by oid desc"""
_COUNTERS = "select sequencename from pg_sequences where schemaname = 'public' and last_value is not null"
_END_OTHERS = """select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()"""


class Clock:
    """Microseconds, as storage wants them; time passes only when a test says so."""

    def __init__(self, us: int = START_US) -> None:
        self.us = us

    def __call__(self) -> int:
        return self.us

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.us += round(seconds * 1_000_000)


class NoPostgres(Exception):
    """There is no PostgreSQL to test with; the sentence says what would help."""


class Postgres:
    """A server, a template with the schema, and a copy of it that tests share."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._create(TEMPLATE, "template0")
        asyncio.run(_migrate(self.address(TEMPLATE)))
        self._create(SHARED, TEMPLATE)
        self._sweeper = psycopg.connect(self.address(SHARED), autocommit=True)
        tables = [sql.Identifier(row[0]) for row in self._sweeper.execute(_TABLES)]
        self._sweep = sql.SQL("; ").join([sql.SQL("delete from {}").format(table) for table in tables])

    def address(self, name: str) -> str:
        """The address of a database of this server, as THREADLINE_DATABASE wants it."""
        parts = {key: str(value) for key, value in psycopg.conninfo.conninfo_to_dict(self.url).items()}
        query = "&".join(f"{key}={value}" for key, value in (parts | {"dbname": name}).items())
        return f"postgresql://?{query}"

    @contextmanager
    def shared(self) -> Iterator[str]:
        """The address of a database with the schema and nothing in it; it is emptied at the end. Much faster than
        a new one."""
        try:
            yield self.address(SHARED)
        finally:
            self._empty()

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """The address of a new database, with the schema unless `empty`; it is dropped at the end."""
        name = f"threadline_test_{uuid4().hex}"
        self._create(name, "template0" if empty else TEMPLATE)
        try:
            yield self.address(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Drop what every test shared."""
        self._sweeper.close()
        self._drop(SHARED)
        self._drop(TEMPLATE)

    def _empty(self) -> None:
        """End what a test left open, and empty every table: row by row, since a test leaves few, and truncating
        makes a new file for each table and each of its indexes."""
        self._sweeper.execute(_END_OTHERS)
        self._sweeper.execute(self._sweep)
        counters = [sql.Identifier(row[0]) for row in self._sweeper.execute(_COUNTERS)]
        begun = [sql.SQL("alter sequence {} restart").format(counter) for counter in counters]
        self._sweeper.execute(sql.SQL("; ").join(begun))

    def _drop(self, name: str) -> None:
        self._run(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def _create(self, name: str, template: str) -> None:
        names = sql.Identifier(name), sql.Identifier(template)
        self._run(sql.SQL("create database {} template {}").format(*names))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


async def make_sqlite(path: Path) -> None:
    """Make a SQLite file with the schema."""
    await _migrate(str(path))


async def _migrate(url: str) -> None:
    database = await open_database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A server for the time of the tests. Raises `NoPostgres` when there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        yield from _with_databases(given)
    else:
        with private_cluster() as cluster:
            yield from _with_databases(cluster.url)


def _with_databases(url: str) -> Iterator[Postgres]:
    server = Postgres(url)
    try:
        yield server
    finally:
        server.close()


class Cluster:
    """A PostgreSQL server of our own, in `folder`."""

    def __init__(self, folder: Path, programs: Path, account: pwd.struct_passwd | None) -> None:
        self._folder, self._programs, self._account = folder, programs, account
        self.url = make_conninfo(host=str(folder), user=ROLE, dbname="postgres")

    @property
    def address(self) -> str:
        """The address of its first database, as THREADLINE_DATABASE wants it."""
        return f"postgresql://?host={self._folder}&user={ROLE}&dbname=postgres"

    def make(self) -> None:
        """Make its files, and start it."""
        self._run("initdb", "-D", "data", "-U", ROLE, "-A", "trust", "-N", "-E", "UTF8")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self._folder} {QUICK}"
        self._run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; every connection ends."""
        self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", "data")

    def _run(self, program: str, *words: str) -> None:
        _run(self._account, self._folder, self._programs / program, *words)


@contextmanager
def private_cluster() -> Iterator[Cluster]:
    """A server of our own. Raises `NoPostgres` where PostgreSQL is not installed."""
    programs = _programs()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="threadline-"))  # short: a socket's path has 107 characters at most
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    cluster = Cluster(folder, programs, account)
    try:
        cluster.make()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)


def _run(account: pwd.struct_passwd | None, folder: Path, *command: str | Path) -> None:
    """Run a program of PostgreSQL, as `account` when this process is root's: it refuses to be root's itself."""
    ran = subprocess.run(
        [str(part) for part in command],
        check=False,
        cwd=folder,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if ran.returncode:
        raise NoPostgres(f"PostgreSQL's {Path(command[0]).name} failed here: set {VARIABLE} instead")


def _programs() -> Path:
    """The folder of initdb and pg_ctl."""
    found = [Path(path).parent for path in (shutil.which("initdb"),) if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in [*found, Path("/usr/local/bin")]:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise NoPostgres(f"no PostgreSQL here: set {VARIABLE}, or install one (initdb, pg_ctl, postgres)")


def _account() -> pwd.struct_passwd | None:
    """Who PostgreSQL runs as; None when that may be ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise NoPostgres("PostgreSQL does not run as root, and there is no account 'nobody'") from None
