"""PostgreSQL: identical replicas that wake each other, units that lost a race, and words for what went wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import psycopg
import pytest

from bot.errors import SettingsError, StorageUnavailable
from storage import postgres
from storage.database import Tx
from storage.messages import now_us
from storage.postgres import TRIES, PostgresDatabase
from tests.databases import Clock

PATIENCE_S = 10.0
NEVER_S = 3600.0
LISTENING = "select pid from pg_stat_activity where query = 'listen threadline' and datname = current_database()"


@pytest.fixture
async def database(postgres_url: str, clock: Clock) -> AsyncIterator[PostgresDatabase]:
    """Only PostgreSQL."""
    opened = await PostgresDatabase.open(postgres_url, clock=clock)
    yield opened
    await opened.close()


async def _pids(database: PostgresDatabase) -> list[int]:
    """The connections that listen."""

    async def unit(tx: Tx) -> list[int]:
        return [row["pid"] for row in await tx.rows(LISTENING)]

    return await database.read(unit)


async def _until_listening(database: PostgresDatabase, *, other_than: list[int] | None = None) -> list[int]:
    while not (pids := [pid for pid in await _pids(database) if pid not in (other_than or [])]):  # noqa: ASYNC110 - the server says nothing by itself
        await asyncio.sleep(0)
    return pids


async def _wake(tx: Tx) -> None:
    tx.wake()


# --- Waking


async def test_accept_at_one_replica_wakes_the_other_at_once(
    postgres_url: str, database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "POLL_S", NEVER_S)
    own = await _until_listening(database)
    replica = await PostgresDatabase.open(postgres_url)
    await _until_listening(database, other_than=own)
    waiting = asyncio.create_task(replica.changed())
    await asyncio.sleep(0)

    await database.write(_wake)

    await asyncio.wait_for(waiting, PATIENCE_S)
    await replica.close()


async def test_unit_that_wakes_nobody_wakes_nobody(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "POLL_S", NEVER_S)
    waiting = asyncio.create_task(database.changed())

    await database.write(now_us)

    assert waiting.done() is False
    waiting.cancel()


async def test_unit_that_failed_wakes_nobody(database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unit(tx: Tx) -> None:
        tx.wake()
        raise ValueError("on purpose")

    monkeypatch.setattr(postgres, "POLL_S", NEVER_S)
    waiting = asyncio.create_task(database.changed())

    with pytest.raises(ValueError, match="on purpose"):
        await database.write(unit)

    assert waiting.done() is False
    waiting.cancel()


async def test_notification_that_is_lost_costs_a_poll(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "POLL_S", 0.01)

    await asyncio.wait_for(database.changed(), PATIENCE_S)


async def test_connection_that_listens_comes_back_after_it_broke(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "POLL_S", 0.01)
    (pid,) = await _until_listening(database)

    async def cut(tx: Tx) -> None:
        await tx.row("select pg_terminate_backend(:pid)", pid=pid)

    await database.write(cut)

    assert await _until_listening(database, other_than=[pid]) != [pid]


# --- Races that were lost


async def test_unit_that_lost_a_race_runs_again(database: PostgresDatabase) -> None:
    runs = 0

    async def unit(tx: Tx) -> int:
        nonlocal runs
        runs += 1
        if runs < TRIES:
            raise psycopg.errors.UniqueViolation
        return await now_us(tx)

    assert await database.write(unit) > 0
    assert runs == TRIES


async def test_unit_that_always_loses_is_given_up_and_quotes_nothing(database: PostgresDatabase) -> None:
    runs = 0

    async def unit(tx: Tx) -> None:
        nonlocal runs
        runs += 1
        for _ in range(2):
            await tx.run("insert into facts (name, value, noted_at) values ('+14155550134', '', 0)")

    with pytest.raises(StorageUnavailable) as refused:
        await database.write(unit)

    assert str(refused.value) == "The database cannot be used now (23505)."
    assert runs == TRIES


async def test_units_of_one_order_run_in_the_order_of_the_calls(database: PostgresDatabase) -> None:
    ran: list[tuple[str, int]] = []

    async def write(order: str, n: int) -> None:
        async def unit(tx: Tx) -> None:
            await now_us(tx)
            ran.append((order, n))

        await database.write(unit, order=order)

    await asyncio.gather(*(write(order, n) for n in range(20) for order in ("one", "two", "three")))

    for order in ("one", "two", "three"):
        assert [n for each, n in ran if each == order] == list(range(20))


# --- Words


async def test_error_of_the_database_quotes_nothing(database: PostgresDatabase) -> None:
    async def unit(tx: Tx) -> None:
        await tx.rows("select cast('+14155550134x' as bigint)")

    with pytest.raises(StorageUnavailable) as refused:
        await database.write(unit)

    assert str(refused.value) == "The database cannot be used now (22P02)."


async def test_server_that_does_not_answer_is_named_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "CONNECT_TIMEOUT_S", 0.05)

    with pytest.raises(
        SettingsError, match=r"^THREADLINE_DATABASE: PostgreSQL cannot be reached \(\w+\)\. `psql`"
    ):
        await PostgresDatabase.open("postgresql://nobody@/nothing?host=/nonexistent")


async def test_time_is_the_servers(postgres_url: str) -> None:
    database = await PostgresDatabase.open(postgres_url)

    now = await database.read(now_us)

    await database.close()
    assert abs(now - time.time_ns() // 1000) < 60_000_000
