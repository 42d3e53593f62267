"""Files as spreadsheets write them, and files that are none."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.flows.imports.sheet import MOST_ROWS, read_sheet

WORDS = "Numéro,Name\n4155550134,Zoë Müller\n"


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        WORDS.encode("cp1252"),
        WORDS.replace("\n", "\r\n").encode(),
        WORDS.replace(",", ";").encode(),
        WORDS.replace(",", "\t").encode(),
        b"\n \n" + WORDS.encode(),
        WORDS.replace("Zoë Müller", '"Zoë Müller"').encode(),
    ],
)
def test_every_way_of_writing_a_table_is_read(content: bytes) -> None:
    sheet = read_sheet(content)

    assert sheet.header == ("Numéro", "Name")
    assert [cells for _, cells in sheet.rows] == [("4155550134", "Zoë Müller")]


def test_rows_keep_their_numbers_and_their_width() -> None:
    sheet = read_sheet(b'Number,Name,Note\n1\n\n2,Ann,"two\nlines",,\n3,Bob,x,extra\n')

    assert sheet.rows == ((2, ("1", "", "")), (4, ("2", "Ann", "two\nlines")), (5, ("3", "Bob", "x", "extra")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no rows"),
        (b" \n,,\n", "has no rows"),
        (b"Number\n", "has no rows"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no file of rows and columns"),
        (b"PK\x03\x04\x14\x00\x00\x00", "no file of rows and columns"),
        (b"Number\n" + b"1\n" * (MOST_ROWS + 1), "more than 10,000 rows"),
    ],
    ids=["empty", "blank", "header", "picture", "workbook", "long"],
)
def test_what_is_no_table_is_said(content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_sheet(content)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    try:
        sheet = read_sheet(content)
    except UsageError:
        return

    assert all(len(cells) >= len(sheet.header) for _, cells in sheet.rows)
