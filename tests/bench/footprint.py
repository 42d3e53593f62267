"""Benchmark 5: memory after many messages, and the time until the bot is ready."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from tests.bench.inbound import CONVERSATIONS, push_through
from tests.bench.machine import resident_mb
from tests.bench.place import Place, prepare
from tests.bench.remote import Remote
from tests.bench.result import Result
from tests.survival.bots import Bot

STARTS = 5
CHUNK = 10_000
BOT = ("-m", "tests.bench.plain", "run")
BARE = ("-m", "tests.bench.plain", "bare")


async def footprint(folder: Path, count: int) -> list[Result]:
    """RAM of a bot that mirrored `count` texts, and how long one with that database takes to start."""
    async with Remote.start() as sandbox:
        place = await prepare(folder / "footprint", sandbox.addresses, sandbox.channel, sandbox.dashboard)
        used_mb = await _used_mb(sandbox, place, count)
        ours_s = [await _start_s(place, BOT) for _ in range(STARTS)]
        bare_s = [await _start_s(place, BARE) for _ in range(STARTS)]
    memory = Result(
        name="5. memory after many messages",
        ours=used_mb,
        bare=await _bare_mb(place),
        unit="MB",
        goal=90.0,
        goal_of="ours",
        at_least=False,
        remark=f"{count:,} texts mirrored; bare: the imported libraries",
    )
    start = Result(
        name="5. time until ready",
        ours=statistics.median(ours_s),
        bare=statistics.median(bare_s),
        unit="s",
        goal=1.5,
        goal_of="ours",
        at_least=False,
        remark=f"with {count:,} texts in the database; bare: importing the libraries",
    )
    return [memory, start]


async def _used_mb(sandbox: Remote, place: Place, count: int) -> float:
    bot = Bot(place.folder, place.environment, BOT)
    await bot.spawn()
    try:
        await bot.ready()
        for done in range(0, count, CHUNK):
            roots = 0 if done else CONVERSATIONS  # the first text of each also opens its thread
            await push_through(sandbox, place, min(CHUNK, count), roots=roots)
        return resident_mb(bot.pid)
    finally:
        await bot.stop()


async def _bare_mb(place: Place) -> float:
    bare = Bot(place.folder, place.environment, BARE)
    await bare.spawn()
    try:
        await bare.ready()
        return resident_mb(bare.pid)
    finally:
        await bare.kill()


async def _start_s(place: Place, command: tuple[str, ...]) -> float:
    bot = Bot(place.folder, place.environment, command)
    began = time.perf_counter()
    await bot.spawn()
    await bot.ready()
    took_s = time.perf_counter() - began
    await bot.kill()
    return took_s
