"""What stands at a place: how many words a parameter takes, and what they mean. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.errors import UsageError
from bot.grammar.lexer import Word
from bot.grammar.nearest import folded
from bot.grammar.read import read_word
from bot.grammar.shapes import Kind, Parameter
from bot.grammar.to import take_number, take_to
from bot.grammar.values import Context, Value
from bot.grammar.when import read_when
from bot.model import Number

_MOST_NUMBERS = (
    6  # of one contact. Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What the first words mean, and how many they are."""

    value: Value
    words: int


def take(parameter: Parameter, words: Sequence[Word], context: Context) -> Taken | None:
    """What `parameter` is, None when it is optional and the words are something else. There is a word.

    Raises `UsageError` for words that it cannot be.
    """
    taker = _TAKERS.get(parameter.kind)
    if taker is not None:
        return taker(parameter, words, context)
    first = words[0]
    return Taken(read_word(parameter, first.text, context, quoted=first.quoted), 1)


def _take_to(_: Parameter, words: Sequence[Word], context: Context) -> Taken:
    return Taken(*take_to(words, context.region))


def _take_number(_: Parameter, words: Sequence[Word], context: Context) -> Taken:
    return Taken(*take_number(words, context.region))


def _take_numbers(_: Parameter, words: Sequence[Word], context: Context) -> Taken:
    numbers: list[Number] = []
    used = 0
    while used < len(words):
        number, taken = take_number(words[used:], context.region)
        numbers.append(number)
        used += taken
        if len(numbers) > _MOST_NUMBERS:
            raise UsageError(f"A contact has {_MOST_NUMBERS} numbers at most.")
    return Taken(tuple(numbers), used)


def _take_when(_: Parameter, words: Sequence[Word], context: Context) -> Taken | None:
    when = read_when((word.text for word in takewhile(lambda word: not word.quoted, words)), context)
    return None if when is None else Taken(when.at, when.words)


def _take_choice(parameter: Parameter, words: Sequence[Word], context: Context) -> Taken | None:
    first = words[0]
    known = folded(first.text) in map(folded, parameter.choices) and not first.quoted
    if not known and parameter.optional:
        return None
    return Taken(read_word(parameter, first.text, context), 1)


_TAKERS: Mapping[Kind, Callable[[Parameter, Sequence[Word], Context], Taken | None]] = {
    Kind.TO: _take_to,
    Kind.NUMBER: _take_number,
    Kind.NUMBERS: _take_numbers,
    Kind.WHEN: _take_when,
    Kind.CHOICE: _take_choice,
}
