"""A provider's server on this machine: it plays a script over real sockets and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from aiohttp import web


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
        await self._runner.cleanup()

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
        answer = self.script.pop(0) if self.script else Answer(418, b"beyond the script")
        if answer.trouble is None:
            return web.Response(status=answer.status, body=answer.body, headers=answer.headers)
        return await self._make_trouble(request, answer)

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
