"""The demo in a terminal: a story played once, phones on the left and Slack on the right."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.cli.demo.child import ChildBot
from bot.errors import UsageError
from bot.sandbox.server import Sandbox
from bot.sandbox.story.library import built_in
from bot.sandbox.story.player import Player
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.script import ScriptMistake, Step, parse
from bot.sandbox.story.stage import Stage
from bot.sandbox.story.waiting import StoryFailed


def run(file: str | None) -> int:
    """Play the built-in story, or the one in `file`; 0 only if every step arrived."""
    steps = read_script(file)
    try:
        asyncio.run(play(steps, print, width=shutil.get_terminal_size((100, 24)).columns))
    except StoryFailed as error:
        print(f"\n{error}")
        return 1
    print("\nEvery step arrived. Nothing left this machine.")
    return 0


def read_script(file: str | None) -> Sequence[Step]:
    """The built-in story, or the one in `file`. Raises `UsageError` for what cannot be played."""
    if file is None:
        return built_in()
    try:
        return parse(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {type(error).__name__}.") from None
    except ScriptMistake as error:
        raise UsageError(f"{file}: {error}") from None


async def play(steps: Sequence[Step], show: Callable[[str], None], *, width: int) -> None:
    """Play `steps` against a bot of its own. Raises `StoryFailed`, `BotDied`."""
    with tempfile.TemporaryDirectory(prefix="threadline-demo-") as folder:
        async with Sandbox.start() as sandbox:
            stage = Stage(sandbox)
            bot = ChildBot(stage, Path(folder))
            screen = Screen(show, width=width, colour=sys.stdout.isatty())
            await Player(stage, bot, screen).play(steps)
