"""Providers call us: POST /webhooks/{provider}/{secret}…

The answer is 200 only after what came is on disk, 202 for what is kept but could not be read (a provider that
gets too many refusals stops calling), 4xx for what proves nothing, 503 when the disk or database cannot take it.
"""

from __future__ import annotations

import logging
import time

from aiohttp import web

from bot.bridge import Bridge
from bot.capabilities import Provider
from bot.errors import StorageUnavailable, WebhookRefused, WebhookUnreadable
from bot.flows import webhooks
from bot.model import WebhookRequest
from handlers.errors import surprise

log = logging.getLogger(__name__)

BODY_CAP = 1024 * 1024  # bytes; the longest real webhook is a few kB
RETRY_AFTER_S = "30"


class Webhooks:
    """The routes of the providers."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def routes(self) -> list[web.RouteDef]:
        """What the web server binds."""
        return [
            web.post("/webhooks/{provider}/{secret}", self.on_webhook),
            web.post("/webhooks/{provider}/{secret}/{event}", self.on_webhook),
        ]

    async def on_webhook(self, request: web.Request) -> web.Response:
        """Read the request and have it put on disk."""
        began = time.monotonic()
        response = await self._answer(request)
        # Never the path: it carries the secret.
        log.info("webhook %d %.1f ms", response.status, (time.monotonic() - began) * 1000)
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        match = request.match_info
        try:
            provider = await webhooks.admit(self._bridge, match["provider"], match["secret"])
            return await self._take(provider, await self._read(request))
        except WebhookRefused as error:
            return web.Response(status=error.status, text=str(error))
        except web.RequestPayloadError:
            return web.Response(status=400, text="The body cannot be unpacked.")
        except StorageUnavailable as error:
            return web.Response(status=503, text=str(error), headers={"Retry-After": RETRY_AFTER_S})

    async def _take(self, provider: Provider, request: WebhookRequest) -> web.Response:
        """What cannot be read, or breaks us, is kept: a provider that gets refusals for it stops calling."""
        try:
            incident = await surprise(webhooks.receive(self._bridge, provider, request))
        except WebhookUnreadable as error:
            reason = str(error)
        else:
            reason = f"incident {incident}" if incident else ""
        if not reason:
            return web.Response(text="ok")
        await webhooks.keep(self._bridge, provider, request, reason)
        return web.Response(status=202, text=f"Kept, but not understood: {reason}")

    async def _read(self, request: web.Request) -> WebhookRequest:
        return WebhookRequest(
            event=request.match_info.get("event") or request.query.get("e", ""),
            headers={name.lower(): value for name, value in request.headers.items()},
            query=dict(request.query),
            body=await request.read(),
            received_at=self._bridge.now(),
        )
