"""`python -m tests.bench.servers bare|durable|relay`: what benchmarks 1 and 3 measure, in a process of its own.

`durable` is the bot's webhook door over its database, without a worker behind it. `bare` is the same web server
with the same parsing and the same signature, and nothing else: the limit. `relay` is the limit of a whole way: it
posts each webhook's words to Slack and texts each reply, and keeps nothing.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import signal
import sys

import httpx
from aiohttp import web
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.bridge import Bridge
from bot.cli import logs
from bot.providers.textrequest.webhooks import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign
from bot.serving import end
from bot.settings import Settings
from bot.slack import Slack, answers
from bot.startup import NOBODY, build_providers, opened_store
from handlers.webhooks import Webhooks


def bare_routes(settings: Settings) -> list[web.RouteDef]:
    """The limit."""
    assert settings.textrequest_api_key is not None
    key = settings.textrequest_api_key.get_secret_value()

    async def on_webhook(request: web.Request) -> web.Response:
        body = await request.read()
        right = sign(key, request.headers[TIMESTAMP_HEADER], body)
        good = hmac.compare_digest(right, request.headers[SIGNATURE_HEADER])
        return web.Response(text="ok" if json.loads(body) else "", status=200 if good else 403)

    return [web.post("/webhooks/{provider}/{secret}", on_webhook)]


async def serve_bare(settings: Settings) -> None:
    """Until SIGTERM."""
    await _serve(settings, bare_routes(settings))


async def serve_durable(settings: Settings) -> None:
    """Until SIGTERM."""
    providers = build_providers(settings)
    async with opened_store(settings, exclusive=True) as store:
        bridge = Bridge(store, Slack("", settings.slack_api_url), providers, settings, NOBODY)
        await _serve(settings, Webhooks(bridge).routes())
    for provider in providers.values():
        await provider.close()


async def serve_relay(settings: Settings) -> None:
    """Until SIGTERM."""
    relay = Relay(settings)
    await relay.connect()
    await _serve(settings, [web.post("/webhooks/{provider}/{secret}", relay.on_webhook)])
    await relay.close()


class Relay:
    """Words in, words out."""

    def __init__(self, settings: Settings) -> None:
        assert settings.slack_bot_token is not None
        assert settings.slack_app_token is not None
        assert settings.textrequest_api_key is not None
        key = settings.textrequest_api_key.get_secret_value()
        self._web = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
        self._sockets = SocketModeClient(settings.slack_app_token.get_secret_value(), web_client=self._web)
        self._sockets.socket_mode_request_listeners.append(self._on_event)
        self._provider = httpx.AsyncClient(base_url=settings.textrequest_api_url, headers={"x-api-key": key})
        self._dashboard = self._channel = ""
        self._threads: dict[str, str] = {}  # contact → root

    async def connect(self) -> None:
        """Open one socket, over a session that every call shares."""
        self._web.session = self._sockets.aiohttp_client_session
        await self._sockets.connect()  # type: ignore[no-untyped-call]  # theirs
        found = await self._web.users_conversations()
        self._channel = found["channels"][0]["id"]

    async def close(self) -> None:
        """Close everything."""
        await self._sockets.close()  # type: ignore[no-untyped-call]  # theirs
        await self._provider.aclose()

    async def on_webhook(self, request: web.Request) -> web.Response:
        """The first words of a contact open a thread."""
        said = json.loads(await request.read())
        contact, self._dashboard = said["conversation"]["consumerPhoneNumber"], said["yourPhoneNumber"]["id"]
        answer = await self._web.chat_postMessage(
            channel=self._channel,
            text=said["conversation"]["message"],
            thread_ts=self._threads.get(contact),
            metadata=answers.post_metadata(contact),
        )
        self._threads.setdefault(contact, str(answer["ts"]))
        return web.Response(text="ok")

    async def _on_event(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        event = request.payload["event"]
        root = event.get("thread_ts")
        for contact, ts in self._threads.items():
            if ts == root and "bot_id" not in event:
                body = {"body": event["text"], "sender_name": "Dana"}
                await self._provider.post(f"/dashboards/{self._dashboard}/contacts/{contact}/messages", json=body)


async def _serve(settings: Settings, routes: list[web.RouteDef]) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = web.Application()
    server.add_routes(routes)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.threadline_host, settings.threadline_port).start()
    sys.stderr.write("ready on port\n")
    await stop.wait()
    await end(runner)


def main(kind: str) -> None:
    """The command line."""
    settings = Settings.from_environment()
    logs.set_up(settings.threadline_log_format)
    asyncio.run({"bare": serve_bare, "durable": serve_durable, "relay": serve_relay}[kind](settings))


if __name__ == "__main__":
    main(sys.argv[1])
