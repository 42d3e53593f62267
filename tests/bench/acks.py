"""Benchmark 7: how soon a slash command is acknowledged while texts come in."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel, Member
from tests.bench.place import NUMBER, Place, prepare
from tests.bench.result import Result, percentile
from tests.bench.webhooks import text_webhooks
from tests.bench.wire import Single
from tests.survival.bots import Bot

CONVERSATIONS = 100
TEXTS_A_SECOND = 100
LINES_OF_TEXTS = 4  # connections, so that a slow answer delays no other text
BETWEEN_S = 0.02  # two commands
GOAL_MS = 200.0
COMMAND, WORDS = "/text", "history +14155550134"


async def acks_under_load(folder: Path, count: int) -> Result:
    """The acknowledgement of a command at rest, and while a hundred texts a second come in."""
    async with Sandbox.start() as sandbox:
        member = sandbox.workspace.add_member("Dana")
        channel = sandbox.workspace.add_channel("sales", member)
        dashboard = sandbox.textrequest.add_dashboard("Sales", NUMBER)
        place = await prepare(folder / "acks", sandbox.addresses(), channel.id, dashboard)
        requests = text_webhooks(count, CONVERSATIONS, dashboard, sandbox.textrequest.api_key, place.path)
        bot = Bot(place.folder, place.environment, ("-m", "bot", "run"))
        await bot.spawn()
        try:
            await bot.ready()
            bare = await _acks(sandbox, channel, member, count // 2)
            async with _coming_in(place, requests):
                ours = await _acks(sandbox, channel, member, count // 2)
        finally:
            await bot.stop()
    return Result(
        name="7. a command's ack, p99",
        ours=percentile(ours, 99),
        bare=percentile(bare, 99),
        unit="ms",
        goal=GOAL_MS,
        goal_of="ours",
        at_least=False,
        remark=f"{len(ours):,} commands under {TEXTS_A_SECOND} texts a second; bare: at rest",
    )


async def _acks(sandbox: Sandbox, channel: Channel, member: Member, count: int) -> list[float]:
    """Milliseconds each; the first one asks Slack who Dana is, and is not counted."""
    taken = []
    for _ in range(count + 1):
        began = time.perf_counter()
        ack = await sandbox.workspace.slash(channel, member, COMMAND, WORDS)
        taken.append((time.perf_counter() - began) * 1_000)
        if not ack.acked:
            raise RuntimeError("a command was not acknowledged")
        await asyncio.sleep(BETWEEN_S)
    return taken[1:]


@contextlib.asynccontextmanager
async def _coming_in(place: Place, requests: list[bytes]) -> AsyncIterator[None]:
    """Texts come in until the body ends."""
    lines = [Single(place.port) for _ in range(LINES_OF_TEXTS)]
    shares = [requests[number::LINES_OF_TEXTS] for number in range(LINES_OF_TEXTS)]
    coming = [asyncio.create_task(_send(*pair)) for pair in zip(lines, shares, strict=True)]
    try:
        yield
    finally:
        for task in coming:
            task.cancel()
        await asyncio.gather(*coming, return_exceptions=True)
        for line in lines:
            await line.close()


async def _send(line: Single, requests: list[bytes]) -> None:
    began = time.monotonic()
    for number, request in enumerate(requests):
        await asyncio.sleep(max(0.0, began + number * LINES_OF_TEXTS / TEXTS_A_SECOND - time.monotonic()))
        await line.send(request)
