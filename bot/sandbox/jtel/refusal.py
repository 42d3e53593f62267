"""How a part of the stand-in says no."""

from __future__ import annotations

from bot.sandbox.wire import Json


class Refusal(Exception):
    """An error answer, with its HTTP status and jtel's prose."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


def needed(asked: Json, *names: str) -> None:
    """Raises `Refusal` for a parameter that is missing."""
    for name in names:
        if asked.get(name) in (None, ""):
            raise Refusal(400, f"Parameter {name} missing")
