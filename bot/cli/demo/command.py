"""`threadline demo`: which of its forms was asked for.

Promises: no setting is read from the environment and no `.env` at all, the database is temporary, every address is
loopback (the child refuses any other), and only the child that was started here is ever ended.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.cli.demo import page, terminal
from bot.errors import UsageError
from bot.sandbox.page.server import PortTaken
from bot.sandbox.story.library import built_in
from bot.sandbox.story.player import StoryFailed
from bot.sandbox.story.script import ScriptMistake, Step, parse


def run(parsed: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C; or play a story in the terminal, 0 only if every step arrived."""
    if parsed.terminal or parsed.script is not None:
        return _play(read_script(parsed.script))
    wanted = page.Wanted(port=parsed.port, browser=not parsed.no_browser, empty=parsed.empty)
    try:
        asyncio.run(page.show(wanted))
    except PortTaken as error:
        raise UsageError(f"{error} Choose another one with --port.") from None
    return 0


def _play(steps: Sequence[Step]) -> int:
    try:
        asyncio.run(terminal.play(steps, print, width=shutil.get_terminal_size((100, 24)).columns))
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
