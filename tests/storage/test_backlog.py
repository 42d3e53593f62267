"""What doctor learns of cards, orders and what providers are to be told."""

from __future__ import annotations

from bot.model import NewDeed, Standing
from storage.backlog import Backlog, backlog
from tests.storage import card_scene as cards
from tests.storage.scene import DANA, LEASE_S, Scene
from tests.storage.test_orders import queued

NOTHING = Backlog(None, None, 0, 0, 0, 0)


async def test_nothing_to_do_is_no_backlog(scene: Scene) -> None:
    await cards.sent(scene)

    assert await backlog(scene.database) == NOTHING


async def test_first_step_that_is_due_says_how_long_it_waits(scene: Scene) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "remind")
    scene.clock.advance(90)

    assert (await backlog(scene.database)).step_due_s == 90


async def test_step_behind_one_that_backs_off_is_not_overdue(scene: Scene) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "remind")
    await scene.store.deeds.later(await cards.claim_one(scene.store), 300)
    await cards.add(scene.store, card, "cancel")
    scene.clock.advance(90)

    assert await backlog(scene.database) == NOTHING


async def test_step_that_nobody_looks_for_after_its_worker_died_is_overdue(scene: Scene) -> None:
    await cards.opened(scene)
    await cards.claim_one(scene.store)
    scene.clock.advance(LEASE_S + 70)

    assert (await backlog(scene.database)).step_due_s == 70


async def test_what_waits_for_a_person_is_counted(scene: Scene) -> None:
    await cards.uncertain(scene)
    await cards.opened(scene, "command:2", waits=True)

    found = await backlog(scene.database)

    assert (found.steps_in_doubt, found.approvals) == (1, 1)


async def test_step_in_doubt_of_what_is_settled_waits_for_nobody(scene: Scene) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "remind")
    await scene.store.deeds.uncertain(await cards.claim_one(scene.store))

    await scene.store.looks.seen(await cards.now(scene.store, card), cards.seen("paid", settled=True))

    assert await backlog(scene.database) == NOTHING


async def test_order_that_nobody_sends_is_overdue_and_one_in_doubt_is_counted_for_a_day(scene: Scene) -> None:
    await queued(scene)
    scene.clock.advance(90)
    assert (await backlog(scene.database)).order_due_s == 90
    (claim,) = await scene.store.orders.take(8, LEASE_S)
    await scene.store.orders.call(claim.order)
    await scene.store.orders.uncertain(claim.order)
    assert await backlog(scene.database) == Backlog(None, None, 0, 0, 1, 0)

    scene.clock.advance(86_400)

    assert await backlog(scene.database) == NOTHING


async def test_what_a_provider_did_not_take_three_times_is_counted(scene: Scene) -> None:
    conversation = await scene.open_thread()
    deed = NewDeed(DANA, "resolved", conversation.id)
    await scene.store.standings.set(conversation.id, Standing(resolved=True), deed, tell=True)
    for _ in range(3):
        assert await backlog(scene.database) == NOTHING
        (untold,) = await scene.store.untold.due(8)
        await scene.store.untold.later(untold, 0)

    assert (await backlog(scene.database)).untold == 1
