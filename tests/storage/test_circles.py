"""Who is in a channel or a user group is known for as long as one asks it to be."""

from __future__ import annotations

from bot.model import MemberId
from storage.store import Store
from tests.storage.scene import DANA, Scene

SALES = "C0SALES"
ELI = MemberId("U2")


async def test_circle_is_known_everywhere_for_so_long(scene: Scene, replica: Store) -> None:
    await scene.store.circles.note(SALES, frozenset({DANA, ELI}))

    known = await replica.circles.find(SALES, 60)
    scene.clock.advance(60)

    assert known == frozenset({DANA, ELI})
    assert await replica.circles.find(SALES, 60) is None
    assert await scene.store.circles.find("S0NOBODY", 60) is None


async def test_circle_is_what_was_said_last(scene: Scene) -> None:
    await scene.store.circles.note(SALES, frozenset({DANA, ELI}))

    await scene.store.circles.note(SALES, frozenset())

    assert await scene.store.circles.find(SALES, 60) == frozenset()
