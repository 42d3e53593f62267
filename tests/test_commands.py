"""Every verb that the bot answers is typed by a test, and by one in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.grammar import SERVED, usage
from bot.grammar.registry import EVERY
from tests import commands
from tests.commands import Typed, VerbName, missing, typed, unknown, verbs_table
from tests.test_grammar.contract import LATER

VERBS = [(command, verb) for command in EVERY for verb in command.verbs]


@pytest.fixture(scope="module")
def found() -> Mapping[VerbName, Typed]:
    """What is typed in the project's tests."""
    return typed()


def test_every_verb_that_is_answered_is_typed_also_in_a_browser(found: Mapping[VerbName, Typed]) -> None:
    assert missing(found) == []


def test_every_mark_names_a_verb(found: Mapping[VerbName, Typed]) -> None:
    assert unknown(found) == []


@pytest.mark.parametrize(
    ("tests", "lacks"),
    [
        (Typed(("a",), ("b",)), []),
        (Typed(("a",)), ["not typed in a browser"]),
        (Typed((), ("b",)), ["no test types it"]),
        (Typed(), ["no test types it", "not typed in a browser"]),
    ],
)
def test_verb_that_nobody_types_is_named(tests: Typed, lacks: list[str]) -> None:
    command = SERVED[0]
    verb = command.verbs[0]

    found = missing({**dict.fromkeys(_names(), Typed(("a",), ("b",))), (command.name, verb.id): tests})

    assert found == [f"{usage(command, verb)} · {each} ({command.name}, {verb.id})" for each in lacks]


def _names() -> list[tuple[str, str]]:
    return [(command.name, verb.id) for command, verb in VERBS]


def test_mark_of_a_verb_that_is_not_there_is_named() -> None:
    assert unknown({("pay", "nobody"): Typed(("a",))}) == ["('pay', 'nobody'): a"]


def test_marks_are_read_from_tests_and_from_their_file(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(
        'pytestmark = [pytest.mark.slow, pytest.mark.verb("text", "send")]\n'
        '@pytest.mark.verb("contact", "save")\n@pytest.mark.parametrize("x", [1])\nasync def test_one(): ...\n'
        'def test_two(): ...\n@pytest.mark.verb("pay", "list")\ndef no_test(): ...\n'
    )

    assert typed([file]) == {
        ("text", "send"): Typed(("test_some.py::test_one", "test_some.py::test_two")),
        ("contact", "save"): Typed(("test_some.py::test_one",)),
    }


def test_tests_in_a_browser_are_told_apart(found: Mapping[VerbName, Typed]) -> None:
    assert all("tests/browser/" in test for tests in found.values() for test in tests.in_browser)
    assert not any("tests/browser/" in test for tests in found.values() for test in tests.anywhere)


def test_table_has_every_verb_and_what_is_for_later(found: Mapping[VerbName, Typed]) -> None:
    lines = verbs_table(found).splitlines()

    assert len(lines) == 2 + len(VERBS) + len(LATER)
    assert all(len(line.replace("\\|", "").split("|")) == 5 for line in lines)


@pytest.mark.parametrize(("found", "code"), [(None, 1), (Typed(("a",), ("b",)), 0)])
def test_what_is_missing_fails_the_command(
    found: Typed | None, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "typed", lambda: dict.fromkeys(_names(), found) if found else {})

    assert commands.main() == code

    said = capsys.readouterr()
    assert said.out.startswith("| you type | tests | in a browser |")
    assert bool(said.err) is bool(code)
