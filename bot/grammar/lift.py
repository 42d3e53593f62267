"""Keys and flags, which may stand anywhere after the verb, lifted out of the other words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import UsageError
from bot.grammar.lexer import Typed, Word, shown, without_escapes
from bot.grammar.nearest import folded, nearest
from bot.grammar.read import read_word
from bot.grammar.shapes import Flag, Key, Verb
from bot.grammar.values import Context, Value

_BLANK = re.compile(r"\s*")


@dataclass(slots=True)
class Lifted:
    """The words that stand at their place, what was lifted out, and what keys with a prefix said."""

    words: list[Word] = field(default_factory=list)
    out: list[Word] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    named: dict[str, dict[str, str]] = field(default_factory=dict)


def lift(verb: Verb, words: Sequence[Word], context: Context) -> Lifted:
    """`words` without the verb's keys and flags, and what those say.

    An unknown `key=value` stays a word where the verb takes free words. Raises `UsageError` elsewhere, for what
    stands twice, and for values that cannot be.
    """
    lifted = Lifted()
    flags = {form: flag for flag in verb.flags for form in flag.forms}
    for word in words:
        flag = None if word.quoted else flags.get(word.text.casefold())
        if flag is not None:
            _keep(lifted, flag.name, word, word.text.casefold())
        elif word.key and _lift_key(lifted, verb, word, context):
            continue
        else:
            lifted.words.append(word)
    return lifted


def free_words(typed: Typed, words: Sequence[Word], out: Sequence[Word]) -> str:
    """The text from the first of `words` to the last as it was typed, without the words in `out`.

    Words that are quoted as a whole lose their quotes. Line breaks beside a word in `out` stay. Pure.
    """
    if len(words) == 1 and words[0].quoted:
        return without_escapes(words[0].text)
    parts, at, end = [], words[0].start, words[-1].end
    for word in out:
        if at <= word.start < end:
            before = typed.text[at : word.start]
            gap = _BLANK.match(typed.text, word.end, end)
            after = gap[0] if gap else ""
            parts.append(before.rstrip() + _wider(before[len(before.rstrip()) :], after))
            at = word.end + len(after)
    return without_escapes("".join([*parts, typed.text[at:end]]))


def _wider(before: str, after: str) -> str:
    """Of the white space on both sides of a word that goes, the one that stays: that with more line breaks."""
    return after if after.count("\n") > before.count("\n") else before


def _lift_key(lifted: Lifted, verb: Verb, word: Word, context: Context) -> bool:
    """Lift a key that the verb knows; False leaves the word where it is."""
    prefix, colon, name = word.key.partition(":")
    key = _known(verb, prefix, with_prefix=bool(colon))
    if key is None:
        if colon or word.quoted or verb.free:
            return False
        raise UsageError(_unknown(verb, word.key))
    if key.prefix:
        _keep_named(lifted, key, name, word)
    else:
        _keep(lifted, key.name, word, read_word(key, word.value, context))
    return True


def _known(verb: Verb, name: str, *, with_prefix: bool) -> Key | None:
    wanted = folded(name)
    for key in verb.all_keys:
        if key.prefix is with_prefix and folded(key.name) == wanted:
            return key
    return None


def _keep(lifted: Lifted, name: str, word: Word, value: Value) -> None:
    if name in lifted.values:
        raise UsageError(f"{name} stands there twice. Write it once.")
    lifted.values[name] = value
    lifted.out.append(word)


def _keep_named(lifted: Lifted, key: Key, name: str, word: Word) -> None:
    name = " ".join(name.split())
    of_key = lifted.named.setdefault(key.name, {})
    if not name or name in of_key:
        raise UsageError(f'Write {key.name}: with a name and once for each, like "{key.name}:Postal code=12345".')
    of_key[name] = word.value
    lifted.out.append(word)


def _unknown(verb: Verb, name: str) -> str:
    if not verb.all_keys and not verb.flags:
        return f'{shown(name)}= is not known here. Put "{shown(name)}=…" in quotes to mean the words.'
    meant = nearest(name, _names(verb.all_keys, verb.flags))
    hint = f"Did you mean {meant}?" if meant else f"Known are {_some(verb.all_keys)}."
    return f"{shown(name)}= is not known here. {hint}"


def _names(keys: Sequence[Key], flags: Sequence[Flag]) -> Mapping[str, None]:
    return dict.fromkeys([*(_shown_key(key) for key in keys), *(flag.name for flag in flags)])


def _shown_key(key: Key) -> str:
    return f"{key.name}:<name>=" if key.prefix else f"{key.name}="


def _some(keys: Sequence[Key]) -> str:
    names = [_shown_key(key) for key in keys]
    return ", ".join(names[:6]) + (" and others" if len(names) > 6 else "")
