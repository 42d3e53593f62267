"""What one member alone is told: where they acted, or by a direct message where Slack does not let us there.

A click reaches us from channels in which we are not, or are not any more, and from archived ones.
"""

from __future__ import annotations

from uuid import uuid4

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.model import ChannelId, MemberId, Post, Ts


async def tell(
    bridge: Bridge, member: MemberId, channel: ChannelId, post: Post, thread_ts: Ts | None = None
) -> None:
    """Show it to them; `channel` is '' where they acted in none. Raises `SlackError`."""
    if channel and await _shown_there(bridge, member, channel, post, thread_ts):
        return
    await bridge.slack.post(await bridge.slack.open_dm(member), post, uid=uuid4().hex)


async def _shown_there(
    bridge: Bridge, member: MemberId, channel: ChannelId, post: Post, thread_ts: Ts | None
) -> bool:
    """False where Slack will not show it to them there."""
    try:
        await bridge.slack.ephemeral(channel, member, post, thread_ts)
    except SlackError as error:
        if not error.certain:
            raise
        return False
    return True
