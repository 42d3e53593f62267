"""A kept-alive connection that they drop: did the request reach them?"""

from __future__ import annotations

import asyncio

from bot.errors import OutcomeUnknown
from tests.test_http.conftest import http


class Forgetful:
    """A server that answers the first request of each connection and drops the connection at the second."""

    def __init__(self) -> None:
        self.requests = 0
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        for answered in (True, False):
            with_body = await reader.readuntil(b"\r\n\r\n")
            if b"content-length: 2" in with_body.lower():
                await reader.readexactly(2)
            self.requests += 1
            if answered:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
                await writer.drain()
            if self.connections > 1:
                break
        writer.close()
        await writer.wait_closed()


async def test_when_a_kept_connection_is_dropped_then_an_effect_is_unknown_and_a_read_is_repeated() -> None:
    outcomes: list[tuple[int | str, int, int]] = []
    for repeated in (False, True):
        forgetful = Forgetful()
        server = await asyncio.start_server(forgetful.serve, "127.0.0.1", 0)
        example = http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")

        await example.read("/first")
        try:
            answer = await (example.read("/second") if repeated else example.act("POST", "/second", {}))
            outcomes.append((answer.status, forgetful.requests, forgetful.connections))
        except OutcomeUnknown as error:
            outcomes.append((error.code, forgetful.requests, forgetful.connections))
        await example.close()
        server.close()
        await server.wait_closed()

    assert outcomes == [("broken", 2, 1), (200, 3, 2)]
