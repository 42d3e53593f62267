"""What is done every so often is done by one replica at a time."""

from __future__ import annotations

import asyncio

from storage.store import Store
from tests.storage.scene import Scene


async def test_duty_is_taken_by_one_bot(scene: Scene, replica: Store) -> None:
    await scene.store.duties.ensure("echoes")

    both = await asyncio.gather(scene.store.duties.take("echoes", 60), replica.duties.take("echoes", 60))

    assert sorted(both) == [False, True]


async def test_duty_that_is_done_is_due_again_after_its_time(scene: Scene, replica: Store) -> None:
    await scene.store.duties.ensure("echoes")
    await scene.store.duties.take("echoes", 60)
    await scene.store.duties.done("echoes", 5)
    too_soon = await replica.duties.take("echoes", 60)

    scene.clock.advance(5)

    assert too_soon is False
    assert await replica.duties.take("echoes", 60) is True


async def test_duty_whose_holder_died_is_taken_when_its_lease_ended(scene: Scene, replica: Store) -> None:
    await scene.store.duties.ensure("echoes")
    await scene.store.duties.take("echoes", 60)
    scene.clock.advance(60)

    assert await replica.duties.take("echoes", 60) is True


async def test_holder_that_lost_its_lease_gives_nothing_back(scene: Scene, replica: Store) -> None:
    await scene.store.duties.ensure("echoes")
    await scene.store.duties.take("echoes", 60)
    scene.clock.advance(60)
    await replica.duties.take("echoes", 60)

    await scene.store.duties.done("echoes", 0)

    assert await scene.store.duties.take("echoes", 60) is False


async def test_duty_that_nobody_ensured_is_not_taken(scene: Scene) -> None:
    assert await scene.store.duties.take("echoes", 60) is False


async def test_duty_that_is_ensured_again_keeps_its_time_unless_it_is_wanted_now(scene: Scene) -> None:
    await scene.store.duties.ensure("echoes")
    await scene.store.duties.take("echoes", 60)
    await scene.store.duties.done("echoes", 300)
    await scene.store.duties.ensure("echoes")
    kept = await scene.store.duties.take("echoes", 60)

    await scene.store.duties.ensure("echoes", now=True)

    assert kept is False
    assert await scene.store.duties.take("echoes", 60) is True


async def test_duty_that_is_wanted_while_another_does_it_is_due_again_at_once(
    scene: Scene, replica: Store
) -> None:
    await scene.store.duties.ensure("texts:1")
    await scene.store.duties.take("texts:1", 60)
    await replica.duties.ensure("texts:1", now=True)
    await scene.store.duties.done("texts:1", 300)

    at_once = await replica.duties.take("texts:1", 60)

    await replica.duties.done("texts:1", 300)
    scene.clock.advance(299)
    assert at_once is True
    assert await replica.duties.take("texts:1", 60) is False


async def test_bot_that_starts_alone_holds_nothing_of_the_one_before(scene: Scene, replica: Store) -> None:
    await scene.store.duties.ensure("echoes")
    await scene.store.duties.take("echoes", 600)

    await replica.duties.release_all()

    assert await replica.duties.take("echoes", 60) is True


async def test_duties_say_whether_they_are_due(scene: Scene) -> None:
    for name in ("echoes", "tidy"):
        await scene.store.duties.ensure(name)
    await scene.store.duties.take("tidy", 60)

    assert await scene.store.duties.due() == {"echoes": True, "tidy": False}


async def test_duty_is_pending_while_it_is_due_or_being_done(scene: Scene) -> None:
    await scene.store.duties.ensure("replies")
    pending = [await scene.store.duties.pending("replies")]
    await scene.store.duties.take("replies", 60)
    pending.append(await scene.store.duties.pending("replies"))

    await scene.store.duties.done("replies", 300)

    assert [*pending, await scene.store.duties.pending("replies")] == [True, True, False]
