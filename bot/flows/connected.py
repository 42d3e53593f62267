"""A line that something belongs to, as long as it is bound: it may have been removed since."""

from __future__ import annotations

from bot.errors import UsageError
from bot.model import Line

_REMOVED = "This line is no longer connected. An admin can add it again."


def connected(line: Line | None) -> Line:
    """Raises `UsageError` when there is none, or it was removed. Pure."""
    if line is None or line.removed:
        raise UsageError(_REMOVED)
    return line
