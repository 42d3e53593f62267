"""`threadline demo`: which of its forms was asked for.

Promises: no setting is read from the environment and no `.env` at all, the database is temporary, every address is
loopback (the child refuses any other), and only the child that was started here is ever ended.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from importlib import import_module
from pathlib import Path

from bot.cli.demo.process import waiting_bot


def run(parsed: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C; or play a story in the terminal, 0 only if every step arrived."""
    if parsed.terminal or parsed.script is not None:
        return int(import_module("bot.cli.demo.terminal").run(parsed.script))
    asyncio.run(_show(parsed, time.monotonic()))
    return 0


async def _show(parsed: argparse.Namespace, began: float) -> None:
    """The page is imported when the bot's process is on its way: see bot/cli/demo/process.py."""
    with tempfile.TemporaryDirectory(prefix="threadline-demo-") as folder:
        process = await waiting_bot(Path(folder))
        page = import_module("bot.cli.demo.page")
        wanted = page.Wanted(port=parsed.port, browser=not parsed.no_browser, empty=parsed.empty, began=began)
        try:
            await page.show(wanted, Path(folder), process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    print("\nThe demo has ended, and everything it kept is gone.")
