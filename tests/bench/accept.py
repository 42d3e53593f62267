"""Benchmark 1: webhook → durable 200."""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path

from bot.sandbox.textrequest.shapes import Dashboard
from tests.bench.history import CHANNEL, EACH, write_history
from tests.bench.place import CONNECTIONS, NUMBER, Place, prepare
from tests.bench.result import Result
from tests.bench.webhooks import text_webhooks
from tests.bench.wire import fire
from tests.survival.bots import Bot

CONVERSATIONS = 500
ROUNDS = 3
KEY = "bench-textrequest-key"
# Nothing is asked of them: nobody listens there.
ADDRESSES = {
    "SLACK_API_URL": "http://127.0.0.1:9/",
    "TEXTREQUEST_API_URL": "http://127.0.0.1:9",
    "TEXTREQUEST_API_KEY": KEY,
}


async def webhook_to_durable(folder: Path, count: int) -> Result:
    """Texts taken a second, with `synchronous=FULL`, against a handler that keeps nothing."""
    place = await prepare(folder / "accept", ADDRESSES, CHANNEL, Dashboard(121, "Sales", NUMBER))
    await asyncio.to_thread(write_history, place.database, CONVERSATIONS * EACH)
    bare, durable = [], []
    for _ in range(ROUNDS):
        bare.append(await _rate(place, "bare", count))
        durable.append(await _rate(place, "durable", count))
    return Result(
        name="1. webhook → durable 200",
        ours=statistics.median(durable),
        bare=statistics.median(bare),
        unit="/s",
        goal=0.15,
        goal_of="ratio",
        at_least=True,
        remark=f"{CONNECTIONS} connections, {CONVERSATIONS} conversations under way",
    )


async def _rate(place: Place, kind: str, count: int) -> float:
    requests = text_webhooks(count, CONVERSATIONS, place.dashboard, KEY, place.path)
    server = Bot(place.folder, place.environment, ("-m", "tests.bench.servers", kind))
    await server.spawn()
    try:
        await server.ready()
        return count / await fire(place.port, requests, CONNECTIONS)
    finally:
        await server.stop()
