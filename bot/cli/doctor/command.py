"""`threadline doctor`: looks at everything in turn, a line each; 0 when nothing is wrong."""

from __future__ import annotations

import argparse
import asyncio
import logging
import stat
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.cli import logs
from bot.cli.doctor import database, lines, providers, server, slack
from bot.cli.doctor.findings import Finding, exit_code, fine, look, verdict, wrong
from bot.cli.doctor.live import examine_live
from bot.cli.doctor.parts import Parts, opened_parts
from bot.errors import BotError, SettingsError
from bot.settings import LogFormat, Settings

Check = Callable[[Parts], Awaitable[Sequence[Finding]]]


def run(parsed: argparse.Namespace) -> int:
    """Look, or with `--live` try."""
    logs.set_up(LogFormat.TEXT, logging.ERROR)
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        return _report([wrong(f"Settings: {line}") for line in str(error).splitlines()])
    if parsed.live is None:
        return asyncio.run(_examine(settings))
    return asyncio.run(examine_live(settings, parsed.live))


async def _examine(settings: Settings) -> int:
    found: list[Finding] = []
    async with opened_parts(settings) as parts:
        for check in CHECKS:
            for finding in await _ask(check, parts):
                print(finding)
                found.append(finding)
    print(verdict(found))
    return exit_code(found)


async def _settings(_: Parts) -> list[Finding]:
    """They were read, or this would not run."""
    return [fine("Settings: readable."), *look_at_secrets(Path(".env"))]


def look_at_secrets(file: Path) -> list[Finding]:
    """Whether others can read the file of the settings, if there is one."""
    if not file.is_file() or not stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [look(f"Settings: others can read {file} and the tokens in it: chmod 600 {file}")]


CHECKS: tuple[Check, ...] = (
    _settings,
    slack.bot_token,
    slack.door,
    slack.alerts,
    database.file_and_schema,
    database.notifications,
    database.queue,
    providers.credentials,
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


def _report(found: Sequence[Finding]) -> int:
    for finding in found:
        print(finding)
    print(verdict(found))
    return exit_code(found)
