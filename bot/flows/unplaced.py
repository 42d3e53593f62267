"""A reply in a thread that this database does not know: whose thread is it?

A crash may have come between posting a root card and noting where it stands, so only Slack can tell.
"""

from __future__ import annotations

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import gone
from bot.model import Claim


async def resolve(bridge: Bridge, claim: Claim) -> None:
    """Ask Slack whether the thread's root is a card of ours, and place or drop the replies that wait.

    Raises `SlackError` when Slack does not say: they wait on.
    """
    channel, thread_ts = claim.message.channel, claim.message.thread_ts
    if channel is None or thread_ts is None:
        await bridge.store.outcomes.dropped(claim, "no_place")
        return
    try:
        uid = await bridge.slack.thread_root(channel, thread_ts)
    except SlackError as error:
        if not gone.thread_gone(error):
            raise
        uid = None
    if uid is None:
        await bridge.store.replies.disown(channel, thread_ts)
    elif not await bridge.store.threads.adopt(claim, uid):
        await bridge.store.replies.refuse_unknown(channel, thread_ts)
