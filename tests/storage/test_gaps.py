"""Up to when Slack was heard, and what is owed."""

from __future__ import annotations

from storage.database import instant
from tests.storage.scene import Scene

TOLERANCE_S = 15.0


async def test_when_beats_come_in_time_then_nothing_is_owed(scene: Scene) -> None:
    beats = []
    for _ in range(5):
        beats.append(await scene.store.gaps.beat(TOLERANCE_S))
        scene.clock.advance(TOLERANCE_S - 1)

    assert beats == [False] * 5
    assert await scene.store.gaps.owed() is None


async def test_when_a_beat_comes_too_late_then_everything_since_the_last_one_is_owed(scene: Scene) -> None:
    await scene.store.gaps.beat(TOLERANCE_S)
    heard_until = instant(scene.clock())
    scene.clock.advance(3600)

    gap = await scene.store.gaps.beat(TOLERANCE_S)

    owed = await scene.store.gaps.owed()
    assert gap
    assert owed is not None
    assert owed.since == heard_until


async def test_when_the_process_is_fresh_then_even_a_short_silence_is_owed(scene: Scene) -> None:
    first = await scene.store.gaps.beat(TOLERANCE_S, fresh=True)
    scene.clock.advance(1)

    second = await scene.store.gaps.beat(TOLERANCE_S, fresh=True)

    assert (first, second) == (False, True)
    assert await scene.store.gaps.owed() is not None


async def test_when_beats_go_on_then_a_debt_stays_until_it_is_paid(scene: Scene) -> None:
    await scene.store.gaps.beat(TOLERANCE_S)
    heard_until = instant(scene.clock())
    scene.clock.advance(3600)
    await scene.store.gaps.beat(TOLERANCE_S)
    for _ in range(10):
        scene.clock.advance(5)
        await scene.store.gaps.beat(TOLERANCE_S)

    owed = await scene.store.gaps.owed()
    assert owed is not None
    await scene.store.gaps.paid(owed)

    assert owed.since == heard_until
    assert await scene.store.gaps.owed() is None


async def test_when_another_gap_comes_while_reading_then_everything_is_still_owed(scene: Scene) -> None:
    await scene.store.gaps.beat(TOLERANCE_S)
    heard_until = instant(scene.clock())
    scene.clock.advance(3600)
    await scene.store.gaps.beat(TOLERANCE_S)
    reading = await scene.store.gaps.owed()
    scene.clock.advance(600)
    await scene.store.gaps.beat(TOLERANCE_S)

    assert reading is not None
    await scene.store.gaps.paid(reading)

    owed = await scene.store.gaps.owed()
    assert owed is not None
    assert owed.since == heard_until


async def test_when_nobody_can_hear_then_what_is_owed_goes_from_reading_to_reading(scene: Scene) -> None:
    await scene.store.gaps.owe()
    first_reading = instant(scene.clock())
    scene.clock.advance(600)
    await scene.store.gaps.owe()

    owed = await scene.store.gaps.owed()

    assert owed is not None
    assert owed.since == first_reading
