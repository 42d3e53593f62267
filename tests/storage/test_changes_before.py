"""Edits and deletions that come before the reply, or while it waits: the newer words are the words."""

from __future__ import annotations

from bot.model import Change, ChannelId, Kind, State, Verdict
from tests.storage.scene import CHANNEL, ROOT, Scene, line_in, ts


async def test_edit_while_the_reply_waits_changes_what_is_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)

    await scene.edit(5, "hello", changed_at=6)

    assert (await scene.claim_one()).message.body == "hello"
    assert await scene.notices() == []


async def test_edit_that_comes_before_the_reply_is_what_is_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.edit(5, "hello", changed_at=6)

    await scene.reply("helo", at=5)

    assert (await scene.claim_one()).message.body == "hello"


async def test_edits_that_come_before_the_reply_and_out_of_order_leave_the_newest(scene: Scene) -> None:
    await scene.open_thread()
    await scene.edit(5, "newest", changed_at=7)
    await scene.edit(5, "newer", changed_at=6)

    await scene.reply("first", at=5)

    assert (await scene.claim_one()).message.body == "newest"


async def test_edits_that_come_out_of_order_while_the_reply_waits_leave_the_newest(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("first", at=5)
    await scene.edit(5, "newest", changed_at=7)

    await scene.edit(5, "newer", changed_at=6)

    assert (await scene.claim_one()).message.body == "newest"


async def test_edit_that_was_obeyed_and_comes_again_out_of_order_changes_nothing(scene: Scene) -> None:
    await scene.open_thread()
    await scene.edit(5, "newest", changed_at=7)
    await scene.reply("first", at=5)

    await scene.edit(5, "newer", changed_at=6)

    assert (await scene.claim_one()).message.body == "newest"


async def test_deletion_while_the_reply_waits_cancels_it(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("oops", at=5)

    await scene.delete(5, changed_at=6)

    reply = await scene.reply_at(5)
    assert await scene.claim() == []
    assert (reply.state, reply.reason, reply.wanted) == (State.DEAD, "cancelled", "")
    assert await scene.notices() == []


async def test_deletion_that_comes_before_the_reply_cancels_it(scene: Scene) -> None:
    await scene.open_thread()
    await scene.delete(5, changed_at=6)

    await scene.reply("oops", at=5)

    assert await scene.claim() == []
    assert (await scene.reply_at(5)).reason == "cancelled"
    assert await scene.notices() == []


async def test_edit_that_comes_after_its_deletion_brings_nothing_back(scene: Scene) -> None:
    await scene.open_thread()
    await scene.delete(5, changed_at=7)
    await scene.edit(5, "newer", changed_at=6)

    await scene.reply("first", at=5)

    assert await scene.claim() == []


async def test_reply_behind_a_cancelled_one_goes_on(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("oops", at=5)
    await scene.reply("fine", at=6)

    await scene.delete(5, changed_at=7)

    assert (await scene.claim_one()).message.body == "fine"


async def test_edit_into_a_note_while_the_reply_waits_keeps_it_internal(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("secret", at=5)

    await scene.edit(5, "// secret", changed_at=6, verdict=Verdict.NOTE)

    note = await scene.reply_at(5)
    assert await scene.claim() == []
    assert (note.kind, note.state, note.wanted) == (Kind.NOTE, State.DONE, "internal")


async def test_edit_into_a_note_that_comes_before_the_reply_keeps_it_internal(scene: Scene) -> None:
    await scene.open_thread()
    await scene.edit(5, "// secret", changed_at=6, verdict=Verdict.NOTE)

    await scene.reply("secret", at=5)

    assert await scene.claim() == []
    assert (await scene.reply_at(5)).wanted == "internal"


async def test_note_that_is_edited_stays_internal(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("// note", at=5, verdict=Verdict.NOTE)

    await scene.edit(5, "no note any more", changed_at=6)

    assert await scene.claim() == []
    assert (await scene.reply_at(5)).kind == Kind.NOTE


async def test_edit_into_what_cannot_be_sent_refuses_the_waiting_reply(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("hello", at=5)

    await scene.edit(5, "", changed_at=6, verdict=Verdict.REFUSE, reason="no_words")

    reply = await scene.reply_at(5)
    assert await scene.claim() != []
    assert (reply.state, reply.reason, reply.wanted) == (State.DEAD, "no_words", "refused")
    assert (await scene.notice("no_words")).author == "U1"


async def test_edit_into_what_cannot_be_sent_answers_the_offer_of_the_reply(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("newer", at=6)
    await scene.reply("older", at=5)

    await scene.edit(5, "", changed_at=7, verdict=Verdict.REFUSE, reason="no_words")

    (offer,) = await scene.notices("offered")
    assert offer.settled_how == "cancelled"
    assert (await scene.reply_at(5)).state == State.DEAD


async def test_edit_of_an_offered_reply_changes_what_is_offered(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("newer", at=6)
    await scene.reply("older", at=5)

    await scene.edit(5, "better", changed_at=7)

    reply = await scene.reply_at(5)
    assert (reply.state, reply.body) == (State.SCHEDULED, "better")


async def test_deletion_of_an_offered_reply_answers_the_offer(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("newer", at=6)
    await scene.reply("older", at=5)

    await scene.delete(5, changed_at=7)

    (offer,) = await scene.notices("offered")
    assert (offer.settled_how, offer.wanted) == ("cancelled", "settled")
    assert (await scene.reply_at(5)).reason == "cancelled"


async def test_edit_into_a_note_of_an_offered_reply_answers_the_offer(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("newer", at=6)
    await scene.reply("older", at=5)

    await scene.edit(5, "// older", changed_at=7, verdict=Verdict.NOTE)

    (offer,) = await scene.notices("offered")
    assert offer.settled_how == "kept"


async def test_edit_of_a_refused_reply_is_what_a_retry_sends(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("x" * 2000, at=5, verdict=Verdict.REFUSE, reason="too_long")
    await scene.mirror_all()

    await scene.edit(5, "short", changed_at=6)
    await scene.store.decisions.send((await scene.notice("too_long")).uid, "U2", "retried")  # type: ignore[arg-type]  # a NewType

    assert (await scene.claim_one()).message.body == "short"


async def test_deletion_that_comes_before_its_reply_is_obeyed_in_the_thread_of_a_line_that_moved(
    scene: Scene,
) -> None:
    await scene.open_thread()
    await scene.store.lines.add(line_in("C2"))
    await scene.delete(5, changed_at=6)

    await scene.reply("oops", at=5)

    assert await scene.claim() == []


async def test_change_in_a_channel_without_a_line_leaves_nothing(scene: Scene) -> None:
    await scene.store.changes.accept(
        Change(ChannelId("C9"), ts(5), ROOT, deleted=False, changed_at=ts(6), words="words")
    )

    assert await scene.rows("select ts from changes") == []


async def test_change_in_a_thread_of_nobody_leaves_nothing(scene: Scene) -> None:
    await scene.store.replies.disown(CHANNEL, ROOT)

    await scene.edit(5, "words", changed_at=6)

    assert await scene.rows("select ts from changes") == []


async def test_change_that_was_obeyed_is_forgotten(scene: Scene) -> None:
    await scene.open_thread()
    await scene.edit(5, "hello", changed_at=6)

    await scene.reply("helo", at=5)

    assert await scene.rows("select ts from changes where channel = :channel", channel=CHANNEL) == []
