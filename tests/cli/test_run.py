"""`threadline run`: when it refuses to start, in one sentence and with exit code 1."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import App
from bot.errors import SettingsError
from bot.settings import Settings
from storage.sqlite_file import hold
from tests.e2e.office import office
from tests.ports import free_port

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-a-token", "SLACK_APP_TOKEN": "xapp-a-token"}


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that `run` asks for before it looks at the database."""
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    """What `run` says when it does not start."""
    assert main(["run"]) == 1
    return capsys.readouterr().err


async def run_as_a_process(variables: Mapping[str, str]) -> tuple[int | None, str]:
    """`threadline run` with these variables alone, until it ends; its exit code and what it said."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(Path(__file__).parents[2]), **variables}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(20):
            _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode, said.decode()


@pytest.mark.parametrize("missing", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_missing_token_is_named(
    tokens: None, missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(missing)

    said = refusal(capsys)

    assert said.startswith(f"{missing} is missing")
    assert said.count("\n") == 1


def test_every_wrong_variable_is_named(
    tokens: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THREADLINE_PORT", "70000")
    monkeypatch.setenv("THREADLINE_PUBLIC_URL", "http://texts.example.com")

    said = refusal(capsys)

    assert [line.partition(":")[0] for line in said.splitlines()] == ["THREADLINE_PORT", "THREADLINE_PUBLIC_URL"]


def test_second_bot_on_a_file_is_refused(tokens: None, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = hold(machine / "threadline.db")

    said = refusal(capsys)
    os.close(lock)

    assert said.startswith("Another Threadline runs on threadline.db.")
    assert "postgresql://" in said


def test_database_of_a_newer_version_is_refused_and_left_alone(
    tokens: None, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["migrate"])
    with closing(sqlite3.connect(machine / "threadline.db")) as connection, connection:
        connection.execute("insert into schema_version (version) values (99)")

    said = refusal(capsys)

    assert "made by a newer Threadline (schema 99" in said
    assert list(machine.glob("*.backup-*")) == []


def test_database_in_no_folder_is_refused(
    tokens: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THREADLINE_DATABASE", "nowhere/threadline.db")

    assert refusal(capsys) == "THREADLINE_DATABASE: the folder nowhere does not exist.\n"


def test_folder_in_place_of_a_database_is_refused(
    tokens: None, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THREADLINE_DATABASE", str(machine))

    said = refusal(capsys)

    assert said.startswith("THREADLINE_DATABASE: ")
    assert said.count("\n") == 1


def test_lock_that_cannot_be_taken_is_told(
    tokens: None, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine / "threadline.db.lock").mkdir()

    assert refusal(capsys) == "THREADLINE_DATABASE: threadline.db.lock cannot be opened (IsADirectoryError).\n"


def test_refusal_shows_no_token(
    tokens: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THREADLINE_WEBHOOK_SECRET", "too-short")
    monkeypatch.delenv("SLACK_APP_TOKEN")

    said = refusal(capsys)

    assert said.startswith("THREADLINE_WEBHOOK_SECRET: ")
    assert "too-short" not in said
    assert "xoxb-a-token" not in said


async def test_refused_bot_token_ends_the_process_with_a_sentence() -> None:
    async with office("office.db") as team:
        variables = {name.upper(): value for name, value in team.values().items()}

        code, said = await run_as_a_process({**variables, "SLACK_BOT_TOKEN": "xoxb-of-another"})

    assert code == 1
    assert said.splitlines()[-1] == "SLACK_BOT_TOKEN: Slack refused it (invalid_auth)."
    assert "Traceback" not in said


async def test_two_bots_never_share_a_file() -> None:
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        second = Settings.explicit({**team.values(), "threadline_port": str(free_port())})

        with pytest.raises(SettingsError, match="Another Threadline runs"):
            await App(second).run(asyncio.Event(), lambda _: None)


async def test_port_that_is_taken_is_named() -> None:
    async with office("office.db") as team:
        taken = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", team.port)
        async with taken:
            with pytest.raises(SettingsError, match=f"THREADLINE_PORT: 127.0.0.1:{team.port} cannot be used"):
                await App(Settings.explicit(team.values())).run(asyncio.Event(), lambda _: None)
