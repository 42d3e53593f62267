"""A load balancer on loopback in front of the bots' web servers.

It stays while bots die, gives each webhook to the next bot, and remembers which texts were answered 200.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from bot.serving import end

TIMEOUT = aiohttp.ClientTimeout(total=10.0)
PASSED_ON = ("content-type", "x-tr-webhook-timestamp", "x-tr-webhook-signature")


class Proxy:
    """Build it with `Proxy.start`."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.port = 0
        self.targets: list[int] = []  # ports of the bots there are
        self.taken: set[str] = set()  # the provider's ids of texts whose webhook was answered 200
        self._session = session
        self._turn = itertools.count()

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls) -> AsyncIterator[Proxy]:
        """Serve until the block ends."""
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            proxy = cls(session)
            runner = web.ServerRunner(web.Server(proxy._handle, access_log=None), shutdown_timeout=0.5)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            proxy.port = int(runner.addresses[0][1])
            try:
                yield proxy
            finally:
                await end(runner)

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        for _ in range(len(self.targets)):
            port = self.targets[next(self._turn) % len(self.targets)]
            with contextlib.suppress(aiohttp.ClientConnectorError):  # nobody there: the next one
                return await self._pass_on(port, request, body)
        return web.Response(status=502)

    async def _pass_on(self, port: int, request: web.BaseRequest, body: bytes) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() in PASSED_ON}
        url = f"http://127.0.0.1:{port}{request.path_qs}"
        try:
            async with self._session.post(url, data=body, headers=headers) as answer:
                await answer.read()
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ClientError, TimeoutError):
            return web.Response(status=502)
        if answer.status == 200 and request.query.get("e") == "msg_received":
            self.taken.add(json.loads(body)["messageUniqueIdentifier"])
        return web.Response(status=answer.status)
