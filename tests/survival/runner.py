"""The bot of a survival run: `python -m bot run`, with short waits.

The bot waits 30 s before it believes that a post is not there, and looks for a text for half a minute before it
asks a person. Nobody sets those times, so they are no settings; with them a run of fifteen kills would take an
hour. This module starts the same `App` in the same way with times that fit a stand-in on the same machine.

`--blind` is the control: a row whose outcome is unknown is done again instead of looked up. A run with it must
fail, or the run proves nothing.
"""

from __future__ import annotations

import asyncio
import sys

from bot.app import App
from bot.bridge import Bridge, Tuning
from bot.cli import logs
from bot.cli.run import serve
from bot.flows import lookups
from bot.model import Claim
from bot.settings import Settings

SHORT = Tuning(
    lease_s=4.0,
    duty_lease_s=2.0,
    slack_settle_s=3.0,
    slack_looks_s=(0.2, 0.4, 0.8),
    provider_looks_s=(0.3, 0.6, 1.0),
    backstop_s=1.5,
    hooks_s=1.5,
    heartbeat_s=1.0,
)


async def repeat(bridge: Bridge, claim: Claim) -> None:
    """What no bot should do with an unknown outcome."""
    await bridge.store.outcomes.later(claim, 0)


def main(blind: bool) -> None:
    """Run until SIGTERM."""
    if blind:
        lookups.look = repeat
    settings = Settings.from_environment()
    logs.set_up(settings.threadline_log_format)
    asyncio.run(serve(App(settings, SHORT)))


if __name__ == "__main__":
    main(blind="--blind" in sys.argv[1:])
