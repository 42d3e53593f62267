"""The demo's bot: `threadline run` with settings from standard input alone, and loopback addresses alone.

Promise: it ends when its standard input does, so a demo that was killed leaves no bot behind.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from urllib.parse import urlsplit

from bot.app import App
from bot.bridge import Tuning
from bot.cli import logs
from bot.cli.run import serve
from bot.errors import SettingsError
from bot.settings import LOOPBACK, Settings
from storage.store import is_postgres

# Nobody waits half a minute for a story to go on.
TUNING = Tuning(
    slack_settle_s=2.0,
    slack_looks_s=(0.2, 0.5, 1.0),
    provider_looks_s=(0.2, 0.5),
    heartbeat_s=1.0,
    backstop_s=10.0,
    hooks_s=30.0,
)


def run(_: argparse.Namespace) -> int:
    """Read the settings from standard input, and run."""
    settings = Settings.explicit(json.loads(sys.stdin.readline()))
    refuse_outside(settings)
    logs.set_up(settings.threadline_log_format)
    asyncio.run(_serve(App(settings, TUNING)))
    return 0


async def _serve(app: App) -> None:
    loop = asyncio.get_running_loop()

    def parent_ended() -> None:
        loop.remove_reader(sys.stdin)
        signal.raise_signal(signal.SIGTERM)

    loop.add_reader(sys.stdin, parent_ended)
    await serve(app)


def refuse_outside(settings: Settings) -> None:
    """Raises `SettingsError` when anything but this machine would be talked to. Pure."""
    urls = {
        "SLACK_API_URL": settings.slack_api_url,
        "TEXTREQUEST_API_URL": settings.textrequest_api_url,
        "THREADLINE_PUBLIC_URL": settings.threadline_public_url or "http://127.0.0.1",
    }
    for name, url in urls.items():
        if urlsplit(url).hostname not in LOOPBACK:
            raise SettingsError(f"{name}: the demo talks to this machine alone.")
    if settings.clicksend_username is not None or is_postgres(settings.threadline_database):
        raise SettingsError("The demo has a database and a provider of its own.")
    if settings.threadline_host not in LOOPBACK:
        raise SettingsError("THREADLINE_HOST: the demo listens on this machine alone.")
