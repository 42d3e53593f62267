"""A method's parameters, however they were sent. Refuses in Slack's words."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.slack.model import Refused
from bot.sandbox.wire import Json

PARSED = frozenset({"attachments", "blocks", "files", "metadata", "view"})
NO = frozenset({"", "0", "false", "none", "null"})


class Params:
    """Reads parameters by name; JSON text inside a form is parsed where Slack parses it."""

    def __init__(self, values: Json) -> None:
        self.values = values
        for name in PARSED & values.keys():
            if isinstance(values[name], str):
                values[name] = _parsed(name, values[name])

    def get(self, name: str) -> Any:
        """The value as it came, or None."""
        return self.values.get(name)

    def text(self, name: str, default: str = "") -> str:
        """The value as text; `default` when it is missing."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """The value as text. Raises `Refused` when it is missing or empty."""
        value = self.text(name)
        if not value:
            raise Refused(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
            )
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """The value as yes or no: Slack takes booleans, `1` and `true`."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() not in NO

    def number(self, name: str, default: int, most: int) -> int:
        """The value as a whole number from 1 to `most`. Raises `Refused` when it is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            wanted = int(value)
        except (TypeError, ValueError) as error:
            raise Refused("invalid_limit") from error
        return max(1, min(wanted, most))

    def names(self, name: str) -> list[str]:
        """A list written with commas, or a real one."""
        value = self.values.get(name) or []
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else list(value)
        )


def _parsed(name: str, text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError as error:
        wrong = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise Refused(wrong) from error
