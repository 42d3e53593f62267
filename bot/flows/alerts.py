"""Telling an admin, once an hour for each matter, what no thread can tell."""

from __future__ import annotations

import logging

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import gone
from bot.model import Claim, Kind

log = logging.getLogger(__name__)

_CHANNEL_GONE = (
    "The texts of “{line}” cannot be shown: Slack says {code} for <#{channel}>. They are kept and will be shown "
    "once the channel is unarchived, Threadline is invited to it again (/invite @Threadline), or the line is "
    "bound to another channel (threadline lines add)."
)
_REFUSED = "A message of “{line}” cannot be shown in Slack: Slack says {code}. It is kept and tried again."


async def slack_refuses(bridge: Bridge, claim: Claim, error: SlackError) -> None:
    """Slack does not take a post, and will not by itself."""
    if claim.message.kind == Kind.ALERT or claim.conversation is None or not gone.refused(error):
        return
    line = claim.conversation.line
    sentence = (_CHANNEL_GONE if gone.channel_gone(error) else _REFUSED).format(
        line=line.name, code=error.code, channel=line.channel
    )
    await tell(bridge, f"{error.code}:{line.channel}", sentence)


async def tell(bridge: Bridge, topic: str, words: str) -> None:
    """Alert the alert channel, or else the admins; the log, where there is neither."""
    if not bridge.alert_destinations:
        log.error("an alert has nobody to go to (%s): set THREADLINE_ADMINS", topic.partition(":")[0])
    await bridge.store.health.alert(bridge.alert_destinations, topic, words)
