"""Texts as both ends of a provider see them, and the phones of the contacts. No I/O.

Numbers are E.164 here (`+14155550134`); a stand-in turns them into its provider's spelling.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

FAILED = frozenset({"error", "failed", "undelivered", "301"})  # in the words of each provider
STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
START_WORDS = frozenset({"start", "unstop", "yes start"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or file that a contact attaches."""

    name: str
    content: bytes
    mimetype: str = "image/jpeg"


@dataclass(slots=True, kw_only=True)
class Text:
    """One SMS or MMS. `outbound` texts go to the contact; `author` is who wrote them."""

    id: str
    line: str
    contact: str
    words: str
    outbound: bool
    author: str = ""
    status: str = ""
    code: str = ""
    media: tuple[str, ...] = ()
    callback: str = ""  # where the statuses of this one text go
    heard: bool = False  # of a contact's text: whether the bot answered its webhook, or read it since
    token: str = ""  # the sender's own reference, where the provider takes one
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    accepted_at: float = field(default_factory=time.monotonic)  # for benchmarks

    @property
    def arrived(self) -> bool:
        """Whether the contact's phone shows it: everything that did not fail."""
        return self.outbound and self.status not in FAILED


class TextLog:
    """Every text of one provider, in order, found by id, by line and by contact."""

    def __init__(self) -> None:
        self.all: list[Text] = []
        self.by_id: dict[str, Text] = {}
        self._by_line: dict[str, list[Text]] = {}
        self._by_contact: dict[str, list[Text]] = {}

    def add(self, text: Text) -> None:
        """Keep a text."""
        self.all.append(text)
        self.by_id[text.id] = text
        self._by_line.setdefault(text.line, []).append(text)
        self._by_contact.setdefault(text.contact, []).append(text)

    def of_line(self, line: str) -> Sequence[Text]:
        """Both directions, oldest first."""
        return self._by_line.get(line, ())

    def of_contact(self, contact: str) -> Sequence[Text]:
        """Both directions over every line, oldest first."""
        return self._by_contact.get(contact, ())

    def arrived_at(self, contact: str) -> list[Text]:
        """What the contact's phone got, in order."""
        return [text for text in self.of_contact(contact) if text.arrived]

    def accepted(self, contact: str = "") -> list[Text]:
        """Every accepted text towards a contact (empty: towards anybody), failed ones too, in order."""
        return [text for text in (self.of_contact(contact) if contact else self.all) if text.outbound]


def e164(number: str) -> str:
    """A North American number in any spelling as E.164; empty when it is none."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) == 10:
        digits = "1" + digits
    return f"+{digits}" if len(digits) == 11 and digits.startswith("1") else ""


def international(number: str) -> str:
    """A number of any country as E.164; without plus it is North American. Empty when it cannot be one."""
    digits = "".join(character for character in number if character.isdigit())
    if not number.strip().startswith("+"):
        return e164(number)
    return f"+{digits}" if 8 <= len(digits) <= 15 else ""


def wants_out(words: str) -> bool:
    """Whether a text is a contact's STOP."""
    return words.strip().casefold() in STOP_WORDS


def wants_in(words: str) -> bool:
    """Whether a text takes a STOP back."""
    return words.strip().casefold() in START_WORDS
