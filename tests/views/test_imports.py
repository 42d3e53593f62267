"""An import as people read of it, and the file of what was not saved."""

from __future__ import annotations

import csv
import io

import pytest

from bot.model.imports import FailedRow
from bot.views.imports import ended_words, failed_file, failed_name, list_words, plan_words, progress_words


@pytest.mark.parametrize(
    ("done", "total", "failed", "said"),
    [
        (0, 1200, 0, "░░░░░░░░░░ 0 % · 0 of 1,200"),
        (600, 1200, 3, "▓▓▓▓▓░░░░░ 50 % · 600 of 1,200 · 3 not saved"),
        (1199, 1200, 0, "▓▓▓▓▓▓▓▓▓░ 99 % · 1,199 of 1,200"),
        (1, 1, 1, "▓▓▓▓▓▓▓▓▓▓ 100 % · 1 of 1 · 1 not saved"),
    ],
)
def test_progress_is_a_bar(done: int, total: int, failed: int, said: str) -> None:
    assert progress_words(done, total, failed) == said


def test_plan_says_what_would_happen() -> None:
    heading, below = plan_words("a.csv", "Sales", ["Shoe size"], rows=1200, new=200)

    assert heading == "1,200 contacts of a.csv can be imported to Sales: 200 new, 1,000 known."
    assert below == "Columns without a meaning here, which are left out: Shoe size. Nothing is saved yet."
    assert plan_words("a.csv", "Sales", [], rows=0, new=0)[0] == "Nothing in a.csv can be imported to Sales."


def test_end_says_what_became_of_it() -> None:
    assert ended_words("a.csv", 1, 0) == "Imported 1 contact from a.csv."
    assert ended_words("a.csv", 0, 1200) == "Imported 0 contacts from a.csv · 1,200 not saved."


def test_long_list_of_rows_is_cut() -> None:
    rows = [FailedRow(place, (), "No.") for place in range(2, 15)]

    assert list_words(rows)[-2:] == ["Row 11: No.", "… and 3 more rows"]
    assert len(list_words(rows[:10])) == 10


def test_file_has_the_rows_as_they_were_and_why() -> None:
    content = failed_file(("Number", "Note"), [FailedRow(3, ("1", 'Zoë, "two"\nlines'), "Too short.")])

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["Why not", "Number", "Note"],
        ["Too short.", "1", 'Zoë, "two"\nlines'],
    ]


@pytest.mark.parametrize(("file", "name"), [("a.b.csv", "a.b-not-saved.csv"), ("a", "a-not-saved.csv")])
def test_file_is_called_after_the_first(file: str, name: str) -> None:
    assert failed_name(file) == name
