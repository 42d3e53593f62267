"""GET /healthz: the process lives. GET /readyz: database, Slack and worker do their work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Readiness = Callable[[], Awaitable[Mapping[str, bool]]]


class HealthRoutes:
    """The two routes."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def routes(self) -> list[web.RouteDef]:
        """What the web server binds."""
        return [web.get("/healthz", self.on_health), web.get("/readyz", self.on_ready)]

    async def on_health(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's signature
        """Alive."""
        return web.Response(text="ok")

    async def on_ready(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's signature
        """200 when all parts work, 503 with the ones that do not."""
        parts = await self._readiness()
        return web.json_response(dict(parts), status=200 if all(parts.values()) else 503)
