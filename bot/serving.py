"""Ending an HTTP server so that no connection outlives it."""

from __future__ import annotations

import asyncio

from aiohttp import web

_TURNS_TO_ACCEPT = 5


async def end(runner: web.BaseRunner) -> None:
    """Take no more connections, and close those there are. One that was accepted a moment ago is known to aiohttp
    only a few turns of the loop later, and would stay open for ever."""
    for site in list(runner.sites):
        await site.stop()
    for _ in range(_TURNS_TO_ACCEPT):
        await asyncio.sleep(0)
    await runner.cleanup()
