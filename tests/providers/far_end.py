"""A provider's server on this machine: it plays a script over real sockets and remembers what it was asked.

`Within` does the same inside httpx, without sockets and many times faster: for what an answer means, never for how
a connection fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

import httpx
import pytest
from aiohttp import web

from bot.serving import end


class Trouble(StrEnum):
    """What goes wrong after the request was read."""

    HANGS = "hangs"  # no answer, ever
    CUT = "cut"  # the connection ends without one byte
    CUT_INSIDE = "cut inside"  # it ends in the middle of the answer
    HANGS_INSIDE = "hangs inside"  # the answer begins and never ends


@dataclass(frozen=True, slots=True)
class Answer:
    """What the far end says to one request."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it arrived. Header names are lower-case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class FarEnd:
    """Plays its `script`, one answer for each request; a request beyond its end is answered 418."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.script: list[Answer] = []
        self._released = asyncio.Event()
        app = web.Application(client_max_size=10 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        self._port = 0

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        await end(self._runner)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    def will_answer(self, *answers: Answer) -> None:
        """Set the script."""
        self.script = list(answers)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(
            Heard(
                request.method, request.raw_path.split("?")[0], dict(request.query), headers, await request.read()
            )
        )
        answer = self._next()
        if answer.trouble is None:
            return web.Response(status=answer.status, body=answer.body, headers=answer.headers)
        return await self._make_trouble(request, answer)

    def _next(self) -> Answer:
        return self.script.pop(0) if self.script else Answer(418, b"beyond the script")

    async def _make_trouble(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        response = web.StreamResponse(status=answer.status, headers={"content-length": "1000"})
        if answer.trouble in {Trouble.CUT_INSIDE, Trouble.HANGS_INSIDE}:
            await response.prepare(request)
            await response.write(answer.body or b"{")
        if answer.trouble in {Trouble.HANGS, Trouble.HANGS_INSIDE}:
            await self._released.wait()
        if request.transport is not None:
            request.transport.close()
        return response


class Within(FarEnd):
    """Answers in httpx's place: everything of ours runs, and nothing of the network."""

    def __init__(self) -> None:
        super().__init__()
        self._patch = pytest.MonkeyPatch()

    async def __aenter__(self) -> Self:
        async def handle(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            return await self._handle(request)

        self._patch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._patch.undo()

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.aread()
        path = request.url.raw_path.decode().split("?")[0]
        self.heard.append(Heard(request.method, path, dict(request.url.params), headers, body))
        answer = self._next()
        assert answer.trouble is None
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body, request=request)
