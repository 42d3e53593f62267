"""What becomes of a claimed row; and a worker that lost its lease changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.model import Claim, Delivery, Kind, SentText, State, Ts
from storage.database import Tx
from tests.storage.scene import CHANNEL, DANA, LEASE_S, Scene, orphans_of

Outcome = Callable[[Scene, Claim], Awaitable[object]]

OUTCOMES: dict[str, Outcome] = {
    "posted": lambda scene, claim: scene.store.outcomes.posted(claim, CHANNEL, Ts("1790000000.999999")),
    "sent": lambda scene, claim: scene.store.outcomes.sent(claim, SentText("stale")),
    "refused": lambda scene, claim: scene.store.outcomes.refused(claim, "failed", code="30003"),
    "later": lambda scene, claim: scene.store.outcomes.later(claim, 0),
    "look_again": lambda scene, claim: scene.store.outcomes.look_again(claim, 0),
    "uncertain": lambda scene, claim: scene.store.outcomes.uncertain(claim),
    "root_gone": lambda scene, claim: scene.store.outcomes.root_gone(claim),
    "dropped": lambda scene, claim: scene.store.outcomes.dropped(claim, "by hand"),
}


async def _whole_row(scene: Scene, claim: Claim) -> dict[str, object]:
    (row,) = await scene.rows("select * from messages where id = :id", id=claim.message.id)
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - one of the two rows is no dict


@pytest.mark.parametrize("outcome", sorted(OUTCOMES.keys() - {"sent"}))
async def test_outcome_of_a_lost_lease_changes_nothing(scene: Scene, outcome: str) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    stale = await scene.claim_one()
    scene.clock.advance(LEASE_S)
    (present,) = await orphans_of(scene.store, 8)
    before = await _whole_row(scene, present)

    await OUTCOMES[outcome](scene, stale)

    assert await _whole_row(scene, present) == before
    assert await scene.notices() == []


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_outcome_of_a_settled_row_changes_nothing(scene: Scene, outcome: str) -> None:
    await scene.open_thread()
    claim = await scene.send_reply("yes", at=5)
    before = await _whole_row(scene, claim)

    await OUTCOMES[outcome](scene, claim)

    assert await _whole_row(scene, claim) == before
    assert await scene.notices() == []


# --- A sure answer counts as long as nobody tried again


async def test_answer_that_comes_while_it_is_looked_for_counts(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    slow = await scene.claim_one()
    scene.clock.advance(LEASE_S)
    (looking,) = await orphans_of(scene.store, 8)

    answers = [await scene.send(slow, "out-1"), await scene.send(looking, "out-1")]

    assert answers == [True, False]
    assert (await scene.reply_at(5)).state == State.DONE


async def test_answer_that_comes_after_a_person_was_asked_settles_the_question(scene: Scene) -> None:
    await scene.open_thread()
    slow = await scene.uncertain_reply("yes", at=5)

    held = await scene.send(slow, "out-1")

    assert held is True
    assert (await scene.reply_at(5)).state == State.DONE
    assert [notice.settled_how for notice in await scene.notices()] == ["found"]


async def test_answer_of_an_earlier_try_does_not_count(scene: Scene) -> None:
    await scene.open_thread()
    slow = await scene.uncertain_reply("yes", at=5)
    scene.clock.advance(1)
    await scene.store.decisions.send((await scene.notice("uncertain")).uid, DANA, "sent_again")
    again = await scene.claim_one()

    held = await scene.send(slow, "out-1")

    assert held is False
    assert (await scene.message(again.message.uid)).state == State.SENDING


async def test_posted_row_is_done_at_its_place(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("again")

    held = await scene.store.outcomes.posted(await scene.claim_one(), CHANNEL, Ts("1790000000.777777"))

    (row,) = await scene.rows("select state, channel, ts from messages where body = 'again'")
    assert held is True
    assert (row["state"], row["channel"], row["ts"]) == (State.DONE, CHANNEL, "1790000000.777777")


async def test_sent_row_is_done_and_accepted_is_shown_a_second_later(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)
    at_once = await scene.signs()

    scene.clock.advance(1)

    (stale,) = await scene.signs()
    assert list(at_once) == []
    assert (stale.state, stale.delivery, stale.wanted) == (State.DONE, Delivery.ACCEPTED, "accepted")


async def test_text_that_another_row_holds_is_not_this_rows(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("one", at=5, text_id="out-1")
    await scene.reply("two", at=6)
    claim = await scene.claim_one()

    held = await scene.send(claim, "out-1")

    assert held is False
    assert (await scene.message(claim.message.uid)).state == State.SENDING


async def test_text_without_an_id_can_be_sent_any_number_of_times(scene: Scene) -> None:
    await scene.open_thread()
    for at in (5, 6):
        await scene.reply("words", at)

        assert await scene.store.outcomes.sent(await scene.claim_one(), SentText("")) is True


async def test_text_that_is_found_delivered_is_shown_as_delivered(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)

    await scene.store.outcomes.sent(await scene.claim_one(), SentText("out-1", Delivery.DELIVERED))

    reply = await scene.reply_at(5)
    assert (reply.state, reply.delivery, reply.wanted) == (State.DONE, Delivery.DELIVERED, "delivered")


async def test_text_that_is_found_failed_is_shown_as_failed_and_its_author_told_why(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    found = SentText("out-1", Delivery.FAILED, "30003", "No such number.")

    await scene.store.outcomes.sent(await scene.claim_one(), found)

    reply, notice = await scene.reply_at(5), await scene.notice("failed")
    assert (reply.delivery, reply.wanted) == (Delivery.FAILED, "failed")
    assert (notice.body, notice.code, notice.author) == ("No such number.", "30003", "U1")


async def test_receipt_after_a_found_text_takes_it_further(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    await scene.store.outcomes.sent(await scene.claim_one(), SentText("out-1", Delivery.SENT))

    await scene.report(Delivery.DELIVERED, "out-1")

    assert (await scene.reply_at(5)).wanted == "delivered"


async def test_refused_row_is_dead_and_its_author_told_why(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)

    await scene.store.outcomes.refused(await scene.claim_one(), "failed", code="30003", words="No such number.")

    reply, notice = await scene.reply_at(5), await scene.notice("failed")
    assert (reply.state, reply.reason, reply.code, reply.wanted) == (State.DEAD, "failed", "30003", "failed")
    assert (notice.body, notice.code, notice.author) == ("No such number.", "30003", "U1")


async def test_row_that_was_not_sent_waits_and_everything_behind_it_too(scene: Scene) -> None:
    await scene.open_thread()
    for at in (5, 6, 7):
        await scene.reply(f"{at}", at)
    await scene.store.outcomes.later(await scene.claim_one(), 20)

    rows = await scene.rows("select due_at from messages where kind = 'reply' order by position")
    assert [row["due_at"] for row in rows] == [scene.clock() + 20_000_000] * 3


async def test_back_off_never_brings_a_follower_forward(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("one", at=5)
    await scene.reply("two", at=6)
    await scene.store.outcomes.later(await scene.claim_one(), 60)
    await _set_due(scene, "one", 0)

    await scene.store.outcomes.later(await scene.claim_one(), 5)

    (two,) = await scene.rows("select due_at from messages where body = 'two'")
    assert two["due_at"] == scene.clock() + 60_000_000


async def _set_due(scene: Scene, body: str, due_at: int) -> None:
    async def unit(tx: Tx) -> None:
        await tx.run("update messages set due_at = :due_at where body = :body", body=body, due_at=due_at)

    await scene.database.write(unit)


async def test_back_off_of_one_lane_leaves_the_other_and_other_conversations_alone(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("hi", contact="+14155550199")  # type: ignore[arg-type]  # a NewType
    await scene.mirror_all()
    await scene.reply("one", at=5)
    await scene.store.outcomes.later(await scene.claim_one(), 60)

    await scene.text("again")
    await scene.text("again", contact="+14155550199")  # type: ignore[arg-type]  # a NewType

    assert [claim.message.kind for claim in await scene.claim()] == [Kind.TEXT, Kind.TEXT]


async def test_uncertain_row_asks_a_person(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("yes", at=5)

    reply = await scene.reply_at(5)

    assert (reply.state, reply.wanted) == (State.UNCERTAIN, "unknown")
    assert (await scene.notice("uncertain")).subject_id == reply.id
    assert (await scene.store.health.queue()).uncertain == 1


async def test_dropped_row_is_dead_and_nobody_is_told(scene: Scene) -> None:
    await scene.store.health.alert(("C7",), "hooks", "words")

    await scene.store.outcomes.dropped(await scene.claim_one(), "no_place")

    (row,) = await scene.rows("select state, reason from messages where kind = 'alert'")
    assert (row["state"], row["reason"]) == (State.DEAD, "no_place")
    assert await scene.notices() == []


async def test_channel_that_takes_posts_again_has_what_waited_for_it_posted_now(scene: Scene) -> None:
    await scene.text("hello")
    await scene.text("again")
    await scene.store.outcomes.later(await scene.claim_one(), 300)
    await scene.store.health.alert(("C7",), "hooks", "words")
    await scene.store.outcomes.later(await scene.claim_one(), 300)

    await scene.store.outcomes.hurry(CHANNEL)

    assert [message.kind for message in await scene.mirror_all()] == [Kind.ROOT, Kind.TEXT, Kind.TEXT]
