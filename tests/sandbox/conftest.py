"""A sandbox, Slack's own client library against it, and an ear for webhooks."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.bell import Bell
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Dashboard
from bot.serving import end
from tests.providers.specs import TEXT_REQUEST
from tests.sandbox import described

Json = dict[str, Any]
MARIA = "+14155550134"
EVENTS = ("msg_received", "msg_sent", "msg_status_updated", "contact_updated")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as started:
        yield started


@pytest.fixture
def workspace(sandbox: Sandbox) -> Workspace:
    sandbox.workspace.rules.retry_delays_s = (0.0, 0.01, 0.02)
    return sandbox.workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    workspace.add_member("Dana")
    return workspace.add_channel("sales", "Dana")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def client(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Slack's client, without its habit of posting again when a connection breaks."""
    token = sandbox.workspace.app.bot_token
    return AsyncWebClient(token=token, base_url=sandbox.slack_api_url, session=session, retry_handlers=[])


async def error_of(call: Any) -> str:
    """The error word of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


@dataclass
class Listener:
    """An app at the other end of Socket Mode: records every envelope and acks while `acks` says so."""

    bell: Bell
    requests: list[SocketModeRequest] = field(default_factory=list)
    acks: bool = True
    answer: Json | None = None

    async def hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.acks:
            payload = None if request.type == "events_api" else self.answer
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))
        self.bell.ring()

    @property
    def events(self) -> list[Json]:
        return [one.payload["event"] for one in self.requests if one.type == "events_api"]


@asynccontextmanager
async def connected(workspace: Workspace, client: AsyncWebClient, listener: Listener) -> AsyncIterator[None]:
    """One open socket whose envelopes go to `listener`."""
    before = workspace.sockets.opened
    socket = SocketModeClient(app_token=workspace.app.app_token, web_client=client)
    socket.socket_mode_request_listeners.append(listener.hear)
    await socket.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
    await workspace.wait_for(lambda: workspace.sockets.opened > before, what="a socket")
    try:
        yield
    finally:
        await socket.close()  # type: ignore[no-untyped-call]  # as above


async def heard(workspace: Workspace, listener: Listener, count: int) -> None:
    await workspace.wait_for(lambda: len(listener.events) >= count, what=f"{count} events")


async def settled(workspace: Workspace) -> None:
    await workspace.wait_for(lambda: workspace.feed.idle, what="an answer to every event")


@pytest.fixture
async def listener(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[Listener]:
    heard = Listener(workspace.core.bell)
    async with connected(workspace, client, heard):
        yield heard


@dataclass(frozen=True)
class Heard:
    """One webhook that arrived."""

    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Json:
        return dict(json.loads(self.raw))

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw.decode(), keep_blank_values=True))


@dataclass
class Ear:
    """A web server that records what is posted to it and answers `status` and `body`."""

    bell: Bell
    url: str = ""
    status: int = 200
    body: str = ""
    heard: list[Heard] = field(default_factory=list)

    async def hear(self, request: web.BaseRequest) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(request.path_qs, headers, await request.read()))
        self.bell.ring()
        return web.Response(status=self.status, text=self.body)

    def at(self, path: str) -> list[Heard]:
        return [one for one in self.heard if one.path.startswith(path)]


@pytest.fixture
async def ear(sandbox: Sandbox) -> AsyncIterator[Ear]:
    listening = Ear(sandbox.bell)
    runner = web.ServerRunner(web.Server(listening.hear))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    listening.url = f"http://{host}:{port}"
    yield listening
    await end(runner)


# --- Text Request -------------------------------------------------------------------------------------


@dataclass
class Caller:
    """Calls the API with the account's key; every answer must be as their OpenAPI file has it."""

    session: aiohttp.ClientSession
    base: str
    key: str

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        headers = {"x-api-key": self.key}
        url = f"{self.base}/{path}"
        sent = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        async with self.session.request(method, url, params=query, headers=headers, **sent) as answer:
            said = await answer.json() if answer.content_length else None
            described.check(TEXT_REQUEST, method, path, answer.status, said)
            return answer.status, said

    async def send(self, words: str, to: str = MARIA, **more: Any) -> tuple[int, Any]:
        body = {"body": words, "sender_name": "Dana", **more}
        return await self.call("POST", f"dashboards/121/contacts/{to.lstrip('+')}/messages", body)


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    sandbox.textrequest.rules.status_delay_s = 0.0
    return sandbox.textrequest


@pytest.fixture
def desk(account: Account) -> Dashboard:
    return account.add_dashboard("Front desk", "+14155550100")


@pytest.fixture
async def caller(sandbox: Sandbox, session: aiohttp.ClientSession, account: Account, desk: Dashboard) -> Caller:
    return Caller(session, sandbox.textrequest_api_url, account.api_key)


@pytest.fixture
async def hooked(caller: Caller, ear: Ear) -> Ear:
    """An ear that hears every event of the dashboard."""
    for event in EVENTS:
        body = {"target_url": f"{ear.url}/{event}", "event": event, "httpVerb": "POST"}
        await caller.call("POST", "dashboards/121/hooks", body)
    return ear


async def quiet(sandbox: Sandbox) -> None:
    await sandbox.bell.wait_for(lambda: sandbox.pusher.idle, what="an end to the hooks")
