"""A command's text as words, each with its place. Pure.

Promises: the words and the white space between them are the whole text; nothing is lost, whatever is typed; the
time is linear in the text's length.
Source of the escaped forms: https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.markup import shorten
from bot.markup.plain import clean, unescape

# What closes each opening quote: keyboards and languages mix them.
_CLOSING = {'"': '"”', "“": '”"', "”": "”", "„": '“”"', "«": "»"}
_QUOTES = "".join(sorted({*_CLOSING, *"".join(_CLOSING.values())}))
# A quote closes where a word may end: elsewhere it is an ordinary character, as in 6" pipe.
_CLOSES = {opening: re.compile(rf"(?<!\\)[{closing}](?=[\s=]|\Z)") for opening, closing in _CLOSING.items()}
_WOULD_CLOSE = re.compile("[" + _CLOSING['"'] + "]")  # what we quote with
_LITERAL_QUOTE = re.compile(rf"\\([{_QUOTES}])")

_LINK = re.compile(r"<((?:tel|mailto|https?):[^<>|]*)(?:\|([^<>]*))?>")
_SCHEME = re.compile(r"\A(?:tel|mailto):")
_MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|([^<>]*))?>")

_NEXT_WORD = re.compile(r"\S")
_PLAIN_WORD = re.compile(r"(?:<[@#][^<>\n]*>|\S)+")
_KEY = re.compile(r"[^\W\d_][\w-]*=")
_PREFIX = re.compile(r"[^\W\d_][\w-]*:")
_PREFIXED_KEY = re.compile(rf"{_PREFIX.pattern}[^=]*=", re.DOTALL)
_PREFIXED_KEY_WORD = re.compile(rf"{_PREFIX.pattern}[^\s=]*=")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was meant, without its quotes. `start` and `end` are its place in the text.

    `key` and `value` are what stands before and after the first `=`, both empty for any other word. A word quoted
    as a whole has a key only when that has a prefix: "field:Postal code=12345".
    """

    text: str
    start: int
    end: int
    quoted: bool = False
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, with Slack's escapes resolved, and its words."""

    text: str
    words: tuple[Word, ...]


def read(raw: str) -> Typed:
    """The words of a command's text as Slack sends it. Pure."""
    text = unescape(_LINK.sub(_link, clean(raw)))
    reader = _Reader(text)
    words: list[Word] = []
    while (word := reader.next_word(words[-1].end if words else 0)) is not None:
        words.append(word)
    return Typed(text, tuple(words))


def without_escapes(text: str) -> str:
    """`text` with plain quotes for `\\"` and `@name`, `#name` for mentions that Slack escaped. Pure."""
    named = _MENTION.sub(lambda match: f"{match[1]}{match[3] or match[2]}", text)
    return _LITERAL_QUOTE.sub(r"\1", named)


def quote(text: str) -> str:
    """`text` as one word to type. Pure."""
    inside = _WOULD_CLOSE.sub(r"\\\g<0>", _LITERAL_QUOTE.sub(r"\1", text))
    blank = " " if inside.endswith("\\") else ""  # or the quote that closes would be taken for one of the words
    return f'"{inside}{blank}"'


def shown(text: str) -> str:
    """What a person typed, short enough to be repeated to them on one line. Pure."""
    return shorten(" ".join(text.split()), 40)


def mentioned(text: str, sign: str) -> tuple[str | None, str]:
    """The id, None when Slack did not give it, and the name of `@name`, `#name` (`sign` says which). Pure."""
    escaped = _MENTION.fullmatch(text)
    if escaped and escaped[1] == sign:
        return escaped[2], escaped[3] or ""
    return None, text.removeprefix(sign)


def _link(match: re.Match[str]) -> str:
    """A link as it was typed; of a web address the address, since its label may be cut."""
    target, label = match[1], match[2]
    if target.startswith("http"):
        return target
    return label or _SCHEME.sub("", target)


class _Reader:
    """Finds words one after the other. Remembers the last place of each closing quote, so that quotes which never
    close are not looked for again and again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last_close = {
            opening: max((match.start() for match in closes.finditer(text)), default=-1)
            for opening, closes in _CLOSES.items()
        }

    def next_word(self, at: int) -> Word | None:
        """The first word that starts at `at` or later, None when there is none."""
        found = _NEXT_WORD.search(self._text, at)
        if found is None:
            return None
        start = found.start()
        return self._quoted(start) or self._with_key(start) or self._with_prefix(start) or self._plain(start)

    def _inside(self, at: int) -> tuple[str, int] | None:
        """What stands in the quotes that open at `at`, and where they end; None when they are none."""
        opening = self._text[at : at + 1]
        if self._last_close.get(opening, -1) <= at:
            return None
        closing = _CLOSES[opening].search(self._text, at + 1)
        if closing is None:
            return None
        return _LITERAL_QUOTE.sub(r"\1", self._text[at + 1 : closing.start()]), closing.end()

    def _quoted(self, start: int) -> Word | None:
        inside = self._inside(start)
        if inside is None or not self._ends(inside[1]):
            return None
        text, end = inside
        key = _PREFIXED_KEY.match(text)
        if key is None:
            return Word(text, start, end, quoted=True)
        return Word(text, start, end, quoted=True, key=key[0][:-1], value=text[key.end() :])

    def _with_key(self, start: int) -> Word | None:
        """`key=value`, `key="two words"`, `field:name=value`."""
        key = _KEY.match(self._text, start) or _PREFIXED_KEY_WORD.match(self._text, start)
        return None if key is None else self._valued(start, key[0][:-1], key.end())

    def _with_prefix(self, start: int) -> Word | None:
        """`field:"Postal code"=value`, `data:"two words"`."""
        prefix = _PREFIX.match(self._text, start)
        inside = self._inside(prefix.end()) if prefix else None
        if prefix is None or inside is None:
            return None
        text, end = prefix[0] + inside[0], inside[1]
        if self._text[end : end + 1] == "=":
            return self._valued(start, text, end + 1)
        return Word(text, start, end)

    def _valued(self, start: int, key: str, at: int) -> Word:
        inside = self._inside(at)
        if inside is not None and self._ends(inside[1]):
            value, end = inside
        else:
            plain = _PLAIN_WORD.match(self._text, at)
            end = plain.end() if plain else at
            value = _LITERAL_QUOTE.sub(r"\1", self._text[at:end])
        return Word(f"{key}={value}", start, end, key=key, value=value)

    def _plain(self, start: int) -> Word:
        word = _PLAIN_WORD.match(self._text, start)
        end = word.end() if word else start + 1
        return Word(_LITERAL_QUOTE.sub(r"\1", self._text[start:end]), start, end)

    def _ends(self, at: int) -> bool:
        """Whether a word may end here."""
        return at == len(self._text) or self._text[at].isspace()
