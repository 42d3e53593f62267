"""The demo's bot as an operating system's process, before it is told anything.

Kept apart and small, so that the process can begin to load what it needs while the demo loads its own: each takes
about a second.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path


def log_of(folder: Path) -> Path:
    """Where the bot of a demo in this folder writes its log."""
    return folder / "bot.log"


async def waiting_bot(folder: Path) -> Process:
    """A bot that waits for its settings on its standard input, and ends when that is closed."""
    with log_of(folder).open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", "bot.cli.demo_bot"),
            cwd=folder,
            env={},
            stdin=PIPE,
            stdout=DEVNULL,
            stderr=log,
        )
