"""Benchmark 3: how long one message takes when nothing else goes on."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

from bot.sandbox.bell import News
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel
from tests.bench.place import NUMBER, Place, prepare
from tests.bench.result import Result, percentile
from tests.bench.webhooks import text_webhooks
from tests.bench.wire import Single
from tests.survival.bots import Bot

CONVERSATIONS = 20
REST_S = 0.1  # between two messages, so that the bot has shown what became of the last one, and is idle
BOT = ("-m", "bot", "run")
RELAY = ("-m", "tests.bench.servers", "relay")
GOALS_MS = {50: 5.0, 99: 20.0}


class Bystander:
    """Notes when Slack gets a post, and when the provider gets a text."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._happened: dict[str, asyncio.Future[float]] = {}
        sandbox.bell.watchers.append(self._on_news)

    def _on_news(self, news: News) -> None:
        ours = "metadata" in news.subject if news.what == "posted" else getattr(news.subject, "outbound", False)
        waiting = self._happened.get(news.what)
        if ours and waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())

    async def ms(self, what: str, act: Callable[[], Awaitable[object]]) -> float:
        """Milliseconds from the start of `act` until `what` happens."""
        self._happened[what] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await act()
        return (await asyncio.wait_for(self._happened[what], 10.0) - began) * 1000


async def idle_latency(folder: Path, count: int) -> list[Result]:
    """Webhook → post and reply → text, one at a time, against a relay that keeps nothing."""
    ours_in, ours_out = await _measure(folder / "latency", BOT, count)
    bare_in, bare_out = await _measure(folder / "relay", RELAY, count)
    return [
        *_results("webhook → request at Slack", ours_in, bare_in),
        *_results("reply → request at the provider", ours_out, bare_out),
    ]


def _results(name: str, ours: list[float], bare: list[float]) -> list[Result]:
    return [
        Result(
            name=f"3. {name}, p{percent}",
            ours=percentile(ours, percent),
            bare=percentile(bare, percent),
            unit="ms",
            goal=goal_ms,
            goal_of="ours",
            at_least=False,
            remark=f"{len(ours)} one by one",
        )
        for percent, goal_ms in GOALS_MS.items()
    ]


async def _measure(folder: Path, command: tuple[str, ...], count: int) -> tuple[list[float], list[float]]:
    async with Sandbox.start() as sandbox:
        member = sandbox.workspace.add_member("Dana")
        channel = sandbox.workspace.add_channel("sales", member)
        dashboard = sandbox.textrequest.add_dashboard("Sales", NUMBER)
        place = await prepare(folder, sandbox.addresses(), channel.id, dashboard)
        bystander = Bystander(sandbox)
        async with _running(place, command):
            texts = await _texts(sandbox, place, bystander, count)
            roots = [message["ts"] for message in sandbox.workspace.messages(channel) if "metadata" in message]
            return texts, await _replies(sandbox, channel, bystander, (roots[:CONVERSATIONS], count))


@contextlib.asynccontextmanager
async def _running(place: Place, command: tuple[str, ...]) -> AsyncIterator[None]:
    bot = Bot(place.folder, place.environment, command)
    await bot.spawn()
    try:
        await bot.ready()
        yield
    finally:
        await bot.stop()


async def _texts(sandbox: Sandbox, place: Place, bystander: Bystander, count: int) -> list[float]:
    """The first of each conversation opens its thread and is not counted."""
    key = sandbox.textrequest.api_key
    requests = text_webhooks(CONVERSATIONS + count, CONVERSATIONS, place.dashboard, key, place.path)
    line, taken = Single(place.port), []
    for request in requests:
        await asyncio.sleep(REST_S)
        taken.append(await bystander.ms("posted", partial(line.send, request)))
    await line.close()
    return taken[CONVERSATIONS:]


async def _replies(
    sandbox: Sandbox, channel: Channel, bystander: Bystander, roots_and_count: tuple[list[str], int]
) -> list[float]:
    roots, count = roots_and_count
    taken = []
    for number in range(count + 1):
        await asyncio.sleep(REST_S)
        words = f"Yes, it is still free. Reply {number}."
        reply = partial(sandbox.workspace.say, channel, "Dana", words, thread_ts=roots[number % len(roots)])
        taken.append(await bystander.ms("texted", reply))
    return taken[1:]  # with the first one Slack was asked who Dana is
