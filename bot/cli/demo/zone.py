"""The time zone of this machine, so that the demo's people read the same clock as whoever tries it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCAL = Path("/etc/localtime")  # a link into the zones, on Linux and macOS
_FOLDER = "zoneinfo/"


def local_zone(link: Path = LOCAL) -> str:
    """Its name, like `Europe/Berlin`; UTC where it cannot be told."""
    _, found, name = link.resolve().as_posix().rpartition(_FOLDER)
    try:
        return ZoneInfo(name).key if found else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
