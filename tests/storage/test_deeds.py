"""Deeds on cards: once each, one at a time, on disk before the call, and never repeated by themselves."""

from __future__ import annotations

import asyncio

import pytest

from bot.model import MemberId
from bot.model.cards import CREATE, DROPPED, Asked, DeedState, NewCardDeed
from storage.store import Store
from tests.storage.card_scene import (
    ELI,
    add,
    claim_one,
    claims,
    now,
    opened,
    orphans,
    seen,
    sent,
    state_of,
    to_look_at,
    uncertain,
)
from tests.storage.scene import DANA, Scene


async def audited(scene: Scene) -> list[tuple[str, str, str]]:
    """The log of what people did: who, what, with what result."""
    rows = await scene.rows("select who, what, result from audit order by id")
    return [(row["who"], row["what"], row["result"]) for row in rows]


async def test_same_click_twice_is_one_deed(scene: Scene) -> None:
    card = await sent(scene)

    asked = [await add(scene.store, card, "note", key="click:1") for _ in range(2)]

    assert asked == [
        Asked(done=True, by=DANA, what="note"),
        Asked(done=False, by=DANA, what="note", state=DeedState.QUEUED),
    ]
    assert len(await claims(scene.store)) == 1


async def test_of_two_members_clicks_one_counts_and_the_other_is_told_who_was_first(scene: Scene) -> None:
    card = await sent(scene)

    await add(scene.store, card, "cancel", once="close")
    second = await add(scene.store, card, "mark_paid", ELI, once="close")

    assert second == Asked(done=False, by=DANA, what="cancel", state=DeedState.QUEUED)
    assert [claim.deed.what for claim in await claims(scene.store)] == ["cancel"]


async def test_two_clicks_at_once_on_two_replicas_are_one_call(scene: Scene, replica: Store) -> None:
    card = await sent(scene)

    asked = await asyncio.gather(
        *(
            add(store, card, "remind", MemberId(f"U{number}"), once="remind")
            for number, store in enumerate((scene.store, replica) * 5)
        )
    )

    assert sum(one.done for one in asked) == 1
    assert len({one.by for one in asked}) == 1
    assert len(await claims(scene.store)) == 1


async def test_what_failed_makes_room_for_another_try(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "remind", once="remind")
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    assert (await add(scene.store, card, "remind", ELI, once="remind")).done

    assert [claim.deed.member for claim in await claims(scene.store)] == [ELI]


async def test_nothing_is_done_to_what_is_settled(scene: Scene) -> None:
    card = await sent(scene)
    await scene.store.looks.seen(card, seen("paid", settled=True))

    asked = await add(scene.store, card, "cancel", once="close")

    assert asked == Asked(done=False)
    assert await claims(scene.store) == []


async def test_deeds_of_one_card_are_done_one_after_the_other_and_of_others_meanwhile(scene: Scene) -> None:
    card = await sent(scene)
    for key in ("click:1", "click:2"):
        await add(scene.store, card, "note", key=key)
    await opened(scene, "command:2")

    first = await claims(scene.store)
    meanwhile = await claims(scene.store)
    await scene.store.deeds.done(first[0], seen())
    then = await claims(scene.store)

    assert [claim.deed.what for claim in first] == ["note", CREATE]
    assert meanwhile == []
    assert [claim.deed.what for claim in then] == ["note"]


async def test_no_more_are_taken_than_there_is_room_for(scene: Scene) -> None:
    for number in range(3):
        await opened(scene, f"command:{number}")

    assert len(await claims(scene.store, slots=2)) == 2


async def test_replicas_never_take_the_same_deed(scene: Scene, replica: Store) -> None:
    for number in range(6):
        await opened(scene, f"command:{number}")

    taken = await asyncio.gather(*(claims(store, 3) for store in (scene.store, replica) * 2))

    ids = [claim.deed.id for each in taken for claim in each]
    assert len(ids) == len(set(ids)) == 6


