"""`threadline doctor`: a line for each thing looked at; 0 when nothing is wrong."""

from __future__ import annotations

import argparse
import asyncio
import logging
from collections.abc import Sequence

from bot.cli import logs
from bot.cli.doctor.live import examine_live
from bot.doctor import examine
from bot.doctor.findings import Finding, exit_code, verdict, wrong
from bot.doctor.parts import opened_parts
from bot.errors import SettingsError
from bot.settings import LogFormat, Settings


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
        async for finding in examine(parts):
            print(finding)
            found.append(finding)
    print(verdict(found))
    return exit_code(found)


def _report(found: Sequence[Finding]) -> int:
    for finding in found:
        print(finding)
    print(verdict(found))
    return exit_code(found)
