"""Pieces that the lines of lists are made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from bot.markup import clean, is_blank

_NEXT_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def moment(at: datetime, zone: tzinfo) -> str:
    """A day and a minute in the reader's zone: `04 Mar 2026, 15:00`."""
    return f"{at.astimezone(zone):%d %b %Y, %H:%M}"


def day(at: date) -> str:
    """A day of the year: `4 Mar`."""
    return f"{at.day} {at:%b}"


def day_and_year(at: date) -> str:
    """A day: `4 Mar 2026`."""
    return f"{at.day} {at:%b %Y}"


def how_long(seconds: float) -> str:
    """A time in the largest unit of which there is one, a second at least: `45 s`, `4 min`, `3.5 h`, `2 d`."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            many = seconds / length
            number = f"{many:.1f}".removesuffix(".0") if many < 10 and unit != "min" else f"{many:.0f}"
            return f"{number} {unit}"
    return f"{max(seconds, 1):.0f} s"


def flat(words: str) -> str:
    """Somebody else's words on one line, so that they cannot pass for the next one of a list; empty when nobody
    would see anything."""
    shown = " ".join(clean(words).split())
    return "" if is_blank(shown) else shown


def dotted(*parts: str) -> str:
    """What there is of `parts`, on one line."""
    return " · ".join(filter(None, map(flat, parts)))


def commas(words: Iterable[str]) -> str:
    """Several on one line."""
    return ", ".join(filter(None, map(flat, words)))


def below_each_other(*lines: str) -> str:
    """What there is of `lines`."""
    return "\n".join(line for line in lines if line)


def field_label(name: str) -> str:
    """A provider's field for people: `PostalCode` is `Postal code`."""
    return _NEXT_WORD.sub(" ", name).capitalize()
