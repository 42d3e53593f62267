"""What happens to a line's channel: archived, deleted, the bot removed, and back again."""

from __future__ import annotations

from datetime import datetime

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import alerts, gone, line_states
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
AWAY, BACK = "away:", "back:"  # facts: since when nothing was heard from a channel
FOUND = frozenset({"channel_unarchive", "group_unarchive", "member_joined_channel"})


async def lose(bridge: Bridge, channel: ChannelId, event: str) -> None:
    """Note since when nothing is heard from there, and tell an admin, for each line of the channel."""
    lines = await _lines(bridge, channel)
    if lines:
        await note_away(bridge, channel, bridge.now())
    for line in lines:
        await line_states.note_unshown(bridge, line, LOST[event])
        told = {"line": line.name, "channel": channel, "what": LOST[event]}
        await alerts.tell(bridge, f"{event}:{channel}", _LOST, **told)


async def look_again(bridge: Bridge) -> None:
    """Whether lines can be shown again: of what happened while the bot was down no event comes."""
    known = await line_states.all_noted(bridge)
    for line in await bridge.store.lines.all():
        if line_states.noted(known, line, line_states.CHANNEL) and await _takes_posts(bridge, line.channel):
            await find(bridge, line.channel)


async def _takes_posts(bridge: Bridge, channel: ChannelId) -> bool:
    """Whether the channel can show texts. Raises `SlackError` when Slack does not say."""
    try:
        found = await bridge.slack.channel(channel)
    except SlackError as error:
        if gone.channel_gone(error):
            return False
        raise
    return found.is_member and not found.is_archived


async def note_away(bridge: Bridge, channel: ChannelId, since: datetime) -> None:
    """Nothing is heard from the channel since then, or since an earlier time that is noted already."""
    if await bridge.store.facts.find(f"{AWAY}{channel}") is None:
        await bridge.store.facts.note_time(f"{AWAY}{channel}", since)


async def find(bridge: Bridge, channel: ChannelId) -> None:
    """The channel takes posts again: nothing waits any longer, what was written there meanwhile is read, and Slack
    says again who is in it."""
    lines = await _lines(bridge, channel)
    if not lines:
        return
    await bridge.store.circles.forget(channel)
    for line in lines:
        await line_states.note(bridge, line, line_states.CHANNEL, "")
    await bridge.store.outcomes.hurry(channel)
    away = await bridge.store.facts.find(f"{AWAY}{channel}")
    if away is not None:
        await bridge.store.facts.note(f"{BACK}{channel}", away)
        await bridge.store.facts.forget(f"{AWAY}{channel}")


async def _lines(bridge: Bridge, channel: ChannelId) -> list[Line]:
    return [line for line in await bridge.store.lines.all() if line.channel == channel]
