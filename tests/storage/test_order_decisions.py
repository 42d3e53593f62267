"""What nobody knows of is decided once, by a person, and is ordered again at most once for it."""

from __future__ import annotations

import asyncio

import pytest

from bot.model import Delivery, MemberId
from bot.model.kept_orders import Order, OrderDecided, OrderDecision, OrderState
from storage.store import Store
from tests.storage.scene import DANA, Scene
from tests.storage.test_orders import LEASE_S, call, found, report, sending, sent

ELI = MemberId("U2")


async def doubted(scene: Scene, name: str = "tok-1") -> Order:
    order = await sending(scene, call(name))
    await scene.store.orders.uncertain(order)
    return await found(scene, order)


async def test_order_that_a_person_says_went_out_is_done_and_says_who(scene: Scene) -> None:
    order = await doubted(scene)

    first = await scene.store.order_decisions.went_out(order, ELI)
    second = await scene.store.order_decisions.again(order, DANA)

    assert first == OrderDecided(done=True, by=ELI, how=OrderDecision.WENT_OUT)
    assert second == OrderDecided(done=False, by=ELI, how=OrderDecision.WENT_OUT)
    after = await found(scene, order)
    assert (after.state, after.decided, after.decided_by, after.news) == (
        OrderState.DONE, OrderDecision.WENT_OUT, ELI, order.news + 1
    )  # fmt: skip
    scene.clock.advance(10 * 24 * 3600)
    assert await scene.store.orders.take(8, LEASE_S) == []
    assert len(await scene.rows("select id from audit where what = 'order_went_out' and who = 'U2'")) == 1


async def test_two_replicas_order_again_once(scene: Scene, replica: Store) -> None:
    order = await doubted(scene)

    decided = await asyncio.gather(
        *(store.order_decisions.again(order, who) for store, who in ((scene.store, DANA), (replica, ELI)))
    )
    taken = await asyncio.gather(*(store.orders.take(8, LEASE_S) for store in (scene.store, replica)))

    assert sorted(each.done for each in decided) == [False, True]
    assert len({each.by for each in decided}) == 1
    (claim,) = [claim for claims in taken for claim in claims]
    assert (claim.fresh, claim.order.attempts, claim.order.doubted_at) == (True, 2, order.called_at)
    assert await scene.store.orders.call(claim.order)
    assert not await replica.orders.call(claim.order)


async def test_old_button_does_not_decide_about_a_later_try(scene: Scene) -> None:
    first = await doubted(scene)
    await scene.store.order_decisions.again(first, DANA)
    (claim,) = await scene.store.orders.take(8, LEASE_S)
    await scene.store.orders.call(claim.order)
    await scene.store.orders.uncertain(claim.order)

    late = await scene.store.order_decisions.again(first, ELI)

    assert late == OrderDecided(done=False, by=DANA, how=OrderDecision.AGAIN)
    assert (await found(scene, first)).state is OrderState.UNCERTAIN
    assert (await scene.store.order_decisions.again(claim.order, ELI)).done


@pytest.mark.parametrize("state", [OrderState.SENDING, OrderState.DONE])
async def test_nothing_is_decided_about_an_order_that_is_not_in_doubt(scene: Scene, state: OrderState) -> None:
    order = await sending(scene)
    if state is OrderState.DONE:
        await scene.store.orders.accepted(order, sent(), 10)

    assert await scene.store.order_decisions.again(order, DANA) == OrderDecided(done=False)
    assert await scene.store.order_decisions.went_out(order, DANA) == OrderDecided(done=False)
    assert (await found(scene, order)).state is state


async def test_order_that_is_killed_before_its_new_call_is_called_once_by_another(scene: Scene) -> None:
    order = await doubted(scene)
    await scene.store.order_decisions.again(order, DANA)
    (lost,) = await scene.store.orders.take(8, LEASE_S)
    scene.clock.advance(LEASE_S + 1)

    (claim,) = await scene.store.orders.take(8, LEASE_S)

    assert (claim.fresh, claim.order.doubted_at) == (True, order.called_at)
    assert not await scene.store.orders.call(lost.order)
    assert await scene.store.orders.call(claim.order)
    scene.clock.advance(LEASE_S + 1)
    (looked_for,) = await scene.store.orders.take(8, LEASE_S)
    assert not looked_for.fresh


async def test_refusal_of_the_new_call_does_not_prove_that_the_first_did_not_go_out(scene: Scene) -> None:
    order = await doubted(scene)
    await scene.store.order_decisions.again(order, DANA)
    (claim,) = await scene.store.orders.take(8, LEASE_S)

    await scene.store.orders.failed(claim.order, "No credit.")

    after = await found(scene, order)
    assert (after.state, after.why, after.tried_at) == (OrderState.UNCERTAIN, "No credit.", order.called_at)


async def test_report_on_the_first_try_keeps_the_second_from_being_sent(scene: Scene) -> None:
    order = await doubted(scene)
    await scene.store.order_decisions.again(order, DANA)

    assert await report(scene, Delivery.DELIVERED, order_id="c1", token="tok-1")

    assert await scene.store.orders.take(8, LEASE_S) == []
    assert (await found(scene, order)).delivery is Delivery.DELIVERED


async def test_what_a_person_alone_says_went_out_is_a_rival_of_the_next_one(scene: Scene) -> None:
    first = await doubted(scene)
    await scene.store.order_decisions.went_out(first, DANA)
    second = await sending(scene, call("tok-2"))

    assert await scene.store.order_reports.has_rival(second)