async def test_claim_knows_its_card_its_conversation_and_its_line(scene: Scene) -> None:
    card = await opened(scene)

    claim = await claim_one(scene.store)

    assert (claim.card.uid, claim.conversation and claim.conversation.id) == (card.uid, card.conversation_id)
    assert claim.line == scene.line
    assert claim.trying_s < 1


# --- Outcomes ----------------------------------------------------------------------------------------------------


async def test_done_deed_binds_what_the_provider_has_and_is_written_down(scene: Scene) -> None:
    card = await sent(scene)

    assert (card.provider_id, card.state, state_of(card)) == ("2510", "sent", DeedState.DONE)
    assert await audited(scene) == [(DANA, "payment_create", "")]


async def test_refused_deed_says_why_on_the_card_in_the_thread_and_in_the_log(scene: Scene) -> None:
    card = await opened(scene)

    await scene.store.deeds.failed(await claim_one(scene.store), "Payments are off.", code="400")

    failure = (await now(scene.store, card)).failure
    assert failure is not None
    assert failure.reason == "Payments are off."
    assert await audited(scene) == [(DANA, "payment_create", "Payments are off.")]
    await scene.mirror_all()
    assert [notice.body for notice in await scene.notices("card")] == ["⚠️ $45.00 · Deposit: Payments are off."]


async def test_what_surely_did_not_happen_is_tried_again_after_its_time(scene: Scene) -> None:
    await opened(scene)

    await scene.store.deeds.later(await claim_one(scene.store), 10)
    too_soon = await claims(scene.store)
    scene.clock.advance(11)

    again = await claim_one(scene.store)
    assert too_soon == []
    assert again.deed.attempts == 2
    assert again.trying_s >= 11


async def test_deed_of_a_dead_worker_is_looked_for_and_not_repeated(scene: Scene) -> None:
    await opened(scene)
    lost = await claim_one(scene.store)
    scene.clock.advance(61)

    fresh, (orphan,) = await claims(scene.store), await orphans(scene.store)

    assert fresh == []
    assert (orphan.deed.id, orphan.deed.looks, orphan.deed.attempts) == (lost.deed.id, 1, 2)


async def test_worker_that_lost_its_lease_changes_nothing_but_by_a_sure_answer(scene: Scene) -> None:
    card = await opened(scene)
    lost = await claim_one(scene.store)
    scene.clock.advance(61)
    await orphans(scene.store)

    await scene.store.deeds.failed(lost, "No.")
    await scene.store.deeds.later(lost, 0)
    await scene.store.deeds.uncertain(lost)
    unchanged = state_of(await now(scene.store, card))

    assert unchanged == DeedState.SENDING
    assert await scene.store.deeds.done(lost, seen())


async def test_sure_answer_of_an_earlier_try_counts_no_more_once_somebody_tried_again(scene: Scene) -> None:
    card = await opened(scene)
    first = await claim_one(scene.store)
    scene.clock.advance(61)
    await scene.store.deeds.uncertain((await orphans(scene.store))[0])
    await scene.store.card_decisions.again(card.uid, DANA, DeedState.UNCERTAIN)
    second = await claim_one(scene.store)

    assert not await scene.store.deeds.done(first, seen(provider_id="1"))
    assert await scene.store.deeds.done(second, seen(provider_id="2"))


async def test_when_looking_is_over_the_thread_asks_and_it_is_looked_for_now_and_then(scene: Scene) -> None:
    card = await uncertain(scene)
    await scene.mirror_all()

    assert card.question is not None
    assert await audited(scene) == [(DANA, "payment_create", "it is not known whether it was done")]
    assert len(await scene.notices("card")) == 1
    scene.clock.advance(3_600)
    assert await claims(scene.store) == []
    assert await orphans(scene.store) == []
    assert len(await to_look_at(scene.store)) == 1


