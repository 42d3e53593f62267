"""When the provider is asked of a card: at once after a report, soon when it did not tell, by one worker."""

from __future__ import annotations

import asyncio

import pytest

from bot.model.cards import CREATE, CardKind, DeedState
from storage.store import Store
from tests.storage.card_scene import (
    add,
    claim_one,
    now,
    opened,
    seen,
    sent,
    state_of,
    to_look_at,
    uncertain,
)
from tests.storage.scene import LEASE_S, PROVIDER, Scene, room

DAY_S = 86_400


async def reported(scene: Scene, provider_id: str = "2510") -> bool:
    """The provider says that something happened to that."""
    return await scene.store.looks.hurry(CardKind.PAYMENT, PROVIDER, provider_id)


@pytest.mark.parametrize("told", [True, False])
async def test_report_that_comes_while_the_provider_is_asked_has_it_asked_again(scene: Scene, told: bool) -> None:
    await sent(scene)
    scene.clock.advance(10 * DAY_S)
    (card,) = await to_look_at(scene.store)

    await reported(scene)
    await (scene.store.looks.seen(card, seen()) if told else scene.store.looks.unseen(card))

    assert await scene.store.looks.next_due_in_s() == 0
    assert [each.uid for each in await to_look_at(scene.store)] == [card.uid]


async def test_report_that_comes_before_the_answer_to_the_creation_has_the_provider_asked(scene: Scene) -> None:
    card = await opened(scene)
    claim = await claim_one(scene.store)

    assert await reported(scene)
    (unbound,) = await to_look_at(scene.store)
    await scene.store.looks.unseen(unbound)  # its lists do not show it yet
    await scene.store.deeds.done(claim, seen())

    assert [each.uid for each in await to_look_at(scene.store)] == [card.uid]


async def test_reports_of_others_have_a_card_in_doubt_looked_at_once_at_a_time(scene: Scene) -> None:
    await uncertain(scene)
    await reported(scene)
    (card,) = await to_look_at(scene.store)

    await reported(scene)

    assert await to_look_at(scene.store) == []
    await scene.store.looks.unseen(card)
    assert len(await to_look_at(scene.store)) == 1


async def test_thing_that_is_seen_before_the_answer_to_its_creation_was_made(scene: Scene) -> None:
    card = await opened(scene)
    claim = await claim_one(scene.store)
    await reported(scene)
    (unbound,) = await to_look_at(scene.store)

    await scene.store.looks.seen(unbound, seen("paid", settled=True))
    late = await scene.store.deeds.done(claim, seen("sent"))

    after = await now(scene.store, card)
    assert (after.state, state_of(after, CREATE), late) == ("paid", DeedState.DONE, False)
    assert [row["what"] for row in await scene.rows("select what from audit")] == ["payment_create"]


async def test_answer_of_a_deed_may_be_older_than_what_was_seen_meanwhile(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "remind", once="remind")
    claim = await claim_one(scene.store)
    await reported(scene)
    (due,) = await to_look_at(scene.store)
    scene.clock.advance(1)
    await scene.store.looks.seen(due, seen("past due"))

    await scene.store.deeds.done(claim, seen("sent"))

    assert [each.uid for each in await to_look_at(scene.store)] == [card.uid]


async def test_provider_that_did_not_tell_is_asked_soon_and_then_less_and_less(scene: Scene) -> None:
    await sent(scene)
    scene.clock.advance(10 * DAY_S)
    waits: list[float] = []
    for _ in range(20):
        (card,) = await to_look_at(scene.store)
        await scene.store.looks.unseen(card)
        waits.append(await scene.store.looks.next_due_in_s() or 0)
        scene.clock.advance(waits[-1])
    (card,) = await to_look_at(scene.store)
    await scene.store.looks.seen(card, seen())

    assert waits[:4] == [15, 30, 60, 120]
    assert waits[-1] == DAY_S
    scene.clock.advance(DAY_S)
    (card,) = await to_look_at(scene.store)
    await scene.store.looks.unseen(card)
    assert await scene.store.looks.next_due_in_s() == 15


async def test_report_comes_before_what_is_only_due(scene: Scene) -> None:
    first = await sent(scene)
    second = await sent(scene, "command:2", "2511")
    scene.clock.advance(DAY_S)

    await reported(scene, "2511")

    assert [card.uid for card in await to_look_at(scene.store, 1)] == [second.uid]
    assert [card.uid for card in await to_look_at(scene.store, 1)] == [first.uid]


async def test_card_of_a_worker_that_died_is_looked_at_again(scene: Scene) -> None:
    card = await sent(scene)
    scene.clock.advance(20)
    await to_look_at(scene.store)

    assert await to_look_at(scene.store) == []
    assert await scene.store.looks.next_due_in_s() is None
    scene.clock.advance(LEASE_S)
    assert [each.uid for each in await to_look_at(scene.store)] == [card.uid]
    await scene.store.looks.expire_all()  # of a process that was started again
    assert [each.uid for each in await to_look_at(scene.store)] == [card.uid]


async def test_replicas_never_look_at_the_same_card(scene: Scene, replica: Store) -> None:
    for n in range(8):
        await sent(scene, f"command:{n}", str(n))
    scene.clock.advance(20)

    taken = await asyncio.gather(*(store.looks.take(room(3), LEASE_S) for store in (scene.store, replica) * 3))

    uids = [card.uid for each in taken for card in each.cards]
    assert len(uids) == len(set(uids)) == 8


async def test_worker_without_a_slot_waits_for_one(scene: Scene) -> None:
    await sent(scene)
    scene.clock.advance(20)

    taken = await scene.store.looks.take(room(0), LEASE_S)

    assert (taken.cards, taken.next_due_in_s) == ([], None)
