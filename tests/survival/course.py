"""One survival run from start to end: write, kill, start again, wait until all is quiet, count."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from random import Random

from bot.pace import per_minute
from storage.database import Database, Tx
from storage.decisions import Decisions
from storage.store import is_postgres, open_database
from tests.ports import free_port
from tests.survival.bots import Bot
from tests.survival.person import Person
from tests.survival.plan import Found, Plan
from tests.survival.traffic import make_trouble, write
from tests.survival.verdict import judge, too_fast
from tests.survival.world import World

RUNNER = ("-m", "tests.survival.runner")
UP_FOR_S = 1.2  # at the most, between the mark of a kill and the kill
AFTERMATH_S = 2.0  # after the last start: what would be done twice, is done by then
ON_ITS_WAY_S = 0.6  # between a claim and its effect


async def run(plan: Plan, database: str, folder: Path) -> Found:
    """Do what `plan` says with the empty `database`; bots leave their logs in `folder`."""
    began = time.monotonic()
    async with World.start(plan) as world:
        await world.bind_lines(world.environment(plan, database, 0))
        async with _opened(database) as store:
            person = Person(world, Decisions(store))
            kills = await _live_through(plan, world, person, _bots(plan, world, database, folder))
            talks = [world.told(talk, person.resent) for talk in world.talks]
            return Found(
                plan=plan,
                database="PostgreSQL" if is_postgres(database) else "SQLite",
                verdict=judge(talks),
                kills=kills,
                faults=len(world.sandbox.trouble.struck),
                decided=len(person.decided),
                open_rows=await _open_rows(store),
                too_fast=tuple(_too_fast(plan, world)),
                seconds=time.monotonic() - began,
            )


@contextlib.asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


def _bots(plan: Plan, world: World, database: str, folder: Path) -> list[Bot]:
    arguments = (*RUNNER, "--blind") if plan.blind else RUNNER
    bots = []
    for number in range(plan.bots):
        port = free_port()
        place = folder / f"bot-{number}"
        place.mkdir(parents=True)
        world.proxy.targets.append(port)
        bots.append(Bot(place, world.environment(plan, database, port), arguments))
    return bots


async def _live_through(plan: Plan, world: World, person: Person, bots: list[Bot]) -> int:
    """How many kills there were."""
    kill = _kill_for_good if plan.bots > 1 else _kill_again_and_again
    try:
        for bot in bots:
            await bot.spawn()
        for bot in bots:
            await bot.ready()
        async with _meanwhile(person.watch()):
            async with _meanwhile(make_trouble(world.sandbox.trouble, plan, Random(f"{plan.seed} trouble"))):
                writing = write(world, plan, Random(f"{plan.seed} people"))
                _, kills = await asyncio.gather(writing, kill(plan, world, bots))
            world.sandbox.trouble.clear()
            await _settle(world, person, plan.patience_s)
            await _start_once_more(bots)
            await _settle(world, person, plan.patience_s)
    finally:
        for bot in bots:
            await bot.kill()
    return kills


@contextlib.asynccontextmanager
async def _meanwhile(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Something goes on while the block runs. What breaks it, breaks the block at its end."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _kill_again_and_again(plan: Plan, world: World, bots: list[Bot]) -> int:
    """Spread over all that is written, at any moment of a bot's life: also while it starts."""
    random, (bot,) = Random(f"{plan.seed} kills"), bots
    for mark in sorted(random.sample(range(1, plan.messages), plan.kills)):
        await _written(world, mark)
        await asyncio.sleep(random.uniform(0.0, UP_FOR_S))
        await bot.kill()
        await bot.spawn()
        if random.random() < 0.7:
            await bot.ready()
    await bot.ready()
    return plan.kills


async def _kill_for_good(plan: Plan, world: World, bots: list[Bot]) -> int:
    """One replica, in the middle; the others go on."""
    await _written(world, plan.messages // 2)
    await bots.pop(Random(f"{plan.seed} kills").randrange(len(bots))).kill()
    return 1


async def _written(world: World, mark: int) -> None:
    await world.sandbox.bell.wait_for(lambda: world.written >= mark, 600.0, f"message {mark}")


async def _settle(world: World, person: Person, patience_s: float) -> None:
    """Until everything arrived, or nothing more did for so long: what is not there then is lost."""
    arrived, ends = world.arrived, time.monotonic() + patience_s
    while not (world.quiet and person.done) and time.monotonic() < ends:
        await asyncio.sleep(0.1)  # every ring of the bell would be too often
        if world.arrived > arrived:
            arrived, ends = world.arrived, time.monotonic() + patience_s


async def _start_once_more(bots: list[Bot]) -> None:
    """Stop politely and start again: whatever a bot would repeat, it repeats then."""
    for bot in bots:
        await bot.stop()
        await bot.spawn()
        await bot.ready()
    await asyncio.sleep(AFTERMATH_S)


async def _open_rows(database: Database) -> int:
    async def unit(tx: Tx) -> int:
        row = await tx.row(
            "select count(*) as n from messages where state = 'queued' or state = 'sending' or state = 'uncertain'"
        )
        return int(row["n"]) if row else 0

    return await database.read(unit)


def _too_fast(plan: Plan, world: World) -> list[str]:
    """The names of the paces that were not kept."""
    found = []
    if plan.slack_pace_s:
        posts = world.posted_at.values()
        if any(too_fast(times, plan.slack_pace_s, 1, ON_ITS_WAY_S) for times in posts):
            found.append("Slack")
    if plan.texts_per_minute:
        rule = per_minute(plan.texts_per_minute)
        sent = [text.accepted_at for text in world.sandbox.textrequest.accepted()]
        if too_fast(sent, rule.interval_us / 1e6, 1 + rule.burst_us // rule.interval_us, ON_ITS_WAY_S):
            found.append("provider")
    return found
