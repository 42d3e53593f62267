"""Whom a command is for: `<to>`. Pure.

Promise: `sure` is said only of one unspaced or quoted number that cannot be read in another way; whoever sends
asks before anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import UsageError
from bot.grammar.lexer import Word
from bot.grammar.values import To
from bot.model import Number
from bot.phone import parse_number

_MOST_WORDS = 8  # of one number: +33 6 12 34 56 78 has six
_LIKE_A_NUMBER = re.compile(r"[+0-9().\-/\u2010-\u2015\u2212]{1,40}")
_DIGIT = re.compile(r"[0-9]")


def take_to(words: Sequence[Word], region: str) -> tuple[To, int]:
    """The number or name that the first words are, and how many they are; there is at least one.

    A first word that is a whole number is taken alone. Raises `UsageError` for digits that are no phone number.
    """
    first = words[0]
    if first.quoted:
        return read_to(first.text, region), 1
    if not _like_a_number(first):
        return To(None, first.text, sure=False), 1
    number, taken = take_number(words, region)
    return To(number, number, sure=taken == 1 and _longest_run(words, region, shortest=2) is None), taken


def read_to(text: str, region: str) -> To:
    """The number or name that a quoted word or a key's value is. Raises `UsageError` when it is empty. Pure."""
    name = " ".join(text.split())
    if not name:
        raise UsageError("Say whom: a number like +1 415 555 0134, or a contact's name.")
    number = _number(name, region)
    return To(number, number or name, sure=number is not None)


def take_number(words: Sequence[Word], region: str) -> tuple[Number, int]:
    """The number that the first words are, and how many: the first alone if it is one, else as many as can be.

    Raises `UsageError`, as `parse_number` does, when they are none.
    """
    first = words[0]
    if first.quoted:
        return parse_number(first.text, region), 1
    if (alone := _number(first.text, region)) is not None:
        return alone, 1
    if (run := _longest_run(words, region, shortest=2)) is not None:
        return run
    return parse_number(" ".join(word.text for word in words[: _run_length(words)] or words[:1]), region), 1


def is_number(text: str, region: str) -> bool:
    """Whether `text` is one whole phone number. Pure."""
    return _number(text, region) is not None


def _longest_run(words: Sequence[Word], region: str, *, shortest: int) -> tuple[Number, int] | None:
    for length in range(_run_length(words), shortest - 1, -1):
        number = _number(" ".join(word.text for word in words[:length]), region)
        if number is not None:
            return number, length
    return None


def _run_length(words: Sequence[Word]) -> int:
    """How many of the first words could be parts of one number."""
    length = 0
    while length < min(len(words), _MOST_WORDS) and _part_of_a_number(words[length]):
        length += 1
    return length


def _part_of_a_number(word: Word) -> bool:
    return not word.quoted and _LIKE_A_NUMBER.fullmatch(word.text) is not None


def _like_a_number(word: Word) -> bool:
    return _part_of_a_number(word) and _DIGIT.search(word.text) is not None


def _number(text: str, region: str) -> Number | None:
    if not _DIGIT.search(text):
        return None
    try:
        return parse_number(text, region)
    except UsageError:
        return None
