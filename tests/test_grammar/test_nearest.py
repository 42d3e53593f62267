"""A misspelled word is answered with the known one that is close, and with none when none is."""

from __future__ import annotations

import pytest

from bot.grammar.nearest import folded, nearest

VERBS = ["history", "inbox", "archive", "unarchive", "locate"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("histroy", "history"),
        ("History", "history"),
        ("archiv", "archive"),
        ("un-archive", "unarchive"),
        ("inbx", "inbox"),
        ("maria", None),
        ("", None),
        ("history " * 5000, None),
    ],
)
def test_typed_word_finds_the_one_that_is_close_enough(typed: str, meant: str | None) -> None:
    assert nearest(typed, VERBS) == meant


def test_nothing_known_finds_nothing() -> None:
    assert nearest("history", []) is None


def test_name_is_the_same_with_other_case_and_hyphens() -> None:
    assert folded("Postal_Code") == folded("postal-code") == folded("postalCode")
