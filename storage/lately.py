"""Answers that may be a second old: for what every webhook asks and what hardly ever changes.

Another process changes it, too, so nothing is remembered for longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

A = TypeVar("A")

AGE_S = 1.0
MOST = 100  # of different questions


class Lately(Generic[A]):
    """What was answered to each question within the last second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answers: dict[str, tuple[float, A]] = {}

    def find(self, question: str) -> A | None:
        """The answer, or None when it was not asked lately."""
        asked_at, answer = self._answers.get(question, (-AGE_S, None))
        return answer if self._clock() - asked_at < AGE_S else None

    def note(self, question: str, answer: A) -> A:
        """Remember an answer, and give it back."""
        if len(self._answers) >= MOST:
            self._answers.clear()
        self._answers[question] = (self._clock(), answer)
        return answer
