"""A file of the service desk on its way to whoever asks: into their direct messages, at no public address."""

from __future__ import annotations

from bot.flows.commands.turn import Turn
from bot.flows.scopes import needs_scope
from bot.model import File
from bot.views.answers import Answer


async def deliver(turn: Turn, file: File) -> Answer:
    """Send it. Raises `UsageError` when Slack does not let us, `SlackError` when it fails otherwise."""
    slack = turn.bridge.slack
    with needs_scope("files:write"):
        await slack.upload(await slack.open_dm(turn.given.member.id), None, file.name, file.content)
    return Answer(f"“{file.name}” is in your direct messages with Threadline.")
