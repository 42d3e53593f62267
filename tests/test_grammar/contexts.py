"""Who types, where and when, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.grammar.values import Context

NEW_YORK = ZoneInfo("America/New_York")
WEDNESDAY_NOON = datetime(2026, 3, 4, 12, 0, tzinfo=NEW_YORK)
CONTEXT = Context("US", NEW_YORK, WEDNESDAY_NOON.astimezone(UTC))


def at(local: str, zone: str = "America/New_York", region: str = "US") -> Context:
    """Somebody whose clock shows `local` (ISO) now."""
    there = ZoneInfo(zone)
    return Context(region, there, datetime.fromisoformat(local).replace(tzinfo=there).astimezone(UTC))
