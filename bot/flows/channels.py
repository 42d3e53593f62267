"""What happens to a line's channel: archived, deleted, the bot removed, and back again."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.flows import alerts
from bot.model import ChannelId, Line

_LOST = (
    "“{line}” lost its channel <#{channel}>: {what}. New texts are kept and will be shown once that is undone, or "
    "once the line is bound to another channel (threadline lines add)."
)
LOST = {
    "channel_archive": "it was archived",
    "group_archive": "it was archived",
    "channel_deleted": "it was deleted",
    "group_deleted": "it was deleted",
    "channel_left": "Threadline was removed from it",
    "group_left": "Threadline was removed from it",
}
FOUND = frozenset({"channel_unarchive", "group_unarchive", "member_joined_channel"})


async def lose(bridge: Bridge, channel: ChannelId, event: str) -> None:
    """Tell an admin, for each line of the channel."""
    for line in await _lines(bridge, channel):
        sentence = _LOST.format(line=line.name, channel=channel, what=LOST[event])
        await alerts.tell(bridge, f"{event}:{channel}", sentence)


async def find(bridge: Bridge, channel: ChannelId) -> None:
    """The channel takes posts again: nothing waits any longer."""
    if await _lines(bridge, channel):
        await bridge.store.outcomes.hurry(channel)


async def _lines(bridge: Bridge, channel: ChannelId) -> list[Line]:
    return [line for line in await bridge.store.lines.all() if line.channel == channel]
