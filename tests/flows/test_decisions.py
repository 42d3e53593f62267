"""Two clicks at once, on two replicas: one decides, the other is told who did."""

from __future__ import annotations

import asyncio

import pytest

from bot.model import MemberId
from storage.store import Store
from tests.databases import Clock
from tests.storage.scene import LINE, Scene

DANA, ELI = MemberId("U1"), MemberId("U2")


@pytest.fixture
def url(postgres_url: str) -> str:
    """Only there can two transactions cross."""
    return postgres_url


async def test_two_clicks_at_once_know_of_each_other(store: Store, replica: Store, clock: Clock) -> None:
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.open_thread()
    for at in range(5, 25):
        await scene.refused_reply("words", at)
        uid = next(one.uid for one in await scene.notices("failed") if not one.settled_how)

        decided = await asyncio.gather(
            store.decisions.send(uid, DANA, "retried"), replica.decisions.send(uid, ELI, "retried")
        )

        assert sorted(one.done for one in decided) == [False, True]
        assert decided[0].by == decided[1].by
        assert decided[0].how == decided[1].how == "retried"
        await scene.send(await scene.claim_one())
