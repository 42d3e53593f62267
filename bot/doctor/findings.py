"""What doctor says: one line for each thing it looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a thing stands."""

    FINE = "✓"
    LOOK = "!"  # works, or may work; somebody should look at it
    WRONG = "✗"  # does not work until somebody does what the words say


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. Its words hold no token, no key and no contact's number."""

    mark: Mark
    words: str

    def __str__(self) -> str:
        return f"{self.mark} {self.words}"


def fine(words: str) -> Finding:
    """It works."""
    return Finding(Mark.FINE, words)


def look(words: str) -> Finding:
    """Somebody should look at it."""
    return Finding(Mark.LOOK, words)


def wrong(words: str) -> Finding:
    """It does not work."""
    return Finding(Mark.WRONG, words)


def verdict(findings: Sequence[Finding]) -> str:
    """The last line. Pure."""
    marks = Counter(finding.mark for finding in findings)
    if not marks[Mark.WRONG] and not marks[Mark.LOOK]:
        return "All is well."
    return f"{marks[Mark.WRONG]} to put right (✗), {marks[Mark.LOOK]} to look at (!)."


def exit_code(findings: Sequence[Finding]) -> int:
    """1 when something does not work. Pure."""
    return int(any(finding.mark is Mark.WRONG for finding in findings))