async def test_nobody_is_sent_to_a_card_that_asks_nothing(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "remind", once="remind")
    await claim_one(scene.store)
    await scene.store.looks.seen(await now(scene.store, card), seen("paid", settled=True))
    scene.clock.advance(61)
    (orphan,) = await orphans(scene.store)
    await scene.mirror_all()

    await scene.store.deeds.uncertain(orphan)

    (notice,) = await scene.notices("card")
    assert notice.body == "❔ $45.00 · Deposit: it is not known whether it was done."


async def test_leases_end_with_the_one_process_that_held_them(scene: Scene) -> None:
    await opened(scene)
    await claim_one(scene.store)

    await scene.store.deeds.expire_all()

    assert len(await orphans(scene.store)) == 1


async def test_worker_is_told_when_there_may_be_more(scene: Scene) -> None:
    idle = await scene.store.deeds.next_due_in_s()
    await opened(scene)
    due = await scene.store.deeds.next_due_in_s()
    await scene.store.deeds.later(await claim_one(scene.store), 7)

    assert (idle, due) == (None, 0)
    assert await scene.store.deeds.next_due_in_s() == 7


async def test_worker_without_a_slot_does_not_ask_again_at_once(scene: Scene) -> None:
    await opened(scene)

    taken = await scene.store.deeds.take(lambda _: 0, 60, looking=0)

    assert (taken.fresh, taken.next_due_in_s) == ([], None)


# --- Decisions ---------------------------------------------------------------------------------------------------


async def test_what_waits_for_approval_is_done_once_somebody_else_approves(scene: Scene) -> None:
    card = await opened(scene, waits=True)
    before = await claims(scene.store)

    own = await scene.store.card_decisions.approve(card.uid, DANA)
    approved = await scene.store.card_decisions.approve(card.uid, ELI)
    late = await scene.store.card_decisions.approve(card.uid, MemberId("U3"))

    assert before == []
    assert (own.done, approved.done) == (False, True)
    assert late == Asked(done=False, by=ELI, what=CREATE, state=DeedState.QUEUED)
    claim = await claim_one(scene.store)
    assert (claim.deed.member, claim.deed.settled_by) == (DANA, ELI)
    assert await audited(scene) == [
        (DANA, "payment_create", "waits for a second person"),
        (ELI, "payment_approved", ""),
    ]


@pytest.mark.parametrize("times", range(5))
async def test_of_two_decisions_at_once_on_two_replicas_one_counts(
    scene: Scene, replica: Store, times: int
) -> None:
    card = await uncertain(scene)

    decided = await asyncio.gather(
        scene.store.card_decisions.again(card.uid, DANA, DeedState.UNCERTAIN),
        replica.card_decisions.forget(card.uid, ELI),
        replica.card_decisions.happened(card.uid, MemberId("U3")),
    )

    assert sum(one.done for one in decided) == 1
    winner = next(one.by for one in decided if one.done)
    assert {one.by for one in decided} == {winner}


async def test_what_nobody_knows_of_is_done_again_only_when_a_person_says_so(scene: Scene) -> None:
    card = await uncertain(scene)

    again = await scene.store.card_decisions.again(card.uid, ELI, DeedState.UNCERTAIN)
    twice = await scene.store.card_decisions.again(card.uid, DANA, DeedState.UNCERTAIN)

    assert again.done
    assert twice == Asked(done=False, by=ELI, what=CREATE, state=DeedState.QUEUED)
    assert len(await claims(scene.store)) == 1


async def test_button_for_what_failed_does_not_repeat_what_nobody_knows_of(scene: Scene) -> None:
    card = await uncertain(scene)

    assert not (await scene.store.card_decisions.again(card.uid, DANA, DeedState.FAILED)).done

    assert await claims(scene.store) == []


