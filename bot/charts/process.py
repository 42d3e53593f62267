"""Has charts drawn by a process of its own, so that neither the event loop nor the bot's memory bears it."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bot.charts.wire import charts_text, pictures_of
from bot.errors import ChartsFailed
from bot.model import Chart

TIMEOUT_S = 60.0  # the first time, matplotlib looks at every font of the machine
# What it may know of this process: where programs, libraries and caches are. No setting of the bot is among them.
KEPT = ("PATH", "LD_LIBRARY_PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR")
ROOT = str(Path(__file__).parents[2])
DRAW = (sys.executable, "-P", "-m", "bot.charts")  # nothing that lies in the working directory takes our place

_NOT_INSTALLED = "For charts, an admin installs the extra “charts”: pip install '.[charts]'."
_FAILED = "The charts could not be drawn."


def can_draw() -> bool:
    """Whether the extra is installed."""
    return find_spec("matplotlib") is not None


async def pictures(charts: Sequence[Chart], command: Sequence[str] = DRAW) -> list[bytes]:
    """The picture of each chart, as PNG. Raises `ChartsFailed` with a sentence that says what would help."""
    if not can_draw():
        raise ChartsFailed(_NOT_INSTALLED)
    try:
        async with asyncio.timeout(TIMEOUT_S):
            return pictures_of(await _run(command, charts_text(charts)))
    except (TimeoutError, OSError, ValueError) as error:
        raise ChartsFailed(_FAILED) from error


async def _run(command: Sequence[str], given: bytes) -> bytes:
    """What a program answers. It does not outlive this call."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONPATH": ROOT}
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment
    )
    try:
        answer, _ = await process.communicate(given)
        return answer
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
