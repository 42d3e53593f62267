"""The provider's sure answer counts, however late it comes: until somebody tried again."""

from __future__ import annotations

from bot.model import Delivery, Direction, State
from tests.storage.scene import DANA, LEASE_S, Scene, orphans_of


async def test_answer_that_comes_after_looking_for_it_began_counts(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    scene.clock.advance(LEASE_S + 1)
    (looking,) = await orphans_of(scene.store, 8)

    counted = await scene.send(claim, "out-1")
    await scene.store.outcomes.uncertain(looking)

    assert counted is True
    assert (await scene.reply_at(5)).state == State.DONE


async def test_answer_that_comes_after_looking_was_given_up_settles_the_notice(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    scene.clock.advance(LEASE_S + 1)
    (looking,) = await orphans_of(scene.store, 8)
    await scene.store.outcomes.uncertain(looking)

    counted = await scene.send(claim, "out-1")

    assert counted is True
    assert (await scene.reply_at(5)).state == State.DONE
    assert [notice.settled_how for notice in await scene.notices("uncertain")] == ["found"]


async def test_answer_of_the_first_try_does_not_count_for_the_second(scene: Scene) -> None:
    await scene.open_thread()
    first = await scene.uncertain_reply("yes", at=5)
    scene.clock.advance(1)
    await scene.store.decisions.send((await scene.notice("uncertain")).uid, DANA, "sent_again")
    (second,) = [claim for claim in await scene.claim() if claim.message.direction == Direction.OUT]

    counted = await scene.send(first, "out-1")

    assert counted is False
    assert (await scene.reply_at(5)).state == State.SENDING
    assert await scene.send(second, "out-2") is True


async def test_reports_that_came_before_the_late_answer_are_applied(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    scene.clock.advance(LEASE_S + 1)
    await orphans_of(scene.store, 8)
    await scene.report(Delivery.DELIVERED, "out-1")

    await scene.send(claim, "out-1")

    assert (await scene.reply_at(5)).delivery == Delivery.DELIVERED
