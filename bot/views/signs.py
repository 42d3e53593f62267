"""The one reaction that says how far a member's message got."""

from __future__ import annotations

from collections.abc import Mapping

REACTIONS: Mapping[str, str] = {
    "waiting": "hourglass_flowing_sand",
    "accepted": "incoming_envelope",
    "delivered": "white_check_mark",
    "failed": "warning",
    "unknown": "grey_question",
    "internal": "mute",
    "refused": "no_entry_sign",
}


def missing(wanted: str, shown: str) -> str | None:
    """The reaction to add, or None when it stands there. Pure. `shown` is a list of signs with commas."""
    return REACTIONS.get(wanted) if wanted and wanted not in signs(shown) else None


def superfluous(wanted: str, shown: str) -> list[str]:
    """The signs to take away, once the wanted one stands. Pure."""
    return [sign for sign in signs(shown) if sign != wanted]


def signs(shown: str) -> list[str]:
    """The signs that stand there. Pure."""
    return [sign for sign in shown.split(",") if sign]
