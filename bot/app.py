"""Builds every part, starts it, stops it; the only place that knows them all.

Start: database (locked, backed up, migrated) → who we are in Slack → doors → worker. Stop: no new claims, calls
in flight finish, sockets close, then the database.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from bot.bridge import Bridge, Tuning
from bot.delivery import messages
from bot.doctor import examine_running
from bot.errors import BotError, SettingsError
from bot.flows import upkeep
from bot.flows.cards.looking import SLOTS, looks
from bot.flows.cards.working import deeds
from bot.loops import Connected, Loops, end
from bot.serving import end as end_serving
from bot.settings import Settings
from bot.slack import Slack
from bot.startup import build_providers, check_app_token, identify, opened_store, require_slack
from bot.worker import Worker, alone
from handlers.events import Events
from handlers.health import HealthRoutes, Readiness
from handlers.slack import SlackOverHttp, Sockets, bolt_app
from handlers.webhooks import BODY_CAP, Webhooks

CONNECT_S = 2.0  # how long a start waits for Slack; it goes on connecting after that

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is ready."""

    bridge: Bridge
    port: int


class App:
    """One bot, from start to stop."""

    def __init__(self, settings: Settings, tuning: Tuning | None = None) -> None:
        self._settings = settings
        self._tuning = tuning or Tuning()

    async def run(self, stop: asyncio.Event, on_ready: Callable[[Running], None]) -> None:
        """Start, call `on_ready`, work until `stop`, then drain. Raises `SettingsError` when it cannot start."""
        token = require_slack(self._settings)
        async with contextlib.AsyncExitStack() as stack:
            store = await stack.enter_async_context(opened_store(self._settings, exclusive=True))
            slack = Slack(token, self._settings.slack_api_url)
            await slack.start()
            stack.push_async_callback(slack.close)
            providers = build_providers(self._settings, store)
            for provider in providers.values():
                stack.push_async_callback(provider.close)
            ours = await unless(stop, identify(slack, store))
            if ours is not None:
                bridge = Bridge(
                    store, slack, providers, self._settings, ours, self._tuning, examine=examine_running
                )
                await self._serve(bridge, stop, on_ready)

    async def _serve(self, bridge: Bridge, stop: asyncio.Event, on_ready: Callable[[Running], None]) -> None:
        """Webhooks first: they are taken while Slack is away, too."""
        events = Events(bridge)
        looking = Worker(looks(bridge), slots=SLOTS, finishes=False)
        workers = [Worker(messages(bridge)), Worker(deeds(bridge)), looking]
        app = bolt_app(bridge, events)
        async with contextlib.AsyncExitStack() as doors:
            token = self._settings.slack_app_token
            sockets = None if token is None else Sockets(app, token.get_secret_value(), bridge.ours.bot_id)
            if sockets is not None:
                doors.push_async_callback(sockets.close)
            connected = _always if sockets is None else sockets.connected
            routes = [*Webhooks(bridge).routes(), *HealthRoutes(readiness(bridge, connected, workers)).routes()]
            if sockets is None:
                routes += SlackOverHttp(app).routes()
            port = await self._open_server(routes, doors)
            if sockets is not None:
                await unless(stop, self._connect(bridge, sockets))
            await alone("coming back", upkeep.come_back(bridge))
            loops = Loops(bridge, workers, connected).start()
            try:
                on_ready(Running(bridge, port))
                await _first_end(stop, loops)
            finally:
                events.close()
                await events.drain()
                await asyncio.gather(*(worker.drain() for worker in workers))
                await end(loops)

    async def _connect(self, bridge: Bridge, sockets: Sockets) -> None:
        """Refuse a wrong token at once; where Slack is away, go on without waiting for it."""
        token = self._settings.slack_app_token
        assert token is not None
        await check_app_token(bridge.slack, token.get_secret_value())
        await sockets.connect(CONNECT_S)

    async def _open_server(self, routes: list[web.RouteDef], doors: contextlib.AsyncExitStack) -> int:
        server = web.Application(client_max_size=BODY_CAP)
        server.add_routes(routes)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=5.0)
        await runner.setup()
        doors.push_async_callback(end_serving, runner)
        site = web.TCPSite(runner, self._settings.threadline_host, self._settings.threadline_port)
        try:
            await site.start()
        except OSError as error:
            raise SettingsError(
                f"THREADLINE_PORT: {self._settings.threadline_host}:{self._settings.threadline_port} "
                f"cannot be used ({error.strerror})."
            ) from None
        return int(runner.addresses[0][1])


async def _always() -> bool:
    """In HTTP mode Slack reaches us, or it does not: nothing of ours tells."""
    return True


def readiness(bridge: Bridge, connected: Connected, workers: Sequence[Worker]) -> Readiness:
    """What /readyz asks: the parts, and whether each does its work."""

    async def parts() -> Mapping[str, bool]:
        try:
            await bridge.store.health.ping()
            database = True
        except BotError:
            database = False
        alive = all(worker.alive for worker in workers)
        return {"database": database, "slack": await connected(), "worker": alive}

    return parts


async def unless(stop: asyncio.Event, deed: Coroutine[object, object, T]) -> T | None:
    """Do it, unless the signal to stop comes first: then None."""
    doing, stopping = asyncio.create_task(deed), asyncio.create_task(stop.wait())
    await asyncio.wait([doing, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        return None
    return doing.result()


async def _first_end(stop: asyncio.Event, loops: list[asyncio.Task[None]]) -> None:
    """Wait for the signal, or for a loop that broke: then its error ends the process."""
    stopping = asyncio.ensure_future(stop.wait())
    done, _ = await asyncio.wait([stopping, *loops], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in done - {stopping}:
        task.result()
