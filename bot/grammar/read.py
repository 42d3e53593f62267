"""One word, or the value of one key, as what it means. Pure.

Every function here raises `UsageError`, with a sentence that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from bot.errors import UsageError
from bot.grammar.lexer import mentioned, shown
from bot.grammar.nearest import folded, nearest
from bot.grammar.shapes import Key, Kind, Parameter
from bot.grammar.to import read_to
from bot.grammar.values import AgentGroup, Context, DiallerKey, Mention, Named, Value
from bot.grammar.when import read_date
from bot.phone import parse_number

Asked = Parameter | Key

_ID = re.compile(r"#?([0-9]{1,18})")  # at most what a signed 64-bit column holds
_PAIR = re.compile(r"([0-9]{1,18})/([0-9]{1,18})")
_DATA = re.compile(r"data:(.+)", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"#?([\w.-]*[0-9][\w.-]*)")
_AMOUNT = re.compile(r"[^\d\s]{0,4}\d[\d.,' ]*[^\d\s]{0,4}")
_NAME_OF_A_MENTION = re.compile(r"[\w.\-]{1,80}")
_MAY_BE_EMPTY = frozenset({Kind.TEXT, Kind.NAMES, Kind.TAGS})  # which clears what was there
_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0"})


def read_word(asked: Asked, text: str, context: Context, *, quoted: bool = False) -> Value:
    """What `text` means as `asked`. Raises `UsageError` when it cannot mean that."""
    if asked.kind not in _MAY_BE_EMPTY and not text.strip():
        raise UsageError(f"{asked.name} is empty.")
    if asked.kind is Kind.NAMED:
        return _named(asked, text, quoted=quoted)
    return _READERS[asked.kind](asked, text, context)


def id_of(text: str) -> int | None:
    """The id that `1042` or `#1042` is, None for anything else. Pure."""
    match = _ID.fullmatch(text)
    return int(match[1]) if match else None


def _named(asked: Asked, text: str, *, quoted: bool) -> Value:
    if quoted:
        return Named(None, text)
    if (choice := _choice_of(asked, text)) is not None and isinstance(asked, Parameter):
        return choice
    return Named(id_of(text), text)


def _choice_of(asked: Asked, text: str) -> str | None:
    return {folded(choice): choice for choice in asked.choices}.get(folded(text))


def _read_choice(asked: Asked, text: str, _: Context) -> Value:
    if (choice := _choice_of(asked, text)) is not None:
        return choice
    meant = nearest(text, asked.choices)
    hint = f" Did you mean {meant}?" if meant else ""
    raise UsageError(f'{asked.name} cannot be "{shown(text)}": it is {" or ".join(asked.choices)}.{hint}')


def _read_id(asked: Asked, text: str, _: Context) -> Value:
    if (number := id_of(text)) is not None:
        return number
    raise UsageError(f'"{shown(text)}" is no {asked.name}: write its digits, like 1042.')


def _read_count(asked: Asked, text: str, _: Context) -> Value:
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise UsageError(f"{asked.name} is a whole number, like {max(asked.least, 1)}.")
    if not asked.least <= int(text) <= asked.most:
        raise UsageError(f"{asked.name} is a whole number from {asked.least} to {asked.most}.")
    return int(text)


def _read_dialler_key(_: Asked, text: str, __: Context) -> Value:
    if (number := id_of(text)) is not None:
        return DiallerKey(id=number)
    if data := _DATA.fullmatch(text):
        return DiallerKey(data=data[1])
    raise UsageError(
        f'"{shown(text)}" is no contact of the dialler: write its id, or data: and its key behind it.'
    )


def _read_agent_group(_: Asked, text: str, __: Context) -> Value:
    if pair := _PAIR.fullmatch(text):
        return AgentGroup(pair=(int(pair[1]), int(pair[2])))
    return AgentGroup(group=Named(id_of(text), text))


def _read_code(_: Asked, text: str, __: Context) -> Value:
    if code := _CODE.fullmatch(text):
        return code[1]
    raise UsageError(f'"{shown(text)}" is no ticket\'s code: write one like RF-200.')


def _read_amount(_: Asked, text: str, __: Context) -> Value:
    if _AMOUNT.fullmatch(text):
        return text
    raise UsageError(f'"{shown(text)}" is no amount: write one like 45 or 45.50.')


def _read_url(_: Asked, text: str, __: Context) -> Value:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if good and not any(letter.isspace() for letter in text):
        return text
    raise UsageError(f'"{shown(text)}" is no web address: write all of it, like https://example.com/page.pdf.')


def _read_mention(sign: str, example: str) -> Callable[[Asked, str, Context], Value]:
    def read(asked: Asked, text: str, _: Context) -> Value:
        ident, name = mentioned(text, sign)
        if ident is not None or _NAME_OF_A_MENTION.fullmatch(name):
            return Mention(ident, name)
        raise UsageError(f'"{shown(text)}" is no {asked.name}: write it like {example}.')

    return read


def _read_yes_no(asked: Asked, text: str, _: Context) -> Value:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise UsageError(f"{asked.name} is yes or no.")


def _between_commas(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


_READERS: Mapping[Kind, Callable[[Asked, str, Context], Value]] = {
    Kind.TO: lambda _, text, context: read_to(text, context.region),
    Kind.NAMES: lambda _, text, __: tuple(Named(id_of(name), name) for name in _between_commas(text)),
    Kind.TAGS: lambda _, text, __: _between_commas(text),
    Kind.ID: _read_id,
    Kind.COUNT: _read_count,
    Kind.DIALLER_KEY: _read_dialler_key,
    Kind.AGENT_GROUP: _read_agent_group,
    Kind.CODE: _read_code,
    Kind.AMOUNT: _read_amount,
    Kind.DATE: lambda _, text, context: read_date(text, context),
    Kind.URL: _read_url,
    Kind.MEMBER: _read_mention("@", "@dana"),
    Kind.CHANNEL: _read_mention("#", "#sales"),
    Kind.NUMBER: lambda _, text, context: parse_number(text, context.region),
    Kind.CHOICE: _read_choice,
    Kind.YES_NO: _read_yes_no,
    Kind.WORD: lambda _, text, __: text,
    Kind.TEXT: lambda _, text, __: text,
}
