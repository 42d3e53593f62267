"""A person's decision is the only way back, counts once, and is written down."""

from __future__ import annotations

import asyncio

import pytest

from bot.model import Decided, Delivery, Kind, MemberId, ProviderName, SentText, State
from storage.store import Store
from tests.storage.scene import DANA, PROVIDER, Scene

EMIL, FATIMA = MemberId("U2"), MemberId("U3")


async def _audit(scene: Scene) -> list[tuple[str, str]]:
    return [(row["who"], row["what"]) for row in await scene.rows("select who, what from audit order by id")]


async def _decide(scene: Scene, how: str, notice: str, who: MemberId) -> Decided:
    decisions = scene.store.decisions
    match how:
        case "keep":
            return await decisions.keep(notice, who)
        case "arrived":
            return await decisions.arrived(notice, who)
        case "correct":
            return await decisions.correct(notice, who)
        case _:
            return await decisions.send(notice, who, how)


async def _asked(scene: Scene, what: str) -> str:
    """The uid of a notice that asks about a reply in the state `what`."""
    await scene.open_thread()
    if what == "refused":
        await scene.refused_reply("yes", at=5)
        return (await scene.notice("failed")).uid
    if what == "uncertain":
        await scene.uncertain_reply("yes", at=5)
        return (await scene.notice("uncertain")).uid
    if what == "offered":
        await scene.send_reply("newer", at=6)
        await scene.reply("yes", at=5)
        await scene.mirror_all()
        return (await scene.notice("offered")).uid
    await scene.send_reply("yes", at=5, text_id="out-1")
    if what == "failed":
        await scene.report(Delivery.FAILED, "out-1")
    else:
        await scene.edit(5, "better", changed_at=7)
    await scene.mirror_all()
    return (await scene.notice(what)).uid


@pytest.mark.parametrize("what", ["refused", "failed", "uncertain", "offered"])
async def test_person_who_sends_has_the_same_row_tried_once_more(scene: Scene, what: str) -> None:
    notice = await _asked(scene, what)
    before = await scene.reply_at(5)

    decided = await scene.store.decisions.send(notice, EMIL, "retried")

    claim = await scene.claim_one()
    assert (decided.done, decided.by, decided.how) == (True, EMIL, "retried")
    assert (claim.message.id, claim.message.attempts) == (before.id, before.attempts + 1)
    assert await scene.send(claim, "out-7") is True
    assert (await scene.reply_at(5)).delivery == Delivery.ACCEPTED


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("refused", "retried"),
        ("failed", "retried"),
        ("uncertain", "sent_again"),
        ("uncertain", "arrived"),
        ("offered", "sent"),
        ("offered", "keep"),
        ("edited", "correct"),
    ],
)
async def test_second_click_is_told_who_was_first_and_changes_nothing(scene: Scene, what: str, how: str) -> None:
    notice = await _asked(scene, what)
    first = await _decide(scene, how, notice, EMIL)
    before = [tuple(row) for row in await scene.rows("select id, state, attempts, kind from messages order by id")]

    second = await _decide(scene, how, notice, FATIMA)

    after = [tuple(row) for row in await scene.rows("select id, state, attempts, kind from messages order by id")]
    assert first.done is True
    assert (second.done, second.by, second.how) == (False, EMIL, first.how)
    assert after == before
    assert len(await _audit(scene)) == 1


async def test_two_clicks_at_once_on_two_bots_count_once(scene: Scene, replica: Store) -> None:
    notice = await _asked(scene, "uncertain")

    both = await asyncio.gather(
        scene.store.decisions.send(notice, EMIL, "sent_again"), replica.decisions.arrived(notice, FATIMA)
    )

    assert sorted(decided.done for decided in both) == [False, True]
    assert len(await _audit(scene)) == 1


async def test_other_buttons_of_the_notice_are_used_up_too(scene: Scene) -> None:
    notice = await _asked(scene, "uncertain")
    await scene.store.decisions.arrived(notice, EMIL)

    second = await scene.store.decisions.send(notice, FATIMA, "sent_again")

    assert (second.done, second.how) == (False, "arrived")
    assert await scene.claim() == []


