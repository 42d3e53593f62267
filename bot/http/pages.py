"""Lists that come in pages.

Promises: one page is kept at a time, however long the list is. The size that a page reports is trusted, not the
one that was asked for. It ends at an empty page and at one that is given twice, and never goes on for ever.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from bot.errors import UsageError

_ENDLESS = "This list is longer than can be read at once. Narrow it down, then try again."


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `total` counts the whole list, `size` is how many a page holds; None when they do not say."""

    rows: tuple[object, ...]
    total: int | None = None
    size: int | None = None


async def read_pages(ask: Callable[[int], Awaitable[Page]], *, first: int, most: int) -> AsyncIterator[object]:
    """The rows of every page, from number `first` on. Raises what `ask` raises, and `UsageError` when `most` pages
    were not all."""
    before: tuple[object, ...] = ()
    for number in range(first, first + most):
        page = await ask(number)
        if not page.rows or page.rows == before:
            return
        for row in page.rows:
            yield row
        if _is_last(page, number - first + 1):
            return
        before = page.rows
    raise UsageError(_ENDLESS)


def _is_last(page: Page, how_many: int) -> bool:
    if page.total is None:
        return False
    size = page.size if page.size and page.size > 0 else len(page.rows)
    return how_many * size >= page.total
