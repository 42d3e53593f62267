"""`threadline run`: the bot, until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
from pathlib import Path

from bot.app import App, Running
from bot.cli import logs
from bot.doctor.variables import look_at_variables
from bot.settings import Settings

log = logging.getLogger("threadline")


def run(_: argparse.Namespace) -> int:
    """Read the settings and run."""
    settings = Settings.from_environment()
    logs.set_up(settings.threadline_log_format)
    for finding in look_at_variables(os.environ, Path(".env")):
        log.warning("%s", finding.words)
    asyncio.run(serve(App(settings)))
    return 0


async def serve(app: App) -> None:
    """Run until a signal says to stop; a second signal ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _stop_once, stop, loop, name)
    await app.run(stop, _say_ready)
    log.info("stopped: every call in flight has its outcome on disk")


def _stop_once(stop: asyncio.Event, loop: asyncio.AbstractEventLoop, name: signal.Signals) -> None:
    stop.set()
    loop.remove_signal_handler(name)


def _say_ready(running: Running) -> None:
    log.info("ready on port %d", running.port)