async def test_person_who_says_that_it_arrived_settles_it(scene: Scene) -> None:
    notice = await _asked(scene, "uncertain")

    await scene.store.decisions.arrived(notice, EMIL)

    reply = await scene.reply_at(5)
    assert (reply.state, reply.delivery, reply.wanted) == (State.DONE, Delivery.ACCEPTED, "accepted")
    assert await scene.claim() == []
    assert (await scene.conversation()).replied is True


async def test_person_who_keeps_an_offered_reply_makes_it_a_note(scene: Scene) -> None:
    notice = await _asked(scene, "offered")

    await scene.store.decisions.keep(notice, EMIL)

    reply = await scene.reply_at(5)
    assert (reply.kind, reply.state, reply.wanted) == (Kind.NOTE, State.DONE, "internal")
    assert await scene.claim() == []


async def test_offered_reply_that_is_sent_goes_out_though_a_later_one_is_in_flight(scene: Scene) -> None:
    notice = await _asked(scene, "offered")
    await scene.reply("newest", at=7)
    newest = await scene.claim_one()
    await scene.store.decisions.send(notice, EMIL, "sent")
    while_newest_is_sending = await scene.claim()

    await scene.send(newest)

    assert while_newest_is_sending == []
    assert (await scene.claim_one()).message.body == "yes"


async def test_retry_goes_out_before_what_waits_behind_it(scene: Scene) -> None:
    notice = await _asked(scene, "refused")
    await scene.reply("newer", at=6)

    await scene.store.decisions.send(notice, EMIL, "retried")

    assert (await scene.claim_one()).message.body == "yes"


async def test_correction_is_a_text_of_its_own_and_its_sign_stands_on_the_notice(scene: Scene) -> None:
    notice = await _asked(scene, "edited")

    await scene.store.decisions.correct(notice, EMIL)

    claim, asked = await scene.claim_one(), await scene.message(notice)
    assert (claim.message.kind, claim.message.body, claim.message.author) == (Kind.REPLY, "better", EMIL)
    assert (claim.message.channel, claim.message.ts) == (asked.channel, asked.ts)
    assert (await scene.reply_at(5)).state == State.DONE


async def test_correction_waits_for_a_later_reply_in_flight(scene: Scene) -> None:
    notice = await _asked(scene, "edited")
    await scene.reply("later", at=8)
    later = await scene.claim_one()
    await scene.store.decisions.correct(notice, EMIL)
    while_later_is_sending = await scene.claim()

    await scene.send(later)

    assert while_later_is_sending == []
    assert (await scene.claim_one()).message.body == "better"


async def test_decision_answers_every_open_notice_about_its_message(scene: Scene) -> None:
    notice = await _asked(scene, "uncertain")
    await scene.edit(5, "better", changed_at=9)

    await scene.store.decisions.send(notice, EMIL, "sent_again")

    assert [each.settled_how for each in await scene.notices()] == ["sent_again", "sent"]
    assert {each.wanted for each in await scene.notices()} == {"settled"}


async def test_decision_is_written_down(scene: Scene) -> None:
    notice = await _asked(scene, "uncertain")

    await scene.store.decisions.send(notice, EMIL, "sent_again")

    (row,) = await scene.rows("select who, what, message_id, conversation_id, at from audit")
    reply = await scene.reply_at(5)
    assert (row["who"], row["what"]) == (EMIL, "sent_again")
    assert (row["message_id"], row["conversation_id"], row["at"]) == (
        reply.id,
        reply.conversation_id,
        scene.clock(),
    )


async def test_button_of_a_notice_that_is_not_there_decides_nothing(scene: Scene) -> None:
    decided = await scene.store.decisions.send("nonsense", EMIL, "retried")

    assert (decided.done, decided.by, decided.how) == (False, None, "")


