"""Slack messages as members write them: the words for the contact, and the signs that they are not for one.

Promises: rich_text is read where it can be read whole, else `text`, else what was readable; attachments (unfurls)
and a bot's other blocks are never part of the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.markup.mentions import MENTION
from bot.markup.mrkdwn import read_labels, read_mrkdwn
from bot.markup.plain import is_blank
from bot.markup.rich_text import LOST, read_blocks
from bot.model import MemberId

# Pasted words may begin with a zero-width space, which nobody sees and `\s` does not match.
_SPACE = r"\s\u200b\u2060\ufeff"
_MARKS = "*_~`>"  # in `text`, formatting comes before the first word
_NOTE = r"//|note\s*:|🔇|:mute:"
_TICKET = r"ticket\s*:"
_TICKET_SIGN = re.compile(f"^[{_SPACE}{_MARKS}]*{_TICKET}[{_SPACE}]*", re.IGNORECASE)
_NOTE_SIGN = re.compile(f"^[{_SPACE}{_MARKS}]*(?:{_NOTE}|{_TICKET})[{_SPACE}]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reading:
    words: str
    from_blocks: bool

    def begins(self, pattern: str) -> re.Match[str] | None:
        ignored = _SPACE if self.from_blocks else _SPACE + _MARKS
        return re.match(f"[{ignored}]*(?:{pattern})", self.words, re.IGNORECASE)


def read_words(message: Mapping[str, object]) -> str:
    """The plain words of a Slack message (an event's dict), trimmed; empty when it has none. Pure.

    Members are mentioned as `mentioned_members` and `with_names` know them.
    """
    return _read(message).words


def leading_mention(message: Mapping[str, object]) -> MemberId | None:
    """The member mentioned before anything else is said; None when the message begins otherwise. Pure."""
    match = _read(message).begins(MENTION)
    return MemberId(match[1]) if match else None


def starts_as_note(message: Mapping[str, object]) -> bool:
    """Whether the message begins with `//`, `note:` or 🔇: it is for colleagues and must not go out. Pure."""
    return _read(message).begins(_NOTE) is not None


def without_note_sign(words: str) -> str:
    """The words of a note, also of one for the ticket, without what made it one. Pure."""
    return _NOTE_SIGN.sub("", words).strip()


def is_for_the_ticket(message: Mapping[str, object]) -> bool:
    """Whether the message begins with `ticket:`: it is a note on the thread's ticket and must not go out. Pure."""
    return _read(message).begins(_TICKET) is not None


def without_ticket_sign(words: str) -> str:
    """The words of a note on a ticket without what made it one. Pure."""
    return _TICKET_SIGN.sub("", words).strip()


def _read(message: Mapping[str, object]) -> _Reading:
    value = message.get("text")
    text = value if isinstance(value, str) else ""
    blocks = read_blocks(message.get("blocks"), read_labels(text))
    if LOST not in blocks and not is_blank(blocks):
        return _Reading(blocks.strip(), from_blocks=True)
    words = read_mrkdwn(text)
    if not is_blank(words):
        return _Reading(words.strip(), from_blocks=False)
    rest = blocks.replace(LOST, "")
    return _Reading("" if is_blank(rest) else rest.strip(), from_blocks=True)
