"""Ending an HTTP server so that no connection outlives it."""

from __future__ import annotations

import asyncio

from aiohttp import web

_TURNS_TO_ACCEPT = 5


async def end(runner: web.BaseRunner) -> None:
    """Take no more connections, and close those there are.

    asyncio needs a few turns of its loop for a connection that it accepted, and one whose server is closed
    meanwhile is dropped without being closed: so nothing new is accepted first, then those turns pass, and then it
    closes. Source: https://github.com/python/cpython/issues/109564
    """
    loop = asyncio.get_running_loop()
    for site in runner.sites:
        server = site._server  # nothing public gives its sockets
        for listener in server.sockets if isinstance(server, asyncio.Server) else ():
            loop.remove_reader(listener)
    for _ in range(_TURNS_TO_ACCEPT):
        await asyncio.sleep(0)
    await runner.cleanup()
