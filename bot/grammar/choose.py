"""Which verb a command's first words are. Pure.

The first word is a verb if it is on the list; in quotes it never is. Without a verb the command's forms are tried
in order, by this rule: a form that begins with an id is meant when digits stand there alone, unless another form
takes one word too and the digits are a phone number where the line is. `#1042` alone is always an id.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import UsageError
from bot.grammar.lexer import Word, shown
from bot.grammar.nearest import nearest
from bot.grammar.read import id_of
from bot.grammar.shapes import HELP, Command, Kind, Verb
from bot.grammar.to import is_number
from bot.grammar.values import Context


def choose(command: Command, words: Sequence[Word], context: Context) -> tuple[Verb, int]:
    """The verb that is meant, and how many of the first words are it.

    Raises `UsageError` when the first words are no verb and the command does nothing without one.
    """
    verbs = _by_word(command)
    for count in (2, 1):
        typed = _first(words, count)
        if typed in verbs:
            return verbs[typed], count
    if any(verb.startswith(f"{_first(words, 1)} ") for verb in verbs):
        raise UsageError(_unfinished(command, _first(words, 1), words))
    return _form(command, words, context), 0


def verb_meant(command: Command, words: Sequence[Word]) -> str | None:
    """The verb that the first word may be a misspelling of. Pure."""
    if not words or words[0].quoted or words[0].text.casefold() in command.words:
        return None
    return nearest(words[0].text, command.words)


def _by_word(command: Command) -> dict[str, Verb]:
    """What can be typed as a verb. `help` is one also of a command that shows its help when it is typed alone."""
    words = {verb: HELP.id if verb.id == HELP.id else verb.word for verb in command.verbs}
    return {word: verb for verb, word in words.items() if word}


def _first(words: Sequence[Word], count: int) -> str:
    first = words[:count]
    if len(first) < count or any(word.quoted for word in first):
        return ""
    return " ".join(word.text for word in first).casefold()


def _form(command: Command, words: Sequence[Word], context: Context) -> Verb:
    places = [word for word in words if not word.key]
    bare, full = _parted(command.forms)
    if not places and bare:
        return bare[0]
    for form in full:
        if form.takes[0].kind is not Kind.ID or _is_id(places, full, context):
            return form
    raise UsageError(_unknown(command, words))


def _parted(forms: Sequence[Verb]) -> tuple[list[Verb], list[Verb]]:
    """Forms that need nothing, and forms that need words."""
    return [form for form in forms if not form.takes], [form for form in forms if form.takes]


def _is_id(places: Sequence[Word], forms: Sequence[Verb], context: Context) -> bool:
    if len(places) != 1 or places[0].quoted or id_of(places[0].text) is None:
        return False
    to_alone = any(len(form.required) == 1 and form.takes[0].kind is Kind.TO for form in forms)
    typed = places[0].text
    return typed.startswith("#") or not (to_alone and is_number(typed, context.region))


def _unfinished(command: Command, first: str, words: Sequence[Word]) -> str:
    seconds = [word.split()[1] for word in command.words if word.startswith(f"{first} ")]
    meant = nearest(words[1].text, seconds) if len(words) > 1 else None
    hint = f" Did you mean {command.typed} {first} {meant}?" if meant else ""
    return f"After {command.typed} {first} comes {' or '.join(seconds)}.{hint}"


def _unknown(command: Command, words: Sequence[Word]) -> str:
    meant = verb_meant(command, words)
    hint = f"Did you mean {command.typed} {meant}?" if meant else f"It knows {', '.join(command.words)}."
    return f'{command.typed} does not know "{shown(words[0].text)}". {hint}'
