"""An import of contacts, as people read of it. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.markup import shorten
from bot.model.imports import FailedRow
from bot.views.phrases import commas, flat

BAR = 10  # squares
WHY = 200  # characters
SOME = 10  # rows
_WHY = "Why not"


def counted(rows: int) -> str:
    """So many contacts."""
    return "1 contact" if rows == 1 else f"{rows:,} contacts"


def plan_words(file: str, line: str, left_out: Sequence[str], *, rows: int, new: int) -> tuple[str, str]:
    """What an import would do, and what else is to be known of it."""
    file, line = flat(file), flat(line)
    if not rows:
        heading = f"Nothing in {file} can be imported to {line}."
    else:
        heading = f"{counted(rows)} of {file} can be imported to {line}: {new:,} new, {rows - new:,} known."
    columns = f"Columns without a meaning here, which are left out: {commas(left_out)}. " if left_out else ""
    return heading, f"{columns}Nothing is saved yet."


def row_words(failed: FailedRow) -> str:
    """A row that cannot be saved, and why."""
    return f"Row {failed.place}: {shorten(flat(failed.why), WHY)}"


def progress_words(done: int, total: int, failed: int) -> str:
    """How far it got: `▓▓▓▓▓░░░░░ 50 % · 600 of 1,200`."""
    part = done / total if total else 1.0
    full = int(part * BAR)
    bar = "▓" * full + "░" * (BAR - full)
    return f"{bar} {int(part * 100)} % · {done:,} of {total:,}{_failures(failed)}"


def _failures(failed: int) -> str:
    return f" · {failed:,} not saved" if failed else ""


def ended_words(file: str, saved: int, failed: int) -> str:
    """What became of it."""
    return f"Imported {counted(saved)} from {flat(file)}{_failures(failed)}."


def few_words(failed: Sequence[FailedRow]) -> str:
    """Some of the rows that are not saved, where they cannot be given whole."""
    return "\n".join(list_words(failed))


def list_words(failed: Sequence[FailedRow]) -> list[str]:
    """Some rows that are not saved, a line each, and how many more there are."""
    more = len(failed) - SOME
    return [*map(row_words, failed[:SOME]), *([f"… and {more:,} more rows"] if more > 0 else [])]


def failed_file(header: Sequence[str], failed: Sequence[FailedRow]) -> bytes:
    """The rows that were not saved, each with the reason in front, to be corrected and imported again."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_WHY, *header])
    writer.writerows([each.why, *each.cells] for each in failed)
    return out.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets the encoding


def failed_name(file: str) -> str:
    """How the file with them is called."""
    return f"{file.rpartition('.')[0] or file}-not-saved.csv"
