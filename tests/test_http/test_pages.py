"""Lists in pages: what ends them, and what they hold in memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.http import Page, read_pages


class Book:
    """A far end with so many rows, of which it gives `most` a page at the most, and what it was asked."""

    def __init__(self, rows: int, most: int, *, first: int = 0, tells: bool = True) -> None:
        self.rows, self.most, self.first, self.tells = tuple(range(rows)), most, first, tells
        self.asked: list[int] = []

    async def page(self, number: int) -> Page:
        self.asked.append(number)
        start = (number - self.first) * self.most
        rows = self.rows[start : start + self.most]
        return Page(rows, len(self.rows), self.most) if self.tells else Page(rows)

    async def read(self, most: int = 1000) -> list[object]:
        return [row async for row in read_pages(self.page, first=self.first, most=most)]


@given(rows=st.integers(0, 60), size=st.integers(1, 20), first=st.sampled_from([0, 1]), tells=st.booleans())
async def test_when_a_list_is_read_then_every_row_comes_once(
    rows: int, size: int, first: int, tells: bool
) -> None:
    book = Book(rows, size, first=first, tells=tells)

    assert await book.read() == list(range(rows))


async def test_when_they_tell_the_total_then_no_page_is_asked_in_vain() -> None:
    book = Book(4, 2, first=1)

    await book.read()

    assert book.asked == [1, 2]


async def test_when_only_some_rows_are_wanted_then_no_further_page_is_asked() -> None:
    book = Book(100, 10)

    async for row in read_pages(book.page, first=0, most=20):
        if row == 3:
            break

    assert book.asked == [0]


async def test_when_a_page_is_given_twice_then_the_list_ends() -> None:
    asked: list[int] = []

    async def same(number: int) -> Page:
        asked.append(number)
        return Page(("a", "b"), total=1000, size=2)

    assert [row async for row in read_pages(same, first=0, most=500)] == ["a", "b"]
    assert asked == [0, 1]


async def test_when_an_empty_page_comes_then_the_list_ends_whatever_the_total_says() -> None:
    async def empty(number: int) -> Page:
        return Page((), total=1000, size=10)

    assert [row async for row in read_pages(empty, first=0, most=5)] == []


@pytest.mark.parametrize("size", [0, -1, None])
async def test_when_the_size_is_absurd_then_the_rows_are_counted(size: int | None) -> None:
    asked: list[int] = []

    async def ask(number: int) -> Page:
        asked.append(number)
        return Page((number, "x"), total=4, size=size)

    assert len([row async for row in read_pages(ask, first=0, most=9)]) == 4
    assert asked == [0, 1]


async def test_when_a_list_does_not_end_then_it_is_given_up_with_a_sentence() -> None:
    book = Book(100, 10, tells=False)

    with pytest.raises(UsageError, match="Narrow it down"):
        await book.read(most=3)

    assert book.asked == [0, 1, 2]
