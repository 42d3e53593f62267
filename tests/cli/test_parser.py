"""What is typed behind `threadline`, before any command runs."""

from __future__ import annotations

import re

import pytest

from bot.cli.parser import build_parser


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8e3", "²"])
def test_port_that_cannot_be_is_refused_with_what_can(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["demo", f"--port={port}"])

    assert ended.value.code == 2
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("port", [0, 8765, 65535])
def test_port_that_can_be_is_taken(port: int) -> None:
    assert build_parser().parse_args(["demo", f"--port={port}"]).port == port


@pytest.mark.parametrize(("typed", "named"), [([], "doctor"), (["lines"], "rotate")])
def test_command_that_is_not_whole_shows_what_can_be_typed(
    typed: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parsed = build_parser().parse_args(typed)

    assert parsed.command(parsed) == 2
    assert named in capsys.readouterr().err


def test_command_that_nobody_knows_is_told_with_those_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["bogus"])

    told = capsys.readouterr().err
    assert "'doctor'" in told
    assert "demo-bot" not in told


def test_version_is_told_with_what_it_runs_on(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["--version"])

    assert ended.value.code == 0
    assert re.fullmatch(r"Threadline \d+\.\d+\.\d+ on Python 3\.\S+\n", capsys.readouterr().out)
