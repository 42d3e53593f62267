"""Ending a server: nobody who was let in is left hanging."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp import web

from bot.serving import end


@pytest.mark.parametrize("turns", range(5))
async def test_connection_made_as_the_server_ends_is_closed_with_it(turns: int) -> None:
    runner = web.ServerRunner(web.Server(_answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    with socket.create_connection(runner.addresses[0][:2]) as client:
        for _ in range(turns):  # so far has the loop got with it
            await asyncio.sleep(0)
        await end(runner)
        for _ in range(5):  # a transport closes in its next turn
            await asyncio.sleep(0)

        client.setblocking(False)
        assert _hung_up(client)


async def _answer(_: web.BaseRequest) -> web.Response:
    return web.Response()


def _hung_up(client: socket.socket) -> bool:
    """Whether the other side is gone; not, where it is there and says nothing."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
    except BlockingIOError:
        return False
