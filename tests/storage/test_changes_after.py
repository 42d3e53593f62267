"""Edits and deletions while a reply is under way, or after it went: the contact has the original."""

from __future__ import annotations

import pytest

from bot.model import Delivery, MemberId, State, Verdict
from tests.storage.scene import Scene

EMIL = MemberId("U2")


async def test_edit_while_sending_is_told_once_it_was_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    claim = await scene.claim_one()
    await scene.edit(5, "hello", changed_at=6)
    while_sending = await scene.notices()

    await scene.send(claim)

    assert while_sending == []
    assert (await scene.notice("edited")).body == "hello"


async def test_deletion_while_sending_is_told_once_it_was_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("oops", at=5)
    claim = await scene.claim_one()
    await scene.delete(5, changed_at=6)

    await scene.send(claim)

    assert (await scene.reply_at(5)).state == State.DONE
    assert (await scene.notice("deleted")).author == "U1"


async def test_edit_while_sending_counts_when_it_was_not_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    claim = await scene.claim_one()
    await scene.edit(5, "hello", changed_at=6)

    await scene.store.outcomes.later(claim, 0)

    assert (await scene.claim_one()).message.body == "hello"
    assert await scene.notices() == []


async def test_deletion_while_sending_cancels_what_was_not_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("oops", at=5)
    claim = await scene.claim_one()
    await scene.delete(5, changed_at=6)

    await scene.store.outcomes.later(claim, 0)

    reply = await scene.reply_at(5)
    assert await scene.claim() == []
    assert (reply.state, reply.reason) == (State.DEAD, "cancelled")


async def test_edit_back_to_the_original_while_sending_is_nothing_to_tell(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("hello", at=5)
    claim = await scene.claim_one()
    await scene.edit(5, "helo", changed_at=6)
    await scene.edit(5, "hello", changed_at=7)

    await scene.send(claim)

    assert await scene.notices() == []


async def test_edit_after_it_was_sent_is_told_at_once(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("helo", at=5)

    await scene.edit(5, "hello", changed_at=6)

    notice = await scene.notice("edited")
    assert (notice.body, notice.author, notice.subject_id) == ("hello", "U1", (await scene.reply_at(5)).id)


async def test_deletion_after_it_was_sent_is_told_at_once(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("oops", at=5)

    await scene.delete(5, changed_at=6)

    assert (await scene.notice("deleted")).settled_how == ""


async def test_edit_into_a_note_after_it_was_sent_is_told(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("secret", at=5)

    await scene.edit(5, "// secret", changed_at=6, verdict=Verdict.NOTE)

    assert [notice.reason for notice in await scene.notices()] == ["noted"]


async def test_edit_into_a_note_while_sending_keeps_internal_what_was_not_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("secret", at=5)
    claim = await scene.claim_one()
    await scene.edit(5, "// secret", changed_at=6, verdict=Verdict.NOTE)

    await scene.store.outcomes.later(claim, 0)

    assert await scene.claim() == []
    assert (await scene.reply_at(5)).wanted == "internal"


async def test_edit_that_comes_twice_is_told_once(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("helo", at=5)

    await scene.edit(5, "hello", changed_at=6)
    await scene.edit(5, "hello", changed_at=6)

    assert len(await scene.notices("edited")) == 1


async def test_edit_that_was_sent_and_comes_again_is_nothing_to_tell(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    await scene.edit(5, "hello", changed_at=6)
    await scene.send(await scene.claim_one())

    await scene.edit(5, "hello", changed_at=6)

    assert await scene.notices() == []


async def test_edits_that_come_out_of_order_after_it_was_sent_leave_the_newest(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("first", at=5)
    await scene.edit(5, "newest", changed_at=7)

    await scene.edit(5, "newer", changed_at=6)

    assert [notice.body for notice in await scene.notices("edited")] == ["newest"]


async def test_second_edit_before_anybody_acted_offers_the_newest_words(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("first", at=5)
    await scene.edit(5, "second", changed_at=6)

    await scene.edit(5, "third", changed_at=7)

    assert (await scene.notice("edited")).body == "third"


async def test_edit_after_a_correction_is_told_anew(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("first", at=5)
    await scene.edit(5, "second", changed_at=6)
    await scene.mirror_all()
    await scene.store.decisions.correct((await scene.notice("edited")).uid, EMIL)

    await scene.edit(5, "third", changed_at=7)

    assert [notice.body for notice in await scene.notices("edited")] == ["second", "third"]


async def test_edit_while_sending_is_told_when_nobody_knows_whether_it_was_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    claim = await scene.claim_one()
    await scene.edit(5, "hello", changed_at=6)

    await scene.store.outcomes.uncertain(claim)

    assert (await scene.notice("edited")).body == "hello"


async def test_edit_of_an_uncertain_reply_is_what_send_again_sends(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    claim = await scene.claim_one()
    await scene.edit(5, "hello", changed_at=6)
    await scene.store.outcomes.uncertain(claim)
    await scene.mirror_all()

    await scene.store.decisions.send((await scene.notice("uncertain")).uid, EMIL, "sent_again")

    assert (await scene.claim_one()).message.body == "hello"


@pytest.mark.parametrize("while_sending", [True, False])
async def test_edit_of_a_failed_reply_is_what_a_retry_sends(scene: Scene, while_sending: bool) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    claim = await scene.claim_one()
    if while_sending:
        await scene.edit(5, "hello", changed_at=6)
    await scene.send(claim, "out-1")
    if not while_sending:
        await scene.edit(5, "hello", changed_at=6)
    await scene.report(Delivery.FAILED, "out-1")
    await scene.mirror_all()

    await scene.store.decisions.send((await scene.notice("failed")).uid, EMIL, "retried")

    assert (await scene.claim_one()).message.body == "hello"
    assert {notice.settled_how for notice in await scene.notices()} == {"sent", "retried"}
