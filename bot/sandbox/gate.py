"""A second address of the stand-ins that can be shut, so that no connection to it is made at all.

Promise: while it is shut its port stays ours and refuses connections; nobody else can take it.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from aiohttp import web

from bot.sandbox.server import Sandbox
from bot.serving import end

HOST = "127.0.0.1"


class Gate:
    """Open or shut. Use `Gate.of`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._socket = _bound(0)
        self._runner: web.ServerRunner | None = None
        self.port = int(self._socket.getsockname()[1])

    @property
    def textrequest_api_url(self) -> str:
        """Instead of the sandbox's own."""
        return f"http://{HOST}:{self.port}/textrequest/api/v3"

    @property
    def is_open(self) -> bool:
        """Whether connections are accepted."""
        return self._runner is not None

    async def open(self) -> None:
        """Accept connections."""
        if self._runner is None:
            self._runner = await self._sandbox.serve(self._socket)

    async def shut(self) -> None:
        """Break the connections there are, and refuse new ones."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await end(runner)
            self._socket = _bound(self.port)

    @classmethod
    @asynccontextmanager
    async def of(cls, sandbox: Sandbox) -> AsyncIterator[Self]:
        """An open gate until the block ends."""
        gate = cls(sandbox)
        await gate.open()
        try:
            yield gate
        finally:
            await gate.shut()
            gate._socket.close()


def _bound(port: int) -> socket.socket:
    """A socket that has the port and does not listen: the kernel refuses whoever connects."""
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind((HOST, port))
    return holder
