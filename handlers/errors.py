"""The one place where an error becomes words for the person who acted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar
from uuid import uuid4

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot.bridge import Bridge
from bot.errors import BotError, SlackError, StorageUnavailable
from bot.flows import alerts, asides
from bot.model import MemberId
from bot.views import answers
from bot.views.forms import Told, said
from handlers.where import Where

log = logging.getLogger(__name__)

T = TypeVar("T")

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
        incident = uuid4().hex[:8]
        sentence = sentence_for(error, incident)
        await asyncio.sleep(ACK_TAKEN_S)
        if not isinstance(error, BotError) and body.get("type") == "event_callback":
            await _tell_admins(bridge, body, incident)
        try:
            await _tell(bridge, body, sentence)
        except SlackError as refused:
            log.warning("an error could not be told: Slack answered %s", refused.code)
        return None

    app.error(on_error)


async def _tell(bridge: Bridge, body: Mapping[str, Any], sentence: str) -> None:
    """Where they acted. A command can be given where the bot is not, and only its own address reaches there."""
    where, response_url = Where.of(body), body.get("response_url")
    if where is not None and not Where.is_ephemeral(body):
        await asides.tell(bridge, where.member, where.channel, answers.sentence(sentence), where.thread_ts)
    elif response_url:
        await bridge.slack.respond(str(response_url), answers.sentence(sentence), replace=False)
    elif where is None and body.get("trigger_id"):  # App Home has no place for it but a window
        who = MemberId(str((body.get("user") or {}).get("id", "")))
        await asides.show(bridge, who, str(body["trigger_id"]), said("Not done", sentence))


async def _tell_admins(bridge: Bridge, body: Mapping[str, Any], incident: str) -> None:
    """Nobody waits for an answer to an event, and Slack gives up after a few tries."""
    event = body.get("event")
    channel = event.get("channel") if isinstance(event, dict) else None
    try:
        await alerts.unrecorded(bridge, channel if isinstance(channel, str) else "", incident)
    except StorageUnavailable:
        log.warning("incident %s could not be told to the admins", incident)


async def surprise(deed: Awaitable[None]) -> str:
    """Do something; empty when it is done, else the number of an error that nobody foresaw. Ours are raised."""
    try:
        await deed
    except BotError:
        raise
    except Exception as error:
        incident = uuid4().hex[:8]
        log.error("incident %s: %s", incident, type(error).__name__, exc_info=error)
        return incident
    return ""


async def shown_in_window(deed: Awaitable[T]) -> T | Told:
    """What a window shows; it has no place for an error but itself."""
    try:
        return await deed
    except Exception as error:  # noqa: BLE001 - a surprise is shown with its number, and logged
        return said("Not done", sentence_for(error, uuid4().hex[:8]))


def sentence_for(error: Exception, incident: str) -> str:
    """What a person reads; a surprise gets a number that is in the log too."""
    if isinstance(error, BotError):
        log.warning("a door refused: %s", type(error).__name__)
        return str(error)
    log.error("incident %s: %s", incident, type(error).__name__, exc_info=error)
    return _SURPRISE.format(incident=incident)
