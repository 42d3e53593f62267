"""`threadline providers`, and where every operation of the providers' descriptions has its home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import capabilities, providers
from bot.__main__ import main
from bot.cli.providers import capability_classes, capability_table, operations
from bot.providers import PROVIDERS

HOMES = {
    home
    for line in (capabilities.__doc__ or "").splitlines()
    if re.match(r"\| [ACJS]\d", line)
    for home in re.findall(r"\w+\.\w+", line.split("|")[2])
}
NUMBERED = re.findall(
    r"(?<![\w/])([ACJS]\d+)\b", "\n".join(re.findall(r"^\|(.*?)\|", capabilities.__doc__ or "", re.M))
)


@pytest.mark.parametrize(("letter", "count"), [("A", 28), ("C", 14), ("J", 31), ("S", 14)])
def test_when_the_operations_are_counted_then_each_has_one_home(letter: str, count: int) -> None:
    found = [number for number in NUMBERED if number.startswith(letter)]

    assert sorted(found) == sorted(f"{letter}{number}" for number in range(1, count + 1))


def test_when_a_home_is_named_then_it_exists() -> None:
    there = {
        f"{capability.__name__}.{name}" for capability in capability_classes() for name in operations(capability)
    }

    assert len(HOMES) > 70
    assert there >= HOMES


def test_when_a_provider_has_a_folder_then_it_is_in_the_list() -> None:
    folders = {folder.parent.name for folder in Path(providers.__path__[0]).glob("*/__init__.py")}

    assert {provider.name for provider in PROVIDERS} == folders


def test_when_two_capabilities_are_had_then_their_operations_have_two_names() -> None:
    for provider in PROVIDERS:
        had = [each for each in capability_classes() if each in provider.__mro__]
        names = [name for capability in had for name in operations(capability)]
        assert len(names) == len(set(names))


def test_when_the_command_runs_then_every_operation_of_every_provider_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["providers"]) == 0

    shown = capsys.readouterr().out
    assert re.split(r" {2,}", shown.splitlines()[0].strip()) == list(capability_table()[0][1:])
    for provider in PROVIDERS:
        for capability in capability_classes():
            if capability in provider.__mro__:
                for name in operations(capability):
                    assert f"· {name.replace('_', ' ')} " in shown


def test_when_a_provider_lacks_a_capability_then_its_row_says_so() -> None:
    head, rows = capability_table()

    marks = {row[0]: row[1:] for row in rows}
    assert head == ("", "Aranda", "Aranda (direct)", "ClickSend", "jtel", "Text Request")
    assert marks["· send text"] == ("–", "–", "✓", "–", "✓")
    assert marks["· queue callback"] == ("–", "–", "–", "✓", "–")
    assert marks["· add note"] == ("✓", "–", "–", "–", "–")