async def test_refusal_of_a_later_try_does_not_prove_that_an_earlier_one_failed(scene: Scene) -> None:
    card = await uncertain(scene)
    await scene.store.card_decisions.again(card.uid, ELI, DeedState.UNCERTAIN)

    await scene.store.deeds.failed(await claim_one(scene.store), "Payments are off.")

    after = await now(scene.store, card)
    assert (after.failure, after.question and after.question.reason) == (None, "Payments are off.")
    assert not (await scene.store.card_decisions.again(card.uid, DANA, DeedState.FAILED)).done


async def test_what_the_provider_shows_was_made_whatever_was_refused(scene: Scene) -> None:
    card = await opened(scene)
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    assert await scene.store.looks.seen(await now(scene.store, card), seen())

    after = await now(scene.store, card)
    assert (after.failure, state_of(after), after.provider_id) == (None, DeedState.DONE, "2510")


async def test_refused_deed_has_the_provider_asked_what_happened_instead(scene: Scene) -> None:
    card = await sent(scene)
    scene.clock.advance(3_600)
    await scene.store.looks.unseen(card)
    await add(scene.store, card, "cancel", once="close")

    await scene.store.deeds.failed(await claim_one(scene.store), "It is settled.")

    assert len(await to_look_at(scene.store)) == 1


async def test_failure_can_be_tried_again_while_nothing_came_after_it(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "remind", once="remind")
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")
    await add(scene.store, card, "remind", ELI, once="remind")

    assert not (await scene.store.card_decisions.again(card.uid, DANA, DeedState.FAILED)).done

    assert [claim.deed.member for claim in await claims(scene.store)] == [ELI]


async def test_what_a_person_knows_to_have_happened_is_followed_when_it_is_found(scene: Scene) -> None:
    card = await uncertain(scene)

    assert (await scene.store.card_decisions.happened(card.uid, ELI)).done

    scene.clock.advance(16)
    (due,) = await to_look_at(scene.store)
    assert await scene.store.looks.seen(due, seen())
    assert (await now(scene.store, card)).provider_id == "2510"


async def test_what_is_never_found_can_be_forgotten(scene: Scene) -> None:
    card = await uncertain(scene)
    await scene.store.card_decisions.happened(card.uid, ELI)

    assert not (await scene.store.card_decisions.forget(card.uid, DANA)).done
    assert (await scene.store.card_decisions.leave(card.uid, DANA)).done

    after = await now(scene.store, card)
    assert (after.settled, after.unfound, state_of(after)) == (True, False, DeedState.DONE)


async def test_what_is_forgotten_is_settled_and_done_by_nobody(scene: Scene) -> None:
    card = await uncertain(scene)

    assert (await scene.store.card_decisions.forget(card.uid, ELI)).done

    after = await now(scene.store, card)
    assert (after.state, after.settled, after.question) == (DROPPED, True, None)
    assert await claims(scene.store) == []
    assert not (await scene.store.card_decisions.again(card.uid, DANA, DeedState.UNCERTAIN)).done
    assert (await audited(scene))[-1] == (ELI, "payment_dropped", "")


async def test_deed_that_is_forgotten_leaves_the_card_and_makes_room_for_another(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "remind", once="remind")
    await scene.store.deeds.uncertain(await claim_one(scene.store))

    await scene.store.card_decisions.forget(card.uid, ELI)

    assert not (await now(scene.store, card)).settled
    assert (await add(scene.store, card, "remind", ELI, once="remind")).done


async def test_what_is_found_later_answers_the_question(scene: Scene) -> None:
    card = await uncertain(scene)
    assert card.question is not None

    assert await scene.store.card_decisions.found(card, card.question, seen())
    assert not await scene.store.card_decisions.found(card, card.question, seen())

    after = await now(scene.store, card)
    assert (after.provider_id, after.question, state_of(after)) == ("2510", None, DeedState.DONE)


async def test_what_is_found_before_it_is_done_again_is_not_done_again(scene: Scene) -> None:
    card = await uncertain(scene)
    question = card.question
    assert question is not None
    await scene.store.card_decisions.again(card.uid, ELI, DeedState.UNCERTAIN)

    assert await scene.store.card_decisions.found(card, question, seen())

    assert await claims(scene.store) == []
    assert state_of(await now(scene.store, card)) == DeedState.DONE


