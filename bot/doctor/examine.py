"""Looks at everything in turn."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

from bot.bridge import Bridge
from bot.doctor import asms, database, jtel, lines, providers, server, slack
from bot.doctor.findings import Finding, fine, look, verdict, wrong
from bot.doctor.opening import look_at_open
from bot.doctor.parts import Parts
from bot.doctor.variables import look_at_variables
from bot.doctor.version import what_runs
from bot.errors import BotError

Check = Callable[[Parts], Awaitable[Sequence[Finding]]]


async def examine(parts: Parts) -> AsyncIterator[Finding]:
    """Every finding, as soon as it is there."""
    for check in CHECKS:
        for finding in await _ask(check, parts):
            yield finding


async def examine_running(bridge: Bridge) -> Sequence[str]:
    """What is found at a bot that runs, a line each, and the verdict."""
    opened = await look_at_open(bridge.settings, bridge.store)
    parts = Parts(bridge.settings, bridge.slack, bridge.ours, bridge.providers, opened)
    found = [finding async for finding in examine(parts)]
    return [*map(str, found), verdict(found)]


async def _version(_: Parts) -> list[Finding]:
    return [fine(f"Version: {what_runs()}.")]


async def _settings(_: Parts) -> list[Finding]:
    """They were read, or this would not run."""
    file = Path(".env")
    return [fine("Settings: readable."), *look_at_secrets(file), *look_at_variables(os.environ, file)]


def look_at_secrets(file: Path) -> list[Finding]:
    """Whether others can read the file of the settings, if there is one."""
    if not file.is_file() or not stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [look(f"Settings: others can read {file} and the tokens in it: chmod 600 {file}")]


CHECKS: tuple[Check, ...] = (
    _version,
    _settings,
    slack.bot_token,
    slack.door,
    slack.alerts,
    database.file_and_schema,
    database.notifications,
    database.queue,
    providers.credentials,
    jtel.server,
    asms.adapter,
    providers.signatures,
    lines.lines,
    server.server,
)


async def _ask(check: Check, parts: Parts) -> Sequence[Finding]:
    """What a check cannot answer is a finding too."""
    try:
        return await check(parts)
    except BotError as error:
        return [wrong(str(error))]
