"""The one place where an error becomes words for the person who acted."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import uuid4

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot.bridge import Bridge
from bot.errors import BotError, SlackError
from handlers.where import Where

log = logging.getLogger(__name__)

# Bolt looks every 10 ms whether the door acknowledged, and forgets that it did when this handler returns first:
# Slack would wait in vain.
# Source: https://github.com/slackapi/bolt-python/blob/main/slack_bolt/listener/asyncio_runner.py
ACK_TAKEN_S = 0.03

_SURPRISE = "That did not work, and the reason is not known. Tell an admin this number: {incident}"


def register(app: AsyncApp, bridge: Bridge) -> None:
    """Bind the handler of everything that a door raises.

    It never answers 200 in the place of a door: an event that was not recorded must come again.
    """

    async def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse | None:
        sentence = sentence_for(error)
        await asyncio.sleep(ACK_TAKEN_S)
        where = Where.of(body)
        if where is not None:
            try:
                await bridge.slack.ephemeral(where.channel, where.member, sentence, where.thread_ts)
            except SlackError as refused:
                log.warning("an error could not be told: Slack answered %s", refused.code)
        return None

    app.error(on_error)


def sentence_for(error: Exception) -> str:
    """What a person reads; a surprise gets a number that is in the log too."""
    if isinstance(error, BotError):
        log.warning("a door refused: %s", type(error).__name__)
        return str(error)
    incident = uuid4().hex[:8]
    log.error("incident %s: %s", incident, type(error).__name__, exc_info=error)
    return _SURPRISE.format(incident=incident)
