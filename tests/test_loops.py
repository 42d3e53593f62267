"""The loops end when they are told to, at whatever moment that is."""

from __future__ import annotations

import asyncio

import pytest

from bot.bridge import Bridge
from bot.delivery import messages
from bot.flows.cards.working import deeds
from bot.loops import Loops, end
from bot.model import MemberId
from bot.settings import Settings
from bot.slack import Identity, Slack
from bot.worker import Worker
from storage.database import Tx
from storage.store import Store

OURS = Identity(MemberId("U0BOT"), "B0BOT", "T0TEAM", "https://example.slack.com/", frozenset())


@pytest.fixture
def bridge(store: Store) -> Bridge:
    """A bot with a database, and nobody to talk to."""
    return Bridge(store, Slack("xoxb-", "http://127.0.0.1/"), {}, Settings.explicit({}), OURS)


async def _connected() -> bool:
    return True


async def _wake_everything(tx: Tx) -> None:
    tx.wake()


@pytest.mark.parametrize("ticks", range(12))
async def test_loops_that_are_cancelled_just_as_they_wake_end_all_the_same(bridge: Bridge, ticks: int) -> None:
    tasks = Loops(bridge, [Worker(messages(bridge)), Worker(deeds(bridge))], _connected).start()
    await bridge.store.database.read(_wake_everything)  # by now each of them waits

    await bridge.store.database.write(_wake_everything)
    for _ in range(ticks):
        await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await end(tasks)
    assert all(task.done() for task in tasks)
