"""Long lists in pages, and the question before something is destroyed or paid for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.flows.commands.turn import Turn
from bot.markup import shorten
from bot.model import Ask
from bot.views.answers import CANCEL, Answer, Choice, Item, pages

T = TypeVar("T")
PAGE = 10
WORDS = 40  # characters of what was looked for, in a heading


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some things of a list, and whether more follow."""

    number: int
    things: Sequence[T]
    more: bool


async def read_page(things: AsyncIterator[T], number: int) -> Page[T]:
    """The page of that number, from 1. Nothing behind it is read but one thing."""
    first, position = (number - 1) * PAGE, 0
    found: list[T] = []
    async for thing in things:
        if position == first + PAGE:
            return Page(number, found, more=True)
        if position >= first:
            found.append(thing)
        position += 1
    return Page(number, found, more=False)


def cut_page(things: Sequence[T], number: int) -> Page[T]:
    """The same of a list that came whole. Pure."""
    first = (number - 1) * PAGE
    return Page(number, things[first : first + PAGE], more=len(things) > first + PAGE)


def with_words(heading: str, words: str | None) -> str:
    """A list's heading, with the words that it was narrowed by. Pure."""
    return f"{heading} with “{shorten(' '.join(words.split()), WORDS)}”" if words and words.strip() else heading


def list_answer(heading: str, page: Page[T], item: Callable[[T], Item], other: Callable[[int], Ask]) -> Answer:
    """A page as an answer; `other` asks for the page of another number. Pure."""
    if not page.things:
        return Answer(f"There is no page {page.number}." if page.number > 1 else f"{heading}: none.")
    items = tuple(item(thing) for thing in page.things)
    return Answer(heading, items, choices=pages(page.number, other, more=page.more))


def ask_first(turn: Turn, heading: str, label: str, words: str) -> Answer:
    """What will happen and what it costs, with a button for it: the same command with these words, agreed to."""
    agree = Choice(label, turn.again(words, sure=True), "danger")
    return Answer(heading, choices=(agree, CANCEL), once=True)
