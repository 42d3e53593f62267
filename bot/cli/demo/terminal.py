"""The demo in a terminal: a story played once, phones on the left and Slack on the right."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.cli.demo.child import ChildBot
from bot.sandbox.server import Sandbox
from bot.sandbox.story.player import Player
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.script import Step
from bot.sandbox.story.stage import Stage


async def play(steps: Sequence[Step], show: Callable[[str], None], *, width: int) -> None:
    """Play `steps` against a bot of its own. Raises `StoryFailed`, `BotDied`."""
    with tempfile.TemporaryDirectory(prefix="threadline-demo-") as folder:
        async with Sandbox.start() as sandbox:
            bot = ChildBot(sandbox, Path(folder))
            stage = Stage(sandbox)
            await bot.add_line(stage)
            screen = Screen(show, width=width, colour=sys.stdout.isatty())
            await Player(stage, bot, screen).play(steps)
