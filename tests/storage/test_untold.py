"""What providers are still to be told is kept until they were, and what was wanted last is what they have."""

from __future__ import annotations

import pytest

from bot.model import NewDeed, Standing, Untold
from bot.model.standings import TELLING
from tests.storage.scene import DANA, Scene


async def _want(scene: Scene, **standing: bool) -> Untold:
    conversation = await scene.conversation()
    deed = NewDeed(DANA, "said", conversation.id)
    await scene.store.standings.set(conversation.id, Standing(**standing), deed, tell=True)
    return (await scene.store.untold.due(10))[-1]


async def test_what_was_told_is_gone(scene: Scene) -> None:
    await scene.open_thread()
    untold = await _want(scene, resolved=True)
    assert (untold.aspect, untold.wanted, untold.tries) == ("resolved", True, 0)

    await scene.store.untold.told(untold)

    assert await scene.store.untold.due(10) == []


async def test_wish_that_came_while_the_one_before_was_told_stays(scene: Scene) -> None:
    await scene.open_thread()
    before = await _want(scene, resolved=True)
    after = await _want(scene, resolved=False)

    await scene.store.untold.told(before)
    await scene.store.untold.refused(before, "No.", "400")
    await scene.store.untold.later(before, 60)

    assert await scene.store.untold.due(10) == [after]
    assert await scene.mirror_all() == []


async def test_what_was_not_answered_is_due_again_after_a_while(scene: Scene) -> None:
    await scene.open_thread()
    untold = await _want(scene, resolved=True)

    await scene.store.untold.later(untold, 60)

    assert await scene.store.untold.due(10) == []
    scene.clock.advance(60)
    assert [each.tries for each in await scene.store.untold.due(10)] == [1]


@pytest.mark.parametrize(("wanted", "reason"), [(True, "not_blocked"), (False, "still_blocked")])
async def test_refusal_is_told_in_the_thread_once_and_the_card_says_what_is_true(
    scene: Scene, wanted: bool, reason: str
) -> None:
    await scene.open_thread()
    if not wanted:
        await scene.store.untold.told(await _want(scene, blocked=True))
    untold = await _want(scene, blocked=wanted)

    for _ in range(2):
        await scene.store.untold.refused(untold, "The number is not valid.", "400")

    (notice,) = await scene.mirror_all()
    assert (notice.reason, notice.body, notice.code) == (reason, "The number is not valid.", "400")
    assert (await scene.conversation()).blocked is not wanted


async def test_wish_hurries_the_duty_that_tells_it(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.duties.ensure(TELLING)
    await scene.store.duties.take(TELLING, 30)
    await scene.store.duties.done(TELLING, 3_600)

    await _want(scene, resolved=True)

    assert (await scene.store.duties.due())[TELLING]