async def test_notice_and_its_subject_can_be_read(scene: Scene) -> None:
    notice = await _asked(scene, "uncertain")

    pair = await scene.store.decisions.subject(notice)

    assert pair is not None
    assert (pair[0].uid, pair[1].body) == (notice, "yes")
    assert await scene.store.decisions.subject("nonsense") is None


@pytest.mark.parametrize("what", ["refused", "uncertain", "failed"])
async def test_reply_that_its_author_deleted_is_not_sent_again(scene: Scene, what: str) -> None:
    notice = await _asked(scene, what)
    await scene.delete(5, changed_at=9)

    decided = await scene.store.decisions.send(notice, EMIL, "retried")

    assert (decided.done, decided.how) == (False, "cancelled")
    assert [claim for claim in await scene.claim() if claim.message.kind == Kind.REPLY] == []
    assert await _audit(scene) == []


async def test_uncertain_reply_that_its_author_deleted_can_still_have_arrived(scene: Scene) -> None:
    notice = await _asked(scene, "uncertain")
    await scene.delete(5, changed_at=9)
    await scene.store.decisions.send(notice, EMIL, "sent_again")

    decided = await scene.store.decisions.arrived(notice, EMIL)

    assert decided.done is True
    assert (await scene.reply_at(5)).state == State.DONE


async def test_refused_reply_that_is_edited_into_a_note_is_not_sent_again(scene: Scene) -> None:
    from bot.model import Verdict  # noqa: PLC0415

    notice = await _asked(scene, "refused")
    await scene.edit(5, "// between us", changed_at=9, verdict=Verdict.NOTE)

    decided = await scene.store.decisions.send(notice, EMIL, "retried")

    assert (decided.done, decided.how) == (False, "kept")
    assert await scene.claim() == []


# --- Found after all


async def test_text_that_the_provider_has_after_all_settles_the_notice(scene: Scene) -> None:
    await _asked(scene, "uncertain")
    reply = await scene.reply_at(5)

    found = await scene.store.decisions.found(reply.id, SentText("out-1"))

    assert found is True
    assert (await scene.reply_at(5)).state == State.DONE
    assert [each.settled_how for each in await scene.notices()] == ["found"]
    assert await scene.store.reports.held(PROVIDER, ["out-1"]) == {"out-1"}


async def test_text_that_the_provider_has_but_could_not_deliver_is_shown_as_failed(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("yes", at=5)
    reply = await scene.reply_at(5)

    found = await scene.store.decisions.found(
        reply.id, SentText("out-1", Delivery.FAILED, "30003", "No such number.")
    )

    assert found is True
    assert (await scene.reply_at(5)).wanted == "failed"
    assert (await scene.notice("failed")).body == "No such number."


async def test_text_that_another_row_holds_is_not_found_again(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=4, text_id="out-1")
    await scene.uncertain_reply("yes", at=5)

    found = await scene.store.decisions.found((await scene.reply_at(5)).id, SentText("out-1"))

    assert found is False
    assert (await scene.reply_at(5)).state == State.UNCERTAIN


async def test_text_id_of_another_provider_holds_nothing_here(scene: Scene) -> None:
    await _asked(scene, "uncertain")
    await _hold_at(scene, ProviderName("clicksend"), "17")

    found = await scene.store.decisions.found((await scene.reply_at(5)).id, SentText("17"))

    assert found is True


async def _hold_at(scene: Scene, provider: ProviderName, text_id: str) -> None:
    async def unit(tx: object) -> None:
        await tx.run(  # type: ignore[attr-defined]  # a Tx
            "update messages set provider = :provider, provider_id = :text_id where kind = 'text'",
            provider=provider,
            text_id=text_id,
        )

    await scene.database.write(unit)


async def test_text_that_is_not_uncertain_is_not_found(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    assert await scene.store.decisions.found((await scene.reply_at(5)).id, SentText("out-2")) is False


async def test_author_may_decide_about_their_own_message(scene: Scene) -> None:
    notice = await _asked(scene, "offered")

    assert (await scene.store.decisions.send(notice, DANA, "sent")).by == DANA
