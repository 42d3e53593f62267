"""The Bolt app with every Slack door, and how Slack reaches it: two sockets, or HTTP."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.bridge import Bridge
from handlers import buttons, cards, commands, errors, forms, home, options, orders, shortcuts
from handlers.events import Events

# One stays open while Slack refreshes the other.
# Source: https://docs.slack.dev/apis/events-api/using-socket-mode#connections
SOCKETS = 2
PING_S = 5.0
_UNREADABLE = (ValueError, TypeError, AttributeError, web.RequestPayloadError)
_TIMESTAMP = re.compile(r"[0-9]{1,12}")

# Bolt and the SDK print whole payloads at DEBUG: contacts' words and numbers.
quiet = logging.getLogger("bolt")
# The SDK logs a traceback for each try to connect; the bot says itself when Slack is away, and when it is back.
silent = logging.getLogger("bolt.sockets")


def bolt_app(bridge: Bridge, events: Events) -> AsyncApp:
    """The app with every door, one line each."""
    quiet.setLevel(logging.WARNING)
    silent.setLevel(logging.CRITICAL)
    ours, settings = bridge.ours, bridge.settings
    secret = settings.slack_signing_secret

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=ours.team_id, bot_user_id=ours.bot_user_id, bot_id=ours.bot_id
        )

    app = AsyncApp(
        # Unset, Bolt reads the source of every caller to find one; and it sets the logger of that name as `quiet`.
        name=quiet.name,
        logger=quiet,
        signing_secret=secret.get_secret_value() if secret else "",
        request_verification_enabled=secret is not None and settings.slack_app_token is None,
        client=AsyncWebClient(base_url=settings.slack_api_url, logger=quiet),
        authorize=authorize,
        before_authorize=events.on_request,
    )
    commands.register(app, bridge, events.underway)
    forms.register(app, bridge, events.underway)
    shortcuts.register(app, bridge, events.underway)
    options.register(app, bridge)
    cards.register(app, bridge, events.underway)
    orders.register(app, bridge, events.underway)
    home.register(app, bridge, events.underway)
    buttons.register(app, bridge, events.underway)
    errors.register(app, bridge)
    return app


class _Socket(AsyncSocketModeHandler):
    """Bolt's, but every post of ours comes back as an event: those are acknowledged, and nothing else."""

    def __init__(self, app: AsyncApp, app_token: str, our_bot_id: str) -> None:
        super().__init__(app, app_token, logger=silent, ping_interval=PING_S)
        self._our_bot_id = our_bot_id

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # theirs
        if is_our_post(req.payload, self._our_bot_id):
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        else:
            await super().handle(client, req)


def is_our_post(payload: Mapping[str, Any], our_bot_id: str) -> bool:
    """Whether an event tells of a message that our bot posted, which nothing is to be learned from. Pure."""
    event = payload.get("event")
    return bool(our_bot_id) and isinstance(event, Mapping) and event.get("bot_id") == our_bot_id


class Sockets:
    """Socket Mode: two connections, any of which may bring each event."""

    def __init__(self, app: AsyncApp, app_token: str, our_bot_id: str) -> None:
        self._handlers = [_Socket(app, app_token, our_bot_id) for _ in range(SOCKETS)]
        self._connecting: list[asyncio.Task[None]] = []

    async def connect(self, wait_s: float) -> None:
        """Connect both, and wait so long for it; they go on trying until they are closed."""
        self._connecting = [
            asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # theirs
            for handler in self._handlers
        ]
        await asyncio.wait(self._connecting, timeout=wait_s)

    async def connected(self) -> bool:
        """Whether at least one connection stands."""
        return any([await handler.client.is_connected() for handler in self._handlers])

    async def close(self) -> None:
        """Close both for good."""
        for connecting in self._connecting:
            connecting.cancel()
        await asyncio.gather(*self._connecting, return_exceptions=True)
        for handler in self._handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]  # theirs


class SlackOverHttp:
    """HTTP mode: Slack posts to us, signed."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app

    def routes(self) -> list[web.RouteDef]:
        """What the web server binds."""
        return [web.post("/slack/events", self.on_slack)]

    async def on_slack(self, request: web.Request) -> web.Response:
        """Hand the request to Bolt, which checks its signature first."""
        if not _TIMESTAMP.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "")):
            return web.Response(status=401)  # Bolt's check of the signature would raise
        try:
            asked = await to_bolt_request(request)
        except _UNREADABLE:  # it reads the body as it builds the request
            return web.Response(status=400)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))
