"""A far end for tests of `bot.slack`: Slack's Web API over real HTTP on loopback.

It answers each method with what it was told to, in turn, and keeps what it was asked.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Self

from aiohttp import web

from bot.serving import end
from bot.slack import Slack

TOKEN = "xoxb-stub-secret"
BOT_ID = "B0BOT"
TEAM_ID = "T0HOME"
TS = "1760000000.000100"


class Trouble(Enum):
    """What can happen instead of an answer."""

    DROP_UNREAD = auto()  # the connection breaks before the request is read
    DROP_READ = auto()  # the request is read and kept, then the connection breaks
    SILENCE = auto()  # no answer until the stub stops


@dataclass(frozen=True)
class Answer:
    """One answer. `body` is JSON unless it is bytes."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    def response(self) -> web.Response:
        """As aiohttp sends it."""
        if isinstance(self.body, bytes):
            return web.Response(
                body=self.body, status=self.status, headers=self.headers, content_type=self.content_type
            )
        return web.json_response(self.body, status=self.status, headers=self.headers)


@dataclass(frozen=True)
class Asked:
    """One request that was read. `fields` is query, form and JSON together."""

    method: str
    token: str
    fields: Mapping[str, object]
    body: bytes


Reply = Answer | Trouble | Mapping[str, object]

ANSWERS: Mapping[str, Reply] = {
    "auth.test": Answer(
        {
            "ok": True,
            "url": "https://acme.example/",
            "team_id": TEAM_ID,
            "user_id": "U0BOT",
            "bot_id": BOT_ID,
        },
        headers={"x-oauth-scopes": "chat:write,users:read"},
    ),
    "chat.postMessage": {"ok": True, "channel": "C1", "ts": TS},
}


class SlackStub:
    """The far end. `arrived` counts every request of a method, `asked` holds those that were read."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.arrived: Counter[str] = Counter()
        self.port = 0
        self._replies: dict[str, list[Reply]] = {}
        self._stopped = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._on_request)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopped.set()
        if self._runner is not None:
            await end(self._runner)

    @property
    def url(self) -> str:
        """Where the Web API is."""
        return f"http://127.0.0.1:{self.port}/api/"

    def answers(self, method: str, *replies: Reply) -> None:
        """Answer the next requests of `method` with `replies`, in turn; the last one stays."""
        self._replies[method] = list(replies)

    def fields(self, method: str) -> list[Mapping[str, object]]:
        """What each request of `method` said."""
        return [one.fields for one in self.asked if one.method == method]

    async def _on_request(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.arrived[method] += 1
        reply = self._next(method)
        if reply is not Trouble.DROP_UNREAD:
            self.asked.append(await _read(request, method))
        if reply is Trouble.SILENCE:
            await self._stopped.wait()
        if isinstance(reply, Trouble):
            return _dropped(request)
        return (reply if isinstance(reply, Answer) else Answer(reply)).response()

    def _next(self, method: str) -> Reply:
        replies = self._replies.get(method)
        if not replies:
            return ANSWERS.get(method, {"ok": True})
        return replies.pop(0) if len(replies) > 1 else replies[0]


async def _read(request: web.Request, method: str) -> Asked:
    fields: dict[str, object] = dict(request.query)
    body = await request.read()
    if request.content_type == "application/json":
        fields |= await request.json()
    return Asked(method, request.headers.get("Authorization", ""), fields, body)


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def connected(api_url: str, *, timeout_s: float = 5) -> AsyncIterator[Slack]:
    """A started `Slack` at `api_url`, closed afterwards."""
    slack = Slack(TOKEN, api_url, timeout_s)
    await slack.start()
    try:
        yield slack
    finally:
        await slack.close()


@asynccontextmanager
async def mute_server() -> AsyncIterator[int]:
    """The port of somebody who takes connections and never says a word, so that TLS never comes about."""
    over = asyncio.Event()

    async def on_connection(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()
        await server.wait_closed()
