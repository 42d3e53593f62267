"""The demo's bot: `threadline run` with settings from standard input alone, and loopback addresses alone.

Promise: it ends when its standard input does, so a demo that was killed leaves no bot behind.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.app import App
from bot.bridge import Tuning
from bot.cli import logs
from bot.cli.run import serve
from bot.errors import BotError, SettingsError
from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.settings import LOOPBACK, Settings
from bot.startup import opened_store
from storage.store import is_postgres

PROVIDER = ProviderName("textrequest")
# Nobody waits half a minute for a story to go on.
TUNING = Tuning(
    slack_settle_s=2.0,
    slack_looks_s=(0.2, 0.5, 1.0),
    provider_looks_s=(0.2, 0.5),
    heartbeat_s=1.0,
    backstop_s=10.0,
    hooks_s=30.0,
)


def main() -> int:
    """Read the settings from standard input, and run; without any there is nothing to do. The exit code."""
    said = sys.stdin.readline()
    if not said:
        return 0
    try:
        return _run(said)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _run(said: str) -> int:
    told = json.loads(said)
    settings = Settings.explicit(told["settings"])
    refuse_outside(settings)
    logs.set_up(settings.threadline_log_format)
    asyncio.run(_serve(settings, told["line"]))
    return 0


async def _serve(settings: Settings, line: Mapping[str, str]) -> None:
    await add_line(settings, line)
    app = App(settings, TUNING)
    loop = asyncio.get_running_loop()

    def parent_ended() -> None:
        loop.remove_reader(sys.stdin)
        signal.raise_signal(signal.SIGTERM)

    loop.add_reader(sys.stdin, parent_ended)
    await serve(app)


async def add_line(settings: Settings, line: Mapping[str, str]) -> None:
    """Bind the demo's number to its channel, as `threadline lines add` does, unless an earlier life did."""
    async with opened_store(settings, exclusive=False) as store:
        if await store.lines.all():
            return
        await store.secrets.present(PROVIDER)
        channel, number = ChannelId(line["channel"]), Number(line["number"])
        await store.lines.add(Line(LineId(0), PROVIDER, line["account"], number, channel, line["name"]))


def refuse_outside(settings: Settings) -> None:
    """Raises `SettingsError` when anything but this machine would be talked to. Pure."""
    urls = {
        "SLACK_API_URL": settings.slack_api_url,
        "TEXTREQUEST_API_URL": settings.textrequest_api_url,
        "CLICKSEND_API_URL": settings.clicksend_api_url,
        "ASMS_API_URL": settings.asms_api_url or "http://127.0.0.1",
        "JTEL_API_URL": settings.jtel_api_url or "http://127.0.0.1",
        "THREADLINE_PUBLIC_URL": settings.threadline_public_url or "http://127.0.0.1",
    }
    for name, url in urls.items():
        if urlsplit(url).hostname not in LOOPBACK:
            raise SettingsError(f"{name}: the demo talks to this machine alone.")
    if is_postgres(settings.threadline_database):
        raise SettingsError("The demo has a database of its own.")
    if settings.threadline_host not in LOOPBACK:
        raise SettingsError("THREADLINE_HOST: the demo listens on this machine alone.")


if __name__ == "__main__":
    sys.exit(main())
