"""Mentions of members between reading a message and knowing their names.

A mention is U+E000, the member's id, U+E001 (private use), so that only the caller needs the API that knows names.
Promises: neither character gets in from anything typed, and `with_names` leaves none behind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.markup.plain import clean, folded
from bot.model import MemberId

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
# Source: https://docs.slack.dev/reference/methods/migration.exchange (W for a member of a whole organisation)
_MEMBER_ID = re.compile(r"[UW][A-Z0-9]+")
MENTION = f"{_OPEN}({_MEMBER_ID.pattern}){_CLOSE}"
_MENTION = re.compile(MENTION)
_SOMEONE = "@someone"


def mention(member: str) -> str:
    """The mention of `member`; `@someone` when that is no member's id. Pure."""
    return f"{_OPEN}{member}{_CLOSE}" if _MEMBER_ID.fullmatch(member) else _SOMEONE


def typed(text: str) -> str:
    """What a person typed, cleaned, and without the two characters that mark a mention. Pure."""
    return clean(_MARKS.sub("", text))


def mentioned_members(words: str) -> tuple[MemberId, ...]:
    """Whose names `with_names` needs, once each, in order. Pure."""
    return tuple(dict.fromkeys(MemberId(member) for member in _MENTION.findall(words)))


def with_names(words: str, names: Mapping[MemberId, str]) -> str:
    """`words` with `@Name` for every mention, `@someone` for a member who is not in `names`. Pure."""

    def name(match: re.Match[str]) -> str:
        known = " ".join(typed(names.get(MemberId(match[1]), "")).split())
        return f"@{known}" if known else _SOMEONE

    return _MARKS.sub("", _MENTION.sub(name, words))


def could_read(words: str, sent: str) -> bool:
    """Whether `sent` is what `words` read with names for its mentions: white space aside. Linear. Pure."""
    first, *rest = (folded(piece) for piece in _MENTION.sub(_OPEN, words).split(_OPEN))
    text = folded(sent)
    if not rest:
        return text == first
    at = len(first)
    if not text.startswith(first) or len(text) < at + len(rest[-1]) or not text.endswith(rest[-1]):
        return False
    end = len(text) - len(rest[-1])
    for piece in rest:
        named = text.find("@", at, end)
        if named == -1 or text[at:named].strip() or named + 1 >= end:
            return False
        at = text.find(piece, named + 2, end) + len(piece) if piece and piece is not rest[-1] else named + 2
        if at < named + 2:
            return False
    return True
