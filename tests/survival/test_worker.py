"""What the worker claimed it delivers: when the database goes away meanwhile, and when it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.bridge import Bridge
from bot.delivery import Worker
from bot.errors import StorageUnavailable
from bot.model import Claim
from bot.pace import UNPACED
from bot.settings import Settings
from bot.slack import Slack
from bot.startup import NOBODY
from storage.claims import Claims
from storage.outcomes import Outcomes
from storage.store import Store

NOBODY_LISTENS = "http://127.0.0.1:9/"


class BrokenForOrphans(Claims):
    """A database that goes away between a claim and the question for orphans."""

    async def claim_orphans(self, slots: int, lease_s: float) -> list[Claim]:
        raise StorageUnavailable("The database cannot be used now.")


class Slow(Claims):
    """A database that has claimed, and takes its time to say so."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.database, lambda _: UNPACED)
        self.claimed, self.answer = asyncio.Event(), asyncio.Event()

    async def claim(self, room: Callable[[str], int], lease_s: float) -> list[Claim]:
        claims = await super().claim(room, lease_s)
        self.claimed.set()
        await self.answer.wait()
        return claims


class Watched(Outcomes):
    """Says when an outcome is on disk."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.database)
        self.settled = asyncio.Event()

    async def later(self, claim: Claim, in_s: float, *, closes: str = "") -> None:
        await super().later(claim, in_s, closes=closes)
        self.settled.set()


@pytest.fixture
async def bridge(store: Store) -> AsyncIterator[Bridge]:
    """A bot that cannot reach Slack."""
    slack = Slack("xoxb-test", NOBODY_LISTENS)
    await slack.start()
    yield Bridge(store, slack, {}, Settings.explicit({}), NOBODY)
    await slack.close()


async def test_claim_is_delivered_when_the_question_for_orphans_fails(bridge: Bridge, store: Store) -> None:
    store.claims = BrokenForOrphans(store.database, lambda _: UNPACED)
    store.outcomes = watched = Watched(store)
    await store.health.alert(("C0ADMIN",), "topic", "words")
    worker = Worker(bridge)
    running = asyncio.create_task(worker.run())

    await asyncio.wait_for(watched.settled.wait(), 5)

    await worker.drain()
    await asyncio.wait_for(running, 5)


async def test_stopping_waits_for_what_is_being_claimed(bridge: Bridge, store: Store) -> None:
    store.claims = slow = Slow(store)
    store.outcomes = watched = Watched(store)
    await store.health.alert(("C0ADMIN",), "topic", "words")
    worker = Worker(bridge)
    running = asyncio.create_task(worker.run())
    await asyncio.wait_for(slow.claimed.wait(), 5)

    draining = asyncio.create_task(worker.drain())
    await asyncio.sleep(0)
    slow.answer.set()
    await asyncio.wait_for(draining, 5)

    assert watched.settled.is_set()
    await asyncio.wait_for(running, 5)
