"""What a button asks for is kept, is its asker's, and is decided once where that was said."""

from __future__ import annotations

import asyncio

from bot.model import Ask, ChannelId, MemberId
from storage.store import Store
from tests.storage.scene import DANA, Scene

SALES = ChannelId("C1")
ASKS = (Ask("text", '"+14155550134" hello', sure=True), Ask("", ""))
DAY_S = 86_400


async def test_question_is_found_as_it_was_kept(scene: Scene) -> None:
    uid = await scene.store.questions.keep(DANA, SALES, ASKS, once=True)

    found = await scene.store.questions.find(uid)

    assert found is not None
    assert (found.member, found.channel, found.asks, found.once) == (DANA, SALES, ASKS, True)
    assert await scene.store.questions.find("nothing") is None


async def test_of_many_clicks_at_once_one_decides(scene: Scene, replica: Store) -> None:
    uid = await scene.store.questions.keep(DANA, SALES, ASKS, once=True)

    decided = await asyncio.gather(
        *(store.questions.settle(uid, DANA) for _ in range(5) for store in (scene.store, replica))
    )

    assert sorted(each.done for each in decided) == [False] * 9 + [True]
    assert {each.by for each in decided} == {DANA}


async def test_nothing_can_be_decided_about_a_question_that_is_gone(scene: Scene) -> None:
    decided = await scene.store.questions.settle("nothing", MemberId("U2"))

    assert (decided.done, decided.by) == (False, None)


async def test_question_is_forgotten_after_a_day(scene: Scene) -> None:
    uid = await scene.store.questions.keep(DANA, SALES, ASKS, once=False)
    scene.clock.advance(DAY_S)
    await scene.store.questions.forget_old()
    within = await scene.store.questions.find(uid)

    scene.clock.advance(1)
    await scene.store.questions.forget_old()

    assert within is not None
    assert await scene.store.questions.find(uid) is None