async def test_thing_that_the_provider_shows_before_it_is_made_again_is_not_made_again(scene: Scene) -> None:
    card = await uncertain(scene)
    await scene.store.card_decisions.again(card.uid, ELI, DeedState.UNCERTAIN)

    assert await scene.store.looks.seen(await now(scene.store, card), seen())

    assert await claims(scene.store) == []
    assert state_of(await now(scene.store, card)) == DeedState.DONE


async def test_what_was_found_of_an_earlier_try_says_nothing_of_the_one_under_way(scene: Scene) -> None:
    card = await uncertain(scene)
    question = card.question
    assert question is not None
    await scene.store.card_decisions.again(card.uid, ELI, DeedState.UNCERTAIN)
    await claim_one(scene.store)

    assert not await scene.store.card_decisions.found(card, question, seen())


@pytest.mark.parametrize("decide", ["approve", "happened", "forget", "leave"])
async def test_decision_about_a_card_that_asks_nothing_changes_nothing(scene: Scene, decide: str) -> None:
    card = await sent(scene)

    asked = await getattr(scene.store.card_decisions, decide)(card.uid, ELI)

    assert not asked.done
    assert await now(scene.store, card) == card


async def test_card_that_is_not_there_answers_nobody(scene: Scene) -> None:
    assert await scene.store.cards.find("nothing") is None
    assert not (await scene.store.card_decisions.forget("nothing", ELI)).done
    assert not (await scene.store.deeds.add("nothing", NewCardDeed(key="click:1", what="remind", member=ELI))).done


# --- What was refused, once more ----------------------------------------------------------------------------


async def test_refusal_names_the_field_until_it_is_tried_again(scene: Scene) -> None:
    card = await opened(scene)
    await scene.store.deeds.failed(await claim_one(scene.store), "No.", code="Required", field="317")
    failure = (await now(scene.store, card)).failure
    assert failure is not None
    assert (failure.code, failure.field) == ("Required", "317")

    await scene.store.card_decisions.again(card.uid, ELI, DeedState.FAILED)

    under_way = (await now(scene.store, card)).under_way
    assert under_way is not None
    assert (under_way.code, under_way.field) == ("", "")


async def test_what_was_refused_is_made_as_it_should_be_instead(scene: Scene) -> None:
    card = await opened(scene)
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    asked = await scene.store.card_decisions.revise(card.uid, ELI, "Other", {"other": 1})

    claim = await claim_one(scene.store)
    assert (asked.done, claim.deed.what) == (True, CREATE)
    assert (claim.card.title, claim.card.says) == ("Other", {"other": 1})
    assert ("U2", "payment_again", "") in await audited(scene)


async def test_of_two_who_revise_at_once_one_counts(scene: Scene, replica: Store) -> None:
    card = await opened(scene)
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    asked = await asyncio.gather(
        *(
            store.card_decisions.revise(card.uid, who, str(who), {"by": who})
            for store, who in ((scene.store, DANA), (replica, ELI))
        )
    )

    assert sorted(each.done for each in asked) == [False, True]
    (first,) = {each.by for each in asked}
    assert (await claim_one(scene.store)).card.says == {"by": first}


async def test_what_was_made_or_is_under_way_is_not_revised(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "note", key="click:1")
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    asked = await scene.store.card_decisions.revise(card.uid, ELI, "Other", {})

    assert not asked.done
    assert (await now(scene.store, card)).title != "Other"


async def test_who_asked_for_a_step_is_told_that_it_failed(scene: Scene) -> None:
    card = await sent(scene)
    await add(scene.store, card, "note", ELI, key="click:1")

    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    rows = await scene.rows("select author from messages where kind = 'notice' and body like '%No.%'")
    assert [row["author"] for row in rows] == [ELI]
