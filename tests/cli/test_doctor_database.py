"""What `threadline doctor` says of the database: the file or server, its schema, and what waits in it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from bot.doctor.database import backlog_findings, heard, queue_findings
from bot.doctor.findings import Finding, Mark
from bot.doctor.opening import MIB, disk, look_at_file
from bot.errors import StorageUnavailable
from storage.backlog import Backlog
from storage.health import Queue
from storage.postgres_listen import notifications_arrive
from tests.cli.conftest import Desk
from tests.databases import Postgres

DATABASE = Path("threadline.db")


def make_newer(path: Path) -> None:
    """As a later version leaves it."""
    with sqlite3.connect(path) as connection:
        connection.execute("insert into schema_version (version) values (99)")
    connection.close()


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1
    return findings[0]


# --- The file -------------------------------------------------------------------------------------------


async def test_absent_database_is_not_made(desk: Desk, machine: Path) -> None:
    ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.line("Database:").startswith("! Database: there is none at")
    assert os.listdir(machine) == []


async def test_database_in_no_folder_is_wrong(desk: Desk) -> None:
    desk.set(THREADLINE_DATABASE="nowhere/threadline.db")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("Database:").startswith("✗ Database: the folder nowhere does not exist.")


async def test_folder_in_place_of_a_database_is_wrong(desk: Desk, machine: Path) -> None:
    desk.set(THREADLINE_DATABASE=str(machine))

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "is not a file" in ran.line("✗ Database:")


async def test_file_that_is_no_database_is_wrong(desk: Desk, machine: Path) -> None:
    (machine / DATABASE).write_bytes(b"something else, long enough to be looked at" * 100)

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("✗").startswith("✗ THREADLINE_DATABASE")


async def test_schema_of_this_version_is_fine(desk: Desk) -> None:
    await desk.types("migrate")

    ran = await desk.types("doctor")

    assert ran.line("schema").startswith("✓ Database: its schema is ")


async def test_older_schema_is_told_and_left_alone(desk: Desk, machine: Path) -> None:
    (machine / DATABASE).touch()

    first = await desk.types("doctor")
    second = await desk.types("doctor")

    assert first.code == 0
    assert first.line("schema").startswith("! Database: its schema is 0, this version's is ")
    assert second.line("schema") == first.line("schema")


async def test_newer_schema_is_wrong(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")
    make_newer(machine / DATABASE)

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "made by a newer Threadline (schema 99" in ran.line("✗ Database:")


async def test_file_that_others_can_read_is_told_before_it_is_put_right(desk: Desk, machine: Path) -> None:
    await desk.types("migrate")
    (machine / DATABASE).chmod(0o644)

    before = await desk.types("doctor")
    after = await desk.types("doctor")

    assert "(mode 644)" in before.line("! Database:")
    assert after.line("nobody else can read").startswith("✓ Database:")


def test_file_of_another_user_is_wrong(machine: Path) -> None:
    (machine / DATABASE).touch()

    found = only(look_at_file(machine / DATABASE, os.geteuid() + 1))

    assert found.mark is Mark.WRONG
    assert "belongs to another user" in found.words


@pytest.mark.parametrize(
    ("free", "mark"),
    [(99 * MIB, Mark.WRONG), (100 * MIB, Mark.LOOK), (1023 * MIB, Mark.LOOK), (1024 * MIB, Mark.FINE)],
)
def test_full_disk_is_told_in_time(free: int, mark: Mark) -> None:
    assert disk(DATABASE, free).mark is mark


# --- PostgreSQL -----------------------------------------------------------------------------------------


async def test_postgres_that_wakes_its_workers_is_fine(desk: Desk, postgres_url: str) -> None:
    desk.set(THREADLINE_DATABASE=postgres_url)

    ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.line("PostgreSQL:") == "✓ PostgreSQL: reachable, and its notifications arrive."
    assert "Disk:" not in ran.out


async def test_postgres_out_of_reach_is_wrong(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.CONNECT_TIMEOUT_S", 0.2)
    desk.set(THREADLINE_DATABASE="postgresql://somebody:a-password@127.0.0.1:9/threadline")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "PostgreSQL cannot be reached" in ran.line("✗")
    assert "a-password" not in ran.out + ran.err


async def test_notification_that_comes_elsewhere_does_not_arrive(postgres: Postgres) -> None:
    with postgres.fresh() as one, postgres.fresh() as another:
        assert await notifications_arrive(one, one, 2.0)
        assert not await notifications_arrive(one, another, 0.05)


async def test_server_that_lets_nobody_in_is_a_storage_error(postgres: Postgres) -> None:
    with pytest.raises(StorageUnavailable):
        await notifications_arrive(postgres.address("no_such_database"), postgres.url, 0.05)


# --- What waits -----------------------------------------------------------------------------------------


def test_quiet_queue_is_fine() -> None:
    found = queue_findings(Queue(queued=0, oldest_due_s=None, uncertain=0, dead_today=0, unbound=0, unread=0))

    assert [str(finding) for finding in found] == ["✓ Queue: empty."]


@pytest.mark.parametrize(("oldest_due_s", "mark"), [(60.0, Mark.FINE), (61.0, Mark.LOOK)])
def test_queue_that_stands_still_is_to_be_looked_at(oldest_due_s: float, mark: Mark) -> None:
    found = queue_findings(
        Queue(queued=3, oldest_due_s=oldest_due_s, uncertain=0, dead_today=0, unbound=0, unread=0)
    )

    assert [finding.mark for finding in found] == [mark]


def test_everything_that_waits_for_a_person_is_counted() -> None:
    found = queue_findings(Queue(queued=1, oldest_due_s=None, uncertain=2, dead_today=3, unbound=4, unread=5))

    assert [finding.mark for finding in found] == [Mark.FINE, *[Mark.LOOK] * 4]
    for count, finding in enumerate(found, start=1):
        assert f" {count}" in finding.words


def test_pooler_that_swallows_notifications_is_told() -> None:
    assert heard(arrived=True).mark is Mark.FINE
    assert "Use a direct address" in heard(arrived=False).words


def test_backlog_of_a_quiet_bot_says_nothing() -> None:
    assert backlog_findings(Backlog(59.0, None, 0, 0, 0, 0)) == []


def test_what_stands_still_or_waits_for_a_person_is_to_be_looked_at() -> None:
    found = backlog_findings(Backlog(61.0, 3_600.0, steps_in_doubt=2, approvals=3, orders_in_doubt=4, untold=5))

    assert {finding.mark for finding in found} == {Mark.LOOK}
    said = " ".join(finding.words for finding in found)
    assert [words in said for words in ("due for 61 s", "due for 3600 s", ": 2.", ": 3.", ": 4.", ": 5.")] == [
        True
    ] * 6
