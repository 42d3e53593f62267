"""All stand-ins behind one loopback address.

`Sandbox.start` refuses to listen anywhere but on this machine: the stand-ins believe everybody.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Self

from aiohttp import web

from bot.sandbox.asms.account import Account as Asms
from bot.sandbox.asms.door import AsmsDoor
from bot.sandbox.bell import Bell
from bot.sandbox.clicksend.account import Account as ClickSend
from bot.sandbox.clicksend.door import ClickSendDoor
from bot.sandbox.clicksend.orders import Orders
from bot.sandbox.control import ControlDoor
from bot.sandbox.jtel.account import Account as Jtel
from bot.sandbox.jtel.door import JtelDoor
from bot.sandbox.push import Pusher
from bot.sandbox.slack.signed import SignedPosts
from bot.sandbox.slack.web.door import SlackDoor
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.textrequest.account import Account as TextRequest
from bot.sandbox.textrequest.door import TextRequestDoor
from bot.sandbox.trouble import Answer, Trouble
from bot.serving import end

LARGEST_BODY = 64 * 1024 * 1024


Door = Callable[[web.BaseRequest, str], Coroutine[Any, Any, Answer]]


class NotLoopback(ValueError):
    """The address given is reachable from outside."""


class Sandbox:
    """A Slack workspace and the providers, on one port."""

    workspace: Workspace
    textrequest: TextRequest
    clicksend: ClickSend
    clicksend_orders: Orders
    jtel: Jtel
    asms: Asms
    pusher: Pusher

    def __init__(self, host: str, port: int) -> None:
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.port = port
        self.bell = Bell()
        self.trouble = Trouble(self.bell)
        self._doors: dict[str, Door] = {"_sandbox": ControlDoor(self).handle}
        self._build()

    def _build(self) -> None:
        """New stand-ins, with nothing in them."""
        self.pusher = Pusher(self.bell, self.trouble)
        self.workspace = Workspace(f"{self.url}/slack", self.bell, self.trouble)
        self.textrequest = TextRequest(f"{self.url}/textrequest", self.bell, self.pusher)
        self.clicksend = ClickSend(f"{self.url}/clicksend", self.bell, self.pusher)
        self.clicksend_orders = Orders(self.clicksend)
        self.jtel = Jtel(self.bell)
        self.asms = Asms(self.bell, self.pusher)
        self._doors |= {
            "asms": AsmsDoor(self.asms, self.trouble).handle,
            "slack": SlackDoor(self.workspace.core).handle,
            "textrequest": TextRequestDoor(self.textrequest, self.trouble).handle,
            "clicksend": ClickSendDoor(self.clicksend, self.clicksend_orders, self.trouble).handle,
            "jtel": JtelDoor(self.jtel, self.trouble).handle,
        }

    @property
    def slack_api_url(self) -> str:
        """For `SLACK_API_URL`."""
        return f"{self.url}/slack/api/"

    @property
    def textrequest_api_url(self) -> str:
        """For `TEXTREQUEST_API_URL`."""
        return f"{self.url}/textrequest/api/v3"

    @property
    def clicksend_api_url(self) -> str:
        """For `CLICKSEND_API_URL`."""
        return f"{self.url}/clicksend/v3"

    @property
    def asms_api_url(self) -> str:
        """For `ASMS_API_URL`."""
        return f"{self.url}/asms/asmsadapter/api"

    def asms_addresses(self) -> dict[str, str]:
        """The bot's settings for a service desk; the rest is in `addresses`."""
        return {
            "ASMS_API_URL": self.asms_api_url,
            "ASMS_TOKEN": self.asms.token,
            "ASMS_INSTANCE_URL": self.asms.instance_url,
            "ASMS_TIME_ZONE": "UTC",
        }

    def asms_own_addresses(self) -> dict[str, str]:
        """The same for a service desk that is asked without its adapter."""
        return {
            "ASMS_INSTANCE_URL": f"{self.url}/asms/ASMSAPI/",
            "ASMS_TOKEN": self.asms.token,
            "ASMS_TIME_ZONE": "UTC",
        }

    def clicksend_addresses(self) -> dict[str, str]:
        """The bot's settings for a second provider; the rest is in `addresses`."""
        return {
            "CLICKSEND_API_URL": self.clicksend_api_url,
            "CLICKSEND_USERNAME": self.clicksend.username,
            "CLICKSEND_API_KEY": self.clicksend.api_key,
        }

    def jtel_addresses(self) -> dict[str, str]:
        """The bot's settings for jtel."""
        return {
            "JTEL_API_URL": f"{self.url}/jtel/rest/v1.0",
            "JTEL_CLIENTS_ID": str(self.jtel.clients_id),
            "JTEL_TOKEN": self.jtel.token,
            "JTEL_TIME_ZONE": self.jtel.rules.zone,
        }

    def addresses(self) -> dict[str, str]:
        """The bot's settings for this sandbox, with Text Request as its provider: variable → value."""
        app = self.workspace.app
        return {
            "SLACK_API_URL": self.slack_api_url,
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "TEXTREQUEST_API_URL": self.textrequest_api_url,
            "TEXTREQUEST_API_KEY": self.textrequest.api_key,
        }

    @classmethod
    @asynccontextmanager
    async def start(cls, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Self]:
        """Serve until the block ends. Raises `NotLoopback`."""
        listener = listen(host, port)
        sandbox = cls(host, listener.getsockname()[1])
        runner = await sandbox.serve(listener)
        try:
            yield sandbox
        finally:
            await sandbox.close()
            await end(runner)

    async def serve(self, listener: socket.socket) -> web.ServerRunner:
        """Answer at `listener` until the runner is cleaned up."""
        server = web.Server(self.handle, request_factory=_request, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=0.5)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        return runner

    async def close(self) -> None:
        """End everything under way; held requests are let go first."""
        self.trouble.clear()
        await self.workspace.close()
        await self.textrequest.close()
        await self.clicksend.close()
        await self.jtel.close()
        await self.pusher.close()

    async def reset(self) -> None:
        """Begin again with empty stand-ins under the same addresses and keys; connections are cut."""
        await self.close()
        self.trouble.struck.clear()
        self._build()

    async def handle(self, request: web.BaseRequest) -> Answer:
        """Every request: the first part of the path names the stand-in."""
        section, _, rest = request.path.lstrip("/").partition("/")
        door = self._doors.get(section)
        return web.Response(status=404) if door is None else await door(request, rest)

    def use_http_mode(self, url: str) -> None:
        """From now on Slack's events and interactions are posted to `url`, signed."""
        core = self.workspace.core
        secret = core.app.signing_secret
        core.feed.transport = SignedPosts(url, secret, core.rules, core.chores, self.pusher.session)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on this machine alone. Raises `NotLoopback`."""
    address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    if not address.is_loopback:
        raise NotLoopback(f"The sandbox listens on this machine only, not on {host}.")
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    return socket.create_server((str(address), port), family=family)


def _request(message: Any, payload: Any, protocol: Any, *rest: Any) -> web.BaseRequest:
    """As aiohttp makes it, with room for pictures."""
    writer, task = rest
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY)
