"""A file of rows and columns, read as spreadsheets write it. Pure.

Spreadsheets separate by commas, semicolons or tabs, as the country has it, and write UTF-8 with and without a
mark, UTF-16 with one, or an old code page.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from bot.errors import UsageError

MOST_BYTES = 5_000_000
MOST_ROWS = 10_000
_SEPARATORS = ",;\t"
_EMPTY = "This file has no rows. The first row names the columns, and each row below it is a contact."
_TOO_LONG = f"This file has more than {MOST_ROWS:,} rows. Split it into several."
_NO_TABLE = "This is no file of rows and columns. Export it as CSV, and bring that."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a file. A row's number counts from 1, the header's own."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(content: bytes) -> Sheet:
    """The rows that have anything in them. Raises `UsageError` for a file that cannot be read so."""
    text = _decoded(content)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise UsageError(_NO_TABLE) from error
    rows = [(place, _trimmed(cells)) for place, cells in enumerate(lines, 1)]
    (_, header), *rest = [(place, cells) for place, cells in rows if any(cells)] or [(0, ())]
    if not rest:
        raise UsageError(_EMPTY)
    if len(rest) > MOST_ROWS:
        raise UsageError(_TOO_LONG)
    return Sheet(header, tuple((place, _of_width(cells, len(header))) for place, cells in rest))


def _decoded(content: bytes) -> str:
    if b"\x00" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UsageError(_NO_TABLE)
    for encoding in (_encoding(content), "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(_NO_TABLE)


def _encoding(content: bytes) -> str:
    return "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _separator(text: str) -> str:
    """What separates the columns of the first line that says anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


def _of_width(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Without empty cells behind the last column, and with those that are missing."""
    return (cells + ("",) * width)[: max(width, len(cells) if any(cells[width:]) else width)]
