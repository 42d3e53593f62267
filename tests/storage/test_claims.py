"""Promise 3: a lane has one row in flight, in order; and an orphan is looked for, never just repeated."""

from __future__ import annotations

import asyncio
import sqlite3

import psycopg
import pytest

from bot.model import Claim, Direction, Kind, Number, State
from storage.database import Tx
from storage.store import Store
from tests.storage.scene import CHANNEL, LEASE_S, Scene, claims_of, next_due_in_s, orphans_of, room


def _contact(n: int) -> Number:
    return Number(f"+141555501{n:02}")


async def _threads(scene: Scene, how_many: int) -> None:
    for n in range(how_many):
        await scene.text("hello", contact=_contact(n))
    await scene.mirror_all()


async def test_lane_has_one_row_in_flight(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("one", at=5)
    await scene.reply("two", at=6)
    first = await scene.claim_one()
    while_first_is_sending = await scene.claim()

    await scene.send(first)

    assert while_first_is_sending == []
    assert (await scene.claim_one()).message.body == "two"


async def test_lane_has_one_row_in_flight_while_its_outcome_is_looked_for(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("one", at=5)
    await scene.reply("two", at=6)
    await scene.store.outcomes.look_again(await scene.claim_one(), 2)
    scene.clock.advance(LEASE_S * 10)

    assert await scene.claim() == []


@pytest.mark.parametrize("outcome", ["refused", "uncertain"])
async def test_dead_and_uncertain_rows_block_nobody(scene: Scene, outcome: str) -> None:
    await scene.open_thread()
    await scene.reply("one", at=5)
    await scene.reply("two", at=6)
    claim = await scene.claim_one()
    if outcome == "refused":
        await scene.store.outcomes.refused(claim, "failed")
    else:
        await scene.store.outcomes.uncertain(claim)

    bodies = [claim.message.body for claim in await scene.claim() if claim.message.direction == Direction.OUT]

    assert bodies == ["two"]


async def test_claim_takes_no_more_than_there_are_slots(scene: Scene) -> None:
    for n in range(5):
        await scene.text("hello", contact=_contact(n))

    assert [len(await scene.claim(2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_claim_without_a_slot_takes_nothing(scene: Scene) -> None:
    await scene.text("hello")

    assert await scene.claim(0) == []


async def test_claim_counts_and_notes_when(scene: Scene) -> None:
    await scene.text("hello")
    first = await scene.claim_one()
    scene.clock.advance(3)
    await scene.store.outcomes.later(first, 0)
    scene.clock.advance(3)

    second = await scene.claim_one()

    assert [first.message.attempts, second.message.attempts] == [1, 2]
    assert second.message.tried_at == first.message.tried_at == first.message.claimed_at
    assert first.message.claimed_at is not None
    assert second.message.claimed_at is not None
    assert (second.message.claimed_at - first.message.claimed_at).total_seconds() == 6


async def test_database_itself_refuses_two_of_a_lane_in_flight(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("one")
    await scene.text("two")

    async def unit(tx: Tx) -> None:
        await tx.run("update messages set state = 'sending' where kind = 'text' and state = 'queued'")

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation, Exception)) as refused:
        await scene.database.write(unit)
    assert not isinstance(refused.value, AssertionError)
    assert [row["state"] for row in await scene.rows("select state from messages where state = 'sending'")] == []


async def test_two_bots_that_claim_at_once_never_share_a_row_or_a_lane(scene: Scene, replica: Store) -> None:
    await _threads(scene, 6)
    for n in range(6):
        for words in ("one", "two"):
            await scene.text(words, contact=_contact(n))

    rounds = await asyncio.gather(*(claims_of(store, 2) for _ in range(6) for store in (scene.store, replica)))

    claims = [claim for claimed in rounds for claim in claimed]
    assert len({claim.message.id for claim in claims}) == len(claims)
    assert len({claim.message.conversation_id for claim in claims}) == len(claims)
    assert {claim.message.body for claim in claims} == {"one"}


async def test_two_bots_deliver_every_lane_in_order(scene: Scene, replica: Store) -> None:
    await _threads(scene, 4)
    for at in range(10):
        for n in range(4):
            await scene.text(f"{at}", contact=_contact(n))
    posted: dict[object, list[str]] = {}

    async def work(store: Store) -> None:
        while claims := await claims_of(store, 3):
            for claim in claims:
                posted.setdefault(claim.message.conversation_id, []).append(claim.message.body)
                await store.outcomes.posted(claim, CHANNEL, f"1790000001.{claim.message.id:06}")  # type: ignore[arg-type]  # a NewType

    await asyncio.gather(work(scene.store), work(replica))
    await work(replica)

    assert list(posted.values()) == [[f"{at}" for at in range(10)]] * 4


# --- Orphans


async def test_row_whose_worker_died_is_an_orphan_only_when_its_lease_ended(scene: Scene) -> None:
    await scene.text("hello")
    claim = await scene.claim_one()
    scene.clock.advance(LEASE_S - 0.001)
    before = await orphans_of(scene.store, 8)

    scene.clock.advance(0.001)

    (orphan,) = await orphans_of(scene.store, 8)
    assert before == []
    assert (orphan.message.id, orphan.message.attempts, orphan.message.looks) == (claim.message.id, 2, 1)


async def test_orphan_is_not_claimed_as_new(scene: Scene) -> None:
    await scene.text("hello")
    await scene.claim_one()

    scene.clock.advance(LEASE_S * 2)

    assert await scene.claim() == []


async def test_orphan_is_looked_for_by_one_worker_at_a_time(scene: Scene, replica: Store) -> None:
    await scene.text("hello")
    await scene.claim_one()
    scene.clock.advance(LEASE_S)

    both = await asyncio.gather(orphans_of(scene.store, 8), orphans_of(replica, 8))

    assert sorted(len(claims) for claims in both) == [0, 1]


async def test_looks_are_counted_from_the_last_try(scene: Scene) -> None:
    await scene.text("hello")
    claim = await scene.claim_one()
    for _ in range(3):
        await scene.store.outcomes.look_again(claim, 1)
        scene.clock.advance(1)
        (claim,) = await orphans_of(scene.store, 8)
    await scene.store.outcomes.later(claim, 0)

    again = await scene.claim_one()

    assert (claim.message.looks, again.message.looks) == (3, 0)


async def test_orphan_keeps_the_instant_of_its_try(scene: Scene) -> None:
    await scene.text("hello")
    claim = await scene.claim_one()
    scene.clock.advance(LEASE_S)

    (orphan,) = await orphans_of(scene.store, 8)

    assert orphan.message.claimed_at == claim.message.claimed_at


async def test_bot_that_starts_alone_looks_for_what_was_under_way(scene: Scene) -> None:
    await scene.text("hello")
    await scene.claim_one()

    ended = await scene.store.claims.expire_all()

    assert ended == 1
    assert len(await orphans_of(scene.store, 8)) == 1


# --- When to come back


async def test_nothing_waits_then_there_is_nothing_to_come_back_for(scene: Scene) -> None:
    assert await next_due_in_s(scene.store) is None


async def test_row_that_backs_off_says_when_it_is_due(scene: Scene) -> None:
    await scene.text("hello")
    await scene.store.outcomes.later(await scene.claim_one(), 7)

    assert await next_due_in_s(scene.store) == 7.0


async def test_row_in_flight_says_when_its_lease_ends(scene: Scene) -> None:
    await scene.text("hello")
    await scene.store.outcomes.look_again(await scene.claim_one(), 2.5)

    assert await next_due_in_s(scene.store) == 2.5


async def test_lease_is_of_no_interest_to_who_has_no_room_to_look(scene: Scene) -> None:
    await scene.text("hello")
    await scene.store.outcomes.look_again(await scene.claim_one(), 2.5)

    wait_s = await next_due_in_s(scene.store, looking=0)

    assert wait_s is None or wait_s > 2.5


async def test_lease_that_ended_is_no_reason_to_come_back_for_who_took_the_row(scene: Scene) -> None:
    await scene.text("hello")
    await scene.claim_one()
    scene.clock.advance(LEASE_S + 5)

    taken = await scene.store.claims.take(room(0), LEASE_S, looking=8)

    assert (len(taken.orphans), taken.next_due_in_s) == (1, LEASE_S)


async def test_alerts_wait_for_nobody(scene: Scene) -> None:
    for topic in ("hooks", "credentials"):
        await scene.store.health.alert(("C7",), topic, "words")

    claims: list[Claim] = await scene.claim()

    assert [(claim.message.kind, claim.conversation) for claim in claims] == [(Kind.ALERT, None)] * 2
    assert {claim.message.state for claim in claims} == {State.SENDING}
