"""An order is on disk before it is sent, goes out once, and every outcome belongs to its try."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.model import (
    Address,
    AddressId,
    ChannelId,
    Delivery,
    FaxOrder,
    LetterOrder,
    MemberId,
    Money,
    NewDeed,
    Number,
    OrderId,
    OrderReported,
    PostcardOrder,
    PriceQuote,
    ProviderName,
    SentOrder,
    Ts,
    Voice,
    VoiceOrder,
)
from bot.model.kept_orders import NewOrder, Order, OrderNumber, OrderPlace, OrderState
from storage.orders import WAITS_FOR
from storage.store import Store
from tests.storage.scene import CONTACT, DANA, Scene

CLICKSEND = ProviderName("clicksend")
PRICE = PriceQuote(Money(7, "USD"), Decimal("0.0650"), 1)
CALL = VoiceOrder(CONTACT, "Hello, é", "en-us", Voice.FEMALE, "tok-1", asks_key=True)
ANA = Address("Ana Ruiz", "1 Main St", "Chattanooga", "TN", "37402", "US", line_2="Flat 3")
LEASE_S = 60.0

EACH = (
    NewOrder(DANA, CLICKSEND, CALL, "Maria Lopez", price=PRICE),
    NewOrder(DANA, CLICKSEND, FaxOrder(CONTACT, "", "tok-2", sender=Number("+14235550100")), "Maria", ("F1",)),
    NewOrder(
        DANA,
        CLICKSEND,
        LetterOrder(ANA, AddressId("77"), "", "tok-3", in_colour=True, priority=True),
        "Ana",
        ("F1",),
    ),
    NewOrder(DANA, CLICKSEND, PostcardOrder(ANA, AddressId("77"), (), "tok-4"), "Ana Ruiz", ("F1", "F2")),
)


def call(name: str = "tok-1", to: Number = CONTACT) -> NewOrder:
    return NewOrder(DANA, CLICKSEND, VoiceOrder(to, "Hello", "en-us", Voice.FEMALE, name), "Maria Lopez")


async def queued(scene: Scene, new: NewOrder | None = None) -> OrderNumber:
    number = await scene.store.orders.keep(new or call())
    assert await scene.store.orders.start(number, NewDeed(DANA, "ordered", about="Maria Lopez"))
    return number


async def sending(scene: Scene, new: NewOrder | None = None) -> Order:
    await queued(scene, new)
    (claim,) = await scene.store.orders.take(8, LEASE_S)
    assert claim.fresh
    assert await scene.store.orders.call(claim.order)
    return await found(scene, claim.order)


async def found(scene: Scene, order: Order) -> Order:
    known = await scene.store.orders.find(order.number)
    assert known is not None
    return known


async def report(scene: Scene, delivery: Delivery, *, order_id: str = "", token: str = "", keys: str = "") -> bool:
    event = OrderReported(
        CLICKSEND, OrderId(order_id) or None, token or None, delivery, keys, "9", "Nobody answered."
    )
    return await scene.store.order_reports.accept(event)


def sent(order_id: str = "c1", delivery: Delivery | None = None, keys: str = "") -> SentOrder:
    return SentOrder(OrderId(order_id), "SUCCESS", PRICE, delivery, keys)


@pytest.mark.parametrize("new", EACH, ids=lambda new: new.kind)
async def test_what_is_kept_comes_back_as_it_was(scene: Scene, new: NewOrder) -> None:
    number = await scene.store.orders.keep(new)

    order = await scene.store.orders.find(number)

    assert order is not None
    assert (order.of, order.state, order.attempts, order.place) == (new, OrderState.WAITING, 0, None)
    assert await scene.store.orders.find(OrderNumber(99)) is None


async def test_nothing_goes_out_before_its_member_says_so_and_then_once(scene: Scene) -> None:
    number = await scene.store.orders.keep(call())

    assert not await scene.store.orders.start(number, NewDeed(MemberId("U2"), "ordered"))
    assert await scene.store.orders.take(8, LEASE_S) == []
    started = [await scene.store.orders.start(number, NewDeed(DANA, "ordered")) for _ in range(2)]

    assert started == [True, False]
    assert len(await scene.store.orders.take(8, LEASE_S)) == 1
    assert await scene.store.orders.take(8, LEASE_S) == []
    assert len(await scene.rows("select id from audit where what = 'ordered'")) == 1


async def test_two_replicas_take_an_order_once(scene: Scene, replica: Store) -> None:
    for number in range(6):
        await queued(scene, call(f"tok-{number}", Number(f"+1415555010{number}")))

    taken = await asyncio.gather(*(store.orders.take(4, LEASE_S) for store in (scene.store, replica) * 2))

    numbers = [claim.order.number for claims in taken for claim in claims]
    assert sorted(numbers) == sorted(set(numbers))
    rest = [claim.order.number for claim in await scene.store.orders.take(8, LEASE_S)]
    assert len({*numbers, *rest}) == 6


async def test_orders_that_could_be_taken_for_each_other_go_one_after_the_other(scene: Scene) -> None:
    first = await sending(scene, call("tok-1"))
    await queued(scene, call("tok-2"))

    assert await scene.store.orders.take(8, LEASE_S) == []
    wait_s = await scene.store.orders.next_due_in_s()
    assert wait_s is not None
    assert wait_s > 30
    await scene.store.orders.accepted(first, sent(), 10)

    (claim,) = await scene.store.orders.take(8, LEASE_S)
    assert claim.order.of.what.token == "tok-2"


async def test_order_whose_bot_died_is_looked_for_and_not_sent_again(scene: Scene) -> None:
    order = await sending(scene)
    scene.clock.advance(LEASE_S + 1)

    (claim,) = await scene.store.orders.take(8, LEASE_S)

    assert (claim.fresh, claim.order.number, claim.order.attempts) == (False, order.number, 1)
    assert claim.order.called_at == order.called_at is not None


async def test_order_whose_bot_died_before_the_call_is_sent_by_another(scene: Scene) -> None:
    await queued(scene)
    (lost,) = await scene.store.orders.take(8, LEASE_S)
    scene.clock.advance(LEASE_S + 1)

    (claim,) = await scene.store.orders.take(8, LEASE_S)

    assert (claim.fresh, claim.order.attempts, claim.order.called_at) == (True, 2, None)
    assert not await scene.store.orders.call(lost.order)
    assert await scene.store.orders.call(claim.order)
    assert not await scene.store.orders.call(claim.order)


async def test_start_of_the_only_bot_ends_the_lease_of_the_last(scene: Scene) -> None:
    await sending(scene)

    await scene.store.orders.expire_all()

    (claim,) = await scene.store.orders.take(8, LEASE_S)
    assert not claim.fresh


async def test_what_surely_was_not_sent_goes_out_later(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.later(order, 5, "Too many at once.")

    assert await scene.store.orders.take(8, LEASE_S) == []
    scene.clock.advance(6)
    (claim,) = await scene.store.orders.take(8, LEASE_S)

    assert (claim.fresh, claim.order.attempts, claim.order.why) == (True, 2, "Too many at once.")
    assert claim.order.tried_for_s >= 6


async def test_outcome_of_an_earlier_try_changes_nothing(scene: Scene) -> None:
    first = await sending(scene)
    await scene.store.orders.later(first, 0, "")
    (second,) = await scene.store.orders.take(8, LEASE_S)

    assert not await scene.store.orders.accepted(first, sent(), 10)
    await scene.store.orders.failed(first, "No.")
    await scene.store.orders.uncertain(first)
    await scene.store.orders.later(first, 0, "")
    await scene.store.orders.look_again(first, 0)

    order = await found(scene, first)
    assert (order.state, order.attempts, order.looks) == (OrderState.SENDING, second.order.attempts, 0)


async def test_answer_that_comes_after_all_ends_the_doubt(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.look_again(order, 0)
    await scene.store.orders.uncertain(order)

    assert await scene.store.orders.accepted(order, sent(), 10)

    after = await found(scene, order)
    assert (after.state, after.order_id, after.paid, after.looks) == (OrderState.DONE, "c1", PRICE, 0)


async def test_uncertain_order_is_never_taken_again(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.uncertain(order)
    scene.clock.advance(10 * 24 * 3600)

    assert await scene.store.orders.take(8, LEASE_S) == []
    assert await scene.store.orders.next_due_in_s() is None


async def test_what_another_order_holds_is_not_bound(scene: Scene) -> None:
    first = await sending(scene, call("tok-1"))
    await scene.store.orders.accepted(first, sent("c1"), 10)
    second = await sending(scene, call("tok-2"))

    assert await scene.store.order_reports.held(second, ["c1", "c2"]) == {"c1"}
    assert await scene.store.order_reports.held(first, ["c1"]) == set()
    assert not await scene.store.orders.accepted(second, sent("c1"), 10)
    assert (await found(scene, second)).state == OrderState.SENDING


async def test_rival_is_one_of_the_same_way_and_place_that_is_in_doubt(scene: Scene) -> None:
    first = await sending(scene, call("tok-1"))
    await scene.store.orders.uncertain(first)
    second = await sending(scene, call("tok-2"))
    elsewhere = await sending(scene, call("tok-3", Number("+14155550177")))

    assert not await scene.store.order_reports.has_rival(first)
    assert await scene.store.order_reports.has_rival(second)
    assert not await scene.store.order_reports.has_rival(elsewhere)


async def test_what_was_in_doubt_long_before_is_no_rival_any_more(scene: Scene) -> None:
    first = await sending(scene, call("tok-1"))
    await scene.store.orders.uncertain(first)
    scene.clock.advance(3_600)
    second = await sending(scene, call("tok-2"))
    await scene.store.orders.uncertain(second)

    assert not await scene.store.order_reports.has_rival(second)
    assert await scene.store.order_reports.has_rival(first)


async def test_report_that_overtakes_the_answer_proves_the_order(scene: Scene) -> None:
    order = await sending(scene)

    assert await report(scene, Delivery.DELIVERED, order_id="c1", token="tok-1", keys="35")
    assert await scene.store.orders.accepted(order, sent("c1"), 10)

    after = await found(scene, order)
    assert (after.state, after.delivery, after.keys, after.order_id) == (
        OrderState.DONE, Delivery.DELIVERED, "35", "c1"
    )  # fmt: skip
    assert after.paid == PRICE
    scene.clock.advance(24 * 3600)
    assert await scene.store.orders.take(8, LEASE_S) == []


async def test_delivery_never_steps_back_and_news_come_once(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.accepted(order, sent("c1"), 10)
    before = (await found(scene, order)).news

    for delivery in (Delivery.SENT, Delivery.FAILED, Delivery.FAILED, Delivery.SENT, Delivery.DELIVERED):
        assert await report(scene, delivery, order_id="c1")

    after = await found(scene, order)
    assert (after.delivery, after.why, after.code, after.bad) == (Delivery.FAILED, "Nobody answered.", "9", True)
    assert after.news == before + 2


async def test_report_about_nothing_of_ours_is_said(scene: Scene) -> None:
    await scene.store.orders.keep(call())

    assert not await report(scene, Delivery.DELIVERED, order_id="c1", token="tok-9")
    assert not await report(scene, Delivery.DELIVERED, token="tok-1")  # it waits for its member's say


async def test_order_that_is_done_is_looked_for_until_it_is_known(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.accepted(order, sent("c1"), 10)
    scene.clock.advance(11)
    (claim,) = await scene.store.orders.take(8, LEASE_S)
    assert (claim.fresh, claim.order.state) == (False, OrderState.DONE)

    await scene.store.orders.looked(claim.order, sent("c1", Delivery.SENT), 20)
    assert (await found(scene, order)).looks == 1
    scene.clock.advance(21)
    (again,) = await scene.store.orders.take(8, LEASE_S)
    await scene.store.orders.looked(again.order, sent("c1", Delivery.DELIVERED, "7"), 20)

    after = await found(scene, order)
    assert (after.delivery, after.keys) == (Delivery.DELIVERED, "7")
    scene.clock.advance(24 * 3600)
    assert await scene.store.orders.take(8, LEASE_S) == []


async def test_looks_come_to_an_end(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.accepted(order, sent("c1"), 0)
    (claim,) = await scene.store.orders.take(8, LEASE_S)

    await scene.store.orders.looked(claim.order, None, None)

    scene.clock.advance(30 * 24 * 3600)
    assert await scene.store.orders.take(8, LEASE_S) == []


async def test_members_are_told_until_they_were_told_everything(scene: Scene) -> None:
    order = await sending(scene)
    assert await scene.store.orders.untold(8, after=OrderNumber(0)) == []
    await scene.store.orders.accepted(order, sent("c1"), 10)
    (untold,) = await scene.store.orders.untold(8, after=OrderNumber(0))
    place = OrderPlace(ChannelId("D1"), Ts("1.1"), Ts("1.0"))
    await report(scene, Delivery.SENT, order_id="c1")

    await scene.store.orders.told(untold, place)

    (more,) = await scene.store.orders.untold(8, after=OrderNumber(0))
    assert (more.place, more.delivery) == (place, Delivery.SENT)
    await scene.store.orders.told(more, place)
    assert await scene.store.orders.untold(8, after=OrderNumber(0)) == []


async def test_pages_show_the_newest_first_and_nothing_that_waits(scene: Scene) -> None:
    numbers = [await queued(scene, call(f"tok-{number}")) for number in range(3)]
    await scene.store.orders.keep(call("tok-9"))

    everything = await scene.store.orders.page(None, skip=0, limit=2)
    older = await scene.store.orders.page(DANA, skip=2, limit=2)

    assert [order.number for order in everything] == numbers[:0:-1]
    assert [order.number for order in older] == numbers[:1]
    assert await scene.store.orders.page(MemberId("U2"), skip=0, limit=2) == []


async def test_what_nobody_said_anything_about_is_dropped(scene: Scene) -> None:
    forgotten = await scene.store.orders.keep(call("tok-1"))
    kept = await queued(scene, call("tok-2"))
    scene.clock.advance((WAITS_FOR + timedelta(seconds=1)).total_seconds())

    await scene.store.orders.forget_old()

    assert await scene.store.orders.find(forgotten) is None
    assert await scene.store.orders.find(kept) is not None


async def test_order_put_off_too_far_by_a_clock_is_due_again(scene: Scene) -> None:
    order = await sending(scene)
    await scene.store.orders.later(order, 100_000, "")

    await scene.store.claims.mend_times()

    assert len(await scene.store.orders.take(8, LEASE_S)) == 1
