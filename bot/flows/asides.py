"""What one member alone is told: where they acted, or by a direct message where Slack does not let us there.

A click reaches us from channels in which we are not, or are not any more, and from archived ones.
"""

from __future__ import annotations

from uuid import uuid4

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.model import ChannelId, MemberId, Post, Ts
from bot.views.forms import Told

NO_CHANNEL = ChannelId("")


async def tell(
    bridge: Bridge, member: MemberId, channel: ChannelId, post: Post, thread_ts: Ts | None = None
) -> None:
    """Show it to them; `channel` is '' where they acted in none. Raises `SlackError`."""
    if channel and await _shown_there(bridge, member, channel, post, thread_ts):
        return
    await bridge.slack.post(await bridge.slack.open_dm(member), post, uid=uuid4().hex)


async def show(bridge: Bridge, member: MemberId, trigger_id: str, told: Told) -> None:
    """Show it in a window, where they acted in no channel; Slack opens one within three seconds. Raises
    `SlackError`."""
    try:
        await bridge.slack.open_view(trigger_id, told.view)
    except SlackError as error:
        if not error.certain:
            raise
        await tell(bridge, member, NO_CHANNEL, told.post)


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
