"""A command's words as what is asked for. Pure.

Promise: whatever is typed is an `Asked` or a `UsageError` whose sentence says what to type instead, in less than
300 characters, and in a time linear in what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.errors import UsageError
from bot.grammar.choose import choose, verb_meant
from bot.grammar.lexer import Typed, Word, quote, read, shown
from bot.grammar.lift import Lifted, free_words, lift
from bot.grammar.shapes import LINE, PAGE, Command, Kind, Verb
from bot.grammar.take import Taken, take
from bot.grammar.usage import as_said, placeholder, refusal
from bot.grammar.values import Context, Value
from bot.markup import escape

T = TypeVar("T")

_NAMES = frozenset({Kind.TO, Kind.NAMED, Kind.WORD})  # which have several words now and then


class _Missing(UsageError):
    """Says what is not there; of what, whoever catches it knows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for. `values` are by the names of the verb's parameters, keys and flags.

    `named` holds what keys with a prefix said: `field:Postal code=12345` is `named["field"]["Postal code"]`.
    `typed` is the text, and `places` are where in it the parameters begin and end.
    """

    command: Command
    verb: Verb
    values: Mapping[str, Value]
    named: Mapping[str, Mapping[str, str]]
    page: int = 1
    typed: str = ""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def find(self, name: str, kind: type[T]) -> T | None:
        """The value called `name`, None when it is not there or of another kind."""
        value = self.values.get(name)
        return value if isinstance(value, kind) else None

    def value(self, name: str, kind: type[T]) -> T:
        """The value of something that is required. Raises `KeyError` for what the verb does not require."""
        found = self.find(name, kind)
        if found is None:
            raise KeyError(name)
        return found

    def has(self, name: str) -> bool:
        """Whether it was typed."""
        return name in self.values

    def instead(self, name: str, word: str) -> str:
        """What was typed, as Slack sends it, with `word` in the place of a parameter that is one word. Raises
        `KeyError` for one that was not typed."""
        start, end = self.places[name]
        return escape(f"{self.typed[:start]}{word}{self.typed[end:]}")


def parse(command: Command, text: str, context: Context, said: str = "") -> Asked:
    """What `text` behind `command` asks for; `said` is the word that meant it in a thread. Raises `UsageError`."""
    typed = read(text)
    verb, used = choose(command, typed.words, context)
    shown_as = as_said(command, verb, said) if said else (command, verb)
    try:
        return _asked(command, verb, typed, used, context)
    except _Missing as missing:
        sentence = f"{_what(*shown_as)} needs {missing}.{_hint(command, verb, typed.words)}"
        raise refusal(sentence, *shown_as) from missing
    except UsageError as error:
        raise refusal(f"{error}{_hint(command, verb, typed.words)}", *shown_as) from error


def verb_missed(asked: Asked) -> str:
    """` Did you mean /text history?` where a misspelled verb was taken for a name, else ''. Pure."""
    return _hint(asked.command, asked.verb, read(asked.typed).words)


def _hint(command: Command, verb: Verb, words: Sequence[Word]) -> str:
    """Without a verb, the first word may have been a misspelled one."""
    meant = None if verb.word else verb_meant(command, words)
    return f" Did you mean {command.typed} {meant}?" if meant else ""


def _asked(command: Command, verb: Verb, typed: Typed, used: int, context: Context) -> Asked:
    lifted = lift(verb, typed.words[used:], context)
    placed, places = _placed(verb, typed, lifted, context)
    values = {**placed, **lifted.values}
    page = values.pop(PAGE.name, 1)
    if verb.needs_some and not _some(verb, values, lifted):
        raise UsageError(_nothing(verb))
    page = page if isinstance(page, int) else 1
    return Asked(command, verb, values, lifted.named, page, typed.text, places)


def _placed(
    verb: Verb, typed: Typed, lifted: Lifted, context: Context
) -> tuple[dict[str, Value], dict[str, tuple[int, int]]]:
    """What stands at its place, and where."""
    values: dict[str, Value] = {}
    places: dict[str, tuple[int, int]] = {}
    rest: Sequence[Word] = lifted.words
    for parameter in verb.takes:
        if parameter.kind is Kind.WORDS:
            taken = _free(typed, rest, lifted.out)
        else:
            taken = take(parameter, rest, context) if rest else None
        if taken is not None:
            values[parameter.name] = taken.value
            places[parameter.name] = rest[0].start, rest[taken.words - 1].end
            rest = rest[taken.words :]
    _refuse_missing(verb, values)
    if rest:
        raise UsageError(_superfluous(verb, lifted.words, rest))
    return values, places


def _free(typed: Typed, rest: Sequence[Word], out: Sequence[Word]) -> Taken | None:
    words = free_words(typed, rest, out) if rest else ""
    return Taken(words, len(rest)) if words.strip() else None


def _refuse_missing(verb: Verb, values: Mapping[str, Value]) -> None:
    missing = [placeholder(parameter) for parameter in verb.required if parameter.name not in values]
    if missing:
        raise _Missing(" and ".join(missing))


def _what(command: Command, verb: Verb) -> str:
    return " ".join(part for part in (command.typed, verb.word) if part)


def _superfluous(verb: Verb, words: Sequence[Word], rest: Sequence[Word]) -> str:
    extra = f'"{shown(" ".join(word.text for word in rest[:6]))}" is too much.'
    if not _NAMES & {parameter.kind for parameter in verb.takes}:
        return extra
    first = words[: len(words) - len(rest) + 1][-2:]
    return f"{extra} Put several words that belong together in quotes, like {quote(shown(_text(first)))}."


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _some(verb: Verb, values: Mapping[str, Value], lifted: Lifted) -> bool:
    required = {parameter.name for parameter in verb.required}
    return bool(lifted.named) or bool(set(values) - required - {LINE.name})


def _nothing(verb: Verb) -> str:
    if any(parameter.optional for parameter in verb.takes):
        return "Say what to look for: words, or one of the keys."
    return "Say what to change: at least one of the keys."
