"""What goes on while bots die: people write, and Slack and the provider have bad days."""

from __future__ import annotations

import asyncio
from random import Random

from bot.sandbox.trouble import Fault, Trouble
from tests.survival.plan import Plan
from tests.survival.world import Talk, World

LONGEST_BURST = 5
SLOW_S = 0.4

# Calls take a while, so that kills come in the middle of them.
SLOWNESS = (
    Fault(where="chat.postMessage", kind="slow", seconds=SLOW_S),
    Fault(where="textrequest.send", kind="slow", seconds=SLOW_S),
)
FAULTS = (
    Fault(where="chat.postMessage", kind="drop_after"),
    Fault(where="chat.postMessage", kind="drop"),
    Fault(where="chat.postMessage", kind="garbage"),
    Fault(where="chat.postMessage", kind="status", status=500),
    Fault(where="chat.postMessage", kind="status", status=429, retry_after_s=1),
    Fault(where="chat.postMessage", kind="error", error="internal_error"),
    Fault(where="conversations.*", kind="status", status=503),
    Fault(where="conversations.*", kind="drop"),
    Fault(where="reactions.*", kind="drop_after"),
    Fault(where="textrequest.send", kind="drop_after"),
    Fault(where="textrequest.send", kind="drop_after"),
    Fault(where="textrequest.send", kind="drop"),
    Fault(where="textrequest.send", kind="garbage"),
    Fault(where="textrequest.send", kind="status", status=500),
    Fault(where="textrequest.send", kind="status", status=429, retry_after_s=1),
    Fault(where="textrequest.*messages", kind="status", status=503),
    Fault(where="textrequest.hook.msg_received", kind="lose"),
    Fault(where="textrequest.hook.msg_received", kind="lose_answer"),
    Fault(where="textrequest.hook.msg_received", kind="twice"),
    Fault(where="textrequest.hook.msg_sent", kind="lose"),
    Fault(where="textrequest.status_callback", kind="lose"),
    Fault(where="event.message", kind="lose"),
    Fault(where="event.message", kind="lose_answer"),
    Fault(where="event.message", kind="twice"),
    Fault(where="event.message", kind="slow", seconds=SLOW_S),
)


async def write(world: World, plan: Plan, random: Random) -> None:
    """Texts and replies, now and then several in a row of one conversation, until there are enough."""
    while world.written < plan.messages:
        talk = random.choice(world.talks)
        burst = min(random.randint(1, LONGEST_BURST), plan.messages - world.written)
        for _ in range(burst):
            await _write_one(world, talk, random)
        await asyncio.sleep(random.expovariate(plan.per_s / burst))


async def _write_one(world: World, talk: Talk, random: Random) -> None:
    """Nobody answers in a thread that is not there yet."""
    if talk.root_ts and random.random() < 0.5:
        await world.reply(talk)
    else:
        await world.text(talk)


async def make_trouble(trouble: Trouble, plan: Plan, random: Random) -> None:
    """One fault after another, until cancelled; every other one only makes something slow."""
    while plan.trouble_every_s:
        await asyncio.sleep(random.expovariate(1 / plan.trouble_every_s))
        trouble.add(random.choice(SLOWNESS if random.random() < 0.5 else FAULTS))
