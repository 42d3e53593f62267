"""A client that costs next to nothing: ready-made requests over a few kept connections.

A comfortable client would be slower than the servers it measures, and every ratio would flatter the slower one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from functools import partial


class _Connection(asyncio.Protocol):
    """Sends the next request when the answer to the one before is there."""

    def __init__(self, requests: Iterator[bytes], statuses: dict[int, int], done: asyncio.Future[None]) -> None:
        self._requests, self._statuses, self._done = requests, statuses, done
        self._transport: asyncio.Transport | None = None
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send_next()

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        status = int(head[9:12])
        self._statuses[status] = self._statuses.get(status, 0) + 1
        self._read = b""
        self._send_next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(exc or ConnectionError("the server closed the connection"))

    def _send_next(self) -> None:
        assert self._transport is not None
        request = next(self._requests, None)
        if request is not None:
            self._transport.write(request)
        elif not self._done.done():
            self._done.set_result(None)
            self._transport.close()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


class Single:
    """One connection for one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: bytes) -> None:
        """Send, and wait for the answer's head and body. Raises `RuntimeError` when it is not 200."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        if int(head[9:12]) != 200:
            raise RuntimeError(f"the answer is {head[9:12]!r}")

    async def close(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            await self._streams[1].wait_closed()


async def fire(port: int, requests: Sequence[bytes], connections: int) -> float:
    """Send every request and wait for all answers; how many seconds that took.

    Raises `RuntimeError` when one of them is not answered 200.
    """
    loop, statuses = asyncio.get_running_loop(), dict[int, int]()
    waiting: Iterator[bytes] = iter(requests)
    ends = [loop.create_future() for _ in range(connections)]
    began = time.perf_counter()
    for end in ends:
        await loop.create_connection(partial(_Connection, waiting, statuses, end), "127.0.0.1", port)
    await asyncio.gather(*ends)
    took_s = time.perf_counter() - began
    if set(statuses) != {200}:
        raise RuntimeError(f"answers by status: {statuses}")
    return took_s
