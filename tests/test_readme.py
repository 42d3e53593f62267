"""README.md is true: what is made from the code is up to date, and what is named exists."""

from __future__ import annotations

import argparse
import re
import tomllib
from typing import Any

import pytest

from bot.cli.parser import build_parser
from bot.settings import Settings
from bot.views.signs import REACTIONS
from tests.databases import VARIABLE
from tests.readme import README, SECTIONS, rewritten

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
DEMO = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/threadline demo"
LARGEST_PICTURE = 150_000  # bytes: somebody reads this page over a telephone
TESTS = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"


def commands(parser: argparse.ArgumentParser) -> list[str]:
    """Every command that a person may type, with its actions: `lines add`."""
    found: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            shown: list[Any] = [choice.dest for choice in action._choices_actions]
            for name in shown:
                below = commands(action.choices[name])
                found += [f"{name} {each}" for each in below] or [name]
    return found


def test_parts_made_from_the_code_are_up_to_date() -> None:
    assert rewritten(TEXT) == TEXT, "python -m tests.readme writes them anew"


def test_part_that_is_out_of_date_is_written_anew() -> None:
    stale = TEXT.replace("`THREADLINE_PORT`", "`THREADLINE_DOOR`")

    assert stale != TEXT
    assert rewritten(stale) == TEXT


@pytest.mark.parametrize("name", SECTIONS)
def test_readme_without_a_marker_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"<!-- {name} -->"):
        rewritten(TEXT.replace(f"<!-- {name} -->", ""))


@pytest.mark.parametrize("command", [DEMO, TESTS])
def test_the_two_commands_stand_alone_on_their_lines(command: str) -> None:
    assert command in TEXT.splitlines()


@pytest.mark.parametrize("command", commands(build_parser()))
def test_every_command_is_told_of(command: str) -> None:
    assert re.search(rf"(threadline |`){command}\b", TEXT)


@pytest.mark.parametrize("reaction", REACTIONS.values())
def test_every_reaction_is_explained(reaction: str) -> None:
    assert f"| `{reaction}` |" in TEXT


def test_every_variable_that_is_named_exists() -> None:
    named = set(re.findall(r"\b(?:THREADLINE|SLACK|TEXTREQUEST|CLICKSEND|JTEL|ASMS)_[A-Z_]+\b", TEXT))

    assert named - {VARIABLE} == {name.upper() for name in Settings.model_fields}


def test_every_table_is_told_of() -> None:
    scripts = "".join(file.read_text() for file in (ROOT / "storage/migrations").glob("*.sql"))
    tables = {*re.findall(r"create table (\w+)", scripts), "schema_version"}
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| `")]

    assert tables <= set(re.findall(r"`(\w+)`", "".join(rows)))


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_to_a_file_or_heading_leads_somewhere(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    headings = {anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
    links = re.findall(r"\]\(([^)]+)\)", text)

    for link in links:
        if link.startswith("#"):
            assert link[1:] in headings, link
        elif "://" not in link:
            assert (ROOT / link).exists(), link


def test_every_picture_is_there_is_described_and_is_small() -> None:
    pictures = re.findall(r'(?:src|srcset)="([^"]+)"', TEXT) + re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT)

    assert pictures
    assert len(re.findall(r"<img alt=\"[^\"]{20,}\"", TEXT)) == TEXT.count("<img ")
    for picture in pictures:
        assert (ROOT / picture).stat().st_size < LARGEST_PICTURE, picture


def anchor(heading: str) -> str:
    """A heading's address within its page, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_change_log_has_the_version_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert re.search(rf"^## \[{re.escape(version)}\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
