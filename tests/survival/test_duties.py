"""A duty is held for as long as it is done, and no longer than half a minute by a bot that died."""

from __future__ import annotations

import asyncio

from bot.bridge import Bridge, Tuning
from bot.flows import upkeep
from bot.settings import Settings
from bot.slack import Slack
from bot.startup import NOBODY
from storage.duties import Duties
from storage.store import Store
from tests.databases import Clock

LEASE_S = 0.03  # short, because the bot holds on by the wall's clock; leases end by the test's


class Watched(Duties):
    """Says when a lease was made longer."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.database)
        self.held = asyncio.Event()

    async def hold(self, name: str, lease_s: float) -> None:
        await super().hold(name, lease_s)
        self.held.set()

    async def hold_anew(self) -> None:
        """The first one may have begun before this was asked."""
        for _ in range(2):
            self.held.clear()
            await self.held.wait()


def bridge_over(store: Store, tuning: Tuning) -> Bridge:
    """A bot that asks nobody anything."""
    return Bridge(store, Slack("", "http://127.0.0.1:9/"), {}, Settings.explicit({}), NOBODY, tuning)


async def test_duty_whose_bot_was_killed_is_taken_over_soon(store: Store, replica: Store, clock: Clock) -> None:
    await store.duties.ensure("replies")
    await upkeep.take_due(bridge_over(store, Tuning()))

    clock.advance(31)

    assert "replies" in await upkeep.take_due(bridge_over(replica, Tuning()))


async def test_duty_that_takes_long_is_not_taken_over(store: Store, replica: Store, clock: Clock) -> None:
    store.duties = watched = Watched(store)
    bridge, finish = bridge_over(store, Tuning(duty_lease_s=LEASE_S)), asyncio.Event()
    await store.duties.ensure("replies")
    await upkeep.take_due(bridge)
    doing = asyncio.create_task(upkeep.perform(bridge, "replies", upkeep.Duty(finish.wait, 60)))

    clock.advance(LEASE_S * 0.9)
    await watched.hold_anew()
    clock.advance(LEASE_S * 0.9)

    assert await replica.duties.take("replies", 60) is False
    finish.set()
    await doing


async def test_bot_that_lost_its_lease_does_not_hold_on_to_the_duty(
    store: Store, replica: Store, clock: Clock
) -> None:
    await store.duties.ensure("replies")
    await store.duties.take("replies", 30)
    clock.advance(31)
    await replica.duties.take("replies", 1)

    await store.duties.hold("replies", 60)

    clock.advance(2)
    assert await replica.duties.take("replies", 60) is True
