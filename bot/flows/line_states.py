"""How each line did last: kept for App Home, so that any replica can show it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.bridge import Bridge
from bot.model import Line

READING, WEBHOOKS, CHANNEL = "reading", "webhooks", "channel"
_UNSHOWN = (
    "Texts wait, as the channel cannot show them ({why}): undo that, invite me there again "
    "(/invite @Threadline), or connect the line to another channel."
)


async def note(bridge: Bridge, line: Line, what: str, trouble: str) -> None:
    """Remember what is wrong with it; '' for nothing."""
    name = f"line:{line.id}:{what}"
    if await bridge.store.facts.find(name) != trouble:
        await bridge.store.facts.note(name, trouble)


async def note_unshown(bridge: Bridge, line: Line, why: str) -> None:
    """Remember that what it brings cannot be shown in its channel."""
    await note(bridge, line, CHANNEL, _UNSHOWN.format(why=why))


async def all_noted(bridge: Bridge) -> Mapping[str, str]:
    """What is remembered, by line and matter."""
    return await bridge.store.facts.named("line:")


def noted(known: Mapping[str, str], line: Line, what: str) -> str | None:
    """What is wrong with a line; '' for nothing, None when nobody has looked yet. Pure."""
    return known.get(f"{line.id}:{what}")
