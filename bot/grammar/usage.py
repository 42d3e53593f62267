"""Usage lines, made from what a verb takes, so that they are never wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.errors import UsageError
from bot.grammar.shapes import Command, Flag, Key, Kind, Parameter, Verb
from bot.markup import shorten

LONGEST = 299  # characters of an error
_REPEATED = "…"
_TOLD = frozenset({"from", "to"})  # by the thread in which something is said


def usage(command: Command, verb: Verb) -> str:
    """The whole usage line: `/pay <to> <amount> <description> [ref= message=]`. Pure."""
    return _line(_head(command, verb), _options(command, verb))


def short_usage(command: Command, verb: Verb, limit: int) -> str:
    """The usage line with as many keys as fit in `limit` characters. Pure."""
    head, options = _head(command, verb), list(_options(command, verb))
    line = _line(head, options)
    while len(line) > limit and options:
        options.pop()
        line = _line(head, [*options, _REPEATED])
    return line


def hint(command: Command) -> str:
    """What may stand behind the command, on one line: its forms without a verb, then its verbs. Pure."""
    forms = [" ".join(map(placeholder, form.takes)) for form in command.forms if form.takes]
    return " · ".join([*forms, *command.words])


def refusal(sentence: str, command: Command, verb: Verb) -> UsageError:
    """The error for words that `verb` cannot take: what is wrong, and how it is used. Pure."""
    said = f"{sentence} Usage: "
    return UsageError(shorten(said + short_usage(command, verb, LONGEST - len(said)), LONGEST))


def as_said(command: Command, verb: Verb, word: str) -> tuple[Command, Verb]:
    """A verb as it is shown to who says `word` to the bot in a thread to mean it: `@Threadline pay`. Pure."""
    return replace(command, spoken=True), replace(verb, word=word, name=verb.id)


def placeholder(parameter: Parameter) -> str:
    """A parameter as usage lines show it: `<to>`, `[when]`. Pure."""
    name = parameter.shown or "|".join(parameter.choices) or parameter.name
    if parameter.kind is Kind.CHANNEL:
        return f"#{name}"
    repeated = _REPEATED if parameter.kind is Kind.NUMBERS else ""
    return f"[{name}{repeated}]" if parameter.optional else f"<{name}{repeated}>"


def _head(command: Command, verb: Verb) -> str:
    takes = [each for each in verb.takes if not (command.spoken and each.kind is Kind.TO)]
    parts = [command.typed, verb.word, *(placeholder(parameter) for parameter in takes)]
    return " ".join(part for part in parts if part)


def _options(command: Command, verb: Verb) -> tuple[str, ...]:
    told = _TOLD if command.spoken else ()
    keys = (key for key in verb.all_keys if not key.inner and key.name not in told)
    return (*(_key(key) for key in keys), *(_flag(flag) for flag in verb.flags))


def _key(key: Key) -> str:
    if key.prefix:
        return f"{key.name}:<name>="
    return f"{key.name}={'|'.join(key.choices)}"


def _flag(flag: Flag) -> str:
    return "|".join(flag.forms)


def _line(head: str, options: Iterable[str]) -> str:
    inside = " ".join(options)
    return f"{head} [{inside}]" if inside else head
