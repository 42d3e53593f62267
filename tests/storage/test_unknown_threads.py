"""A reply in a thread that is not known yet waits until Slack has said whose it is."""

from __future__ import annotations

import pytest

from bot.model import Claim, Kind, State, Ts, Verdict
from tests.storage.scene import CHANNEL, ROOT, Scene, ts


async def _root_posted_but_not_noted(scene: Scene) -> str:
    """The uid of a root card that stands at `ROOT`, and whose worker died before it could say so."""
    await scene.text("hi")
    return (await scene.claim_one()).message.uid


async def _look_up(scene: Scene) -> Claim:
    claim = await scene.claim_one()
    assert claim.conversation is None
    return claim


async def _sent(scene: Scene) -> list[str]:
    """Everything that goes out now, in order."""
    words = []
    while replies := [claim for claim in await scene.claim() if claim.message.kind == Kind.REPLY]:
        for claim in replies:
            await scene.send(claim)
            words.append(claim.message.body)
    return words


async def test_reply_in_an_unknown_thread_is_on_disk_and_asks_slack(scene: Scene) -> None:
    added = await scene.reply("yes", at=5)

    claim = await scene.claim_one()
    assert added is True
    assert (claim.conversation, claim.message.thread_ts) == (None, ROOT)


async def test_replies_are_adopted_in_the_order_they_were_written(scene: Scene) -> None:
    uid = await _root_posted_but_not_noted(scene)
    for at in (7, 5, 6):
        await scene.reply(f"words {at}", at)
    claims = await scene.claim()

    adopted = await scene.store.threads.adopt(claims[0], uid)

    assert adopted is True
    assert await _sent(scene) == ["words 5", "words 6", "words 7"]


async def test_adopted_root_is_done_and_opens_the_way_for_texts(scene: Scene) -> None:
    uid = await _root_posted_but_not_noted(scene)
    await scene.reply("yes", at=5)

    await scene.store.threads.adopt(await _look_up(scene), uid)

    conversation = await scene.conversation()
    kinds = {claim.message.kind for claim in await scene.claim()}
    assert (conversation.root_ts, conversation.generation) == (ROOT, 1)
    assert (await scene.message(uid)).state == State.DONE
    assert kinds == {Kind.TEXT, Kind.REPLY}


async def test_worker_that_posted_the_adopted_root_changes_nothing_any_more(scene: Scene) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("yes", at=5)
    await scene.store.threads.adopt(await _look_up(scene), root.message.uid)

    held = await scene.store.outcomes.posted(root, CHANNEL, Ts("1790000000.999999"))

    assert held is False
    assert (await scene.conversation()).root_ts == ROOT


async def test_replies_are_placed_when_the_root_is_noted_after_all(scene: Scene) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("one", at=5)
    await scene.reply("two", at=6)

    await scene.post(root)

    assert (await scene.reply_at(5)).conversation_id is not None
    assert await _sent(scene) == ["one", "two"]


async def test_look_up_that_ends_after_the_reply_was_placed_changes_nothing(scene: Scene) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("one", at=5)
    looking_up = await _look_up(scene)
    await scene.post(root)
    (sending,) = [claim for claim in await scene.claim() if claim.message.kind == Kind.REPLY]

    await scene.store.outcomes.later(looking_up, 0)

    assert (await scene.message(sending.message.uid)).state == State.SENDING
    assert await scene.send(sending) is True


async def test_look_up_does_not_count_as_a_try(scene: Scene) -> None:
    uid = await _root_posted_but_not_noted(scene)
    await scene.reply("newer", at=6)
    await scene.store.threads.adopt(await _look_up(scene), uid)

    await scene.reply("older", at=5)

    assert (await scene.reply_at(5)).state == State.QUEUED


async def test_second_look_up_does_not_bring_an_older_thread_back(scene: Scene) -> None:
    uid = await _root_posted_but_not_noted(scene)
    await scene.reply("one", at=5)
    looking_up = await _look_up(scene)
    await scene.store.threads.adopt(looking_up, uid)
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    await scene.text("again")
    await scene.mirror_all()
    present = await scene.conversation()

    await scene.store.threads.adopt(looking_up, uid)

    assert (await scene.conversation()).root_ts == present.root_ts != ROOT


async def test_words_in_a_thread_of_nobody_are_forgotten_and_no_more_are_taken(scene: Scene) -> None:
    await scene.reply("lunch?", at=5)
    await scene.reply("pizza!", at=6)
    await scene.claim()

    await scene.store.replies.disown(CHANNEL, ROOT)

    assert await scene.rows("select body from messages") == []
    assert await scene.reply("salad", at=7) is False


async def test_thread_of_ours_that_this_database_does_not_know_marks_every_reply(scene: Scene) -> None:
    await scene.reply("one", at=5)
    await scene.claim_one()
    await scene.store.replies.refuse_unknown(CHANNEL, ROOT)
    await scene.reply("two", at=6)
    await scene.claim_one()

    await scene.store.replies.refuse_unknown(CHANNEL, ROOT)

    for at in (5, 6):
        reply = await scene.reply_at(at)
        assert (reply.state, reply.wanted) == (State.DEAD, "refused")


async def test_worker_of_a_reply_that_was_forgotten_changes_no_other_row(scene: Scene) -> None:
    await scene.reply("one", at=5)
    looking_up = await _look_up(scene)
    await scene.store.replies.disown(CHANNEL, ROOT)
    await scene.text("hi")
    root = await scene.claim_one()
    (other,) = await scene.rows("select id from messages where kind = 'text'")

    await scene.store.outcomes.later(looking_up, 0)

    assert looking_up.message.id not in (root.message.id, other["id"])
    assert (await scene.message(root.message.uid)).state == State.SENDING


async def test_card_that_this_database_does_not_know_is_not_adopted(scene: Scene) -> None:
    await scene.reply("one", at=5)

    adopted = await scene.store.threads.adopt(await _look_up(scene), "somebody else's")

    assert adopted is False
    assert (await scene.reply_at(5)).conversation_id is None


async def test_note_in_an_unknown_thread_is_internal_once_it_is_known(scene: Scene) -> None:
    uid = await _root_posted_but_not_noted(scene)
    await scene.reply("// note", at=5, verdict=Verdict.NOTE)

    await scene.store.threads.adopt(await _look_up(scene), uid)

    note = await scene.reply_at(5)
    assert (note.kind, note.state, note.wanted) == (Kind.NOTE, State.DONE, "internal")


@pytest.mark.parametrize("looking", [False, True])
async def test_edit_while_the_thread_is_unknown_simply_counts(scene: Scene, looking: bool) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("helo", at=5)
    if looking:
        await _look_up(scene)

    await scene.edit(5, "hello", changed_at=6)
    await scene.post(root)

    assert await _sent(scene) == ["hello"]
    assert await scene.notices("edited") == []


@pytest.mark.parametrize("looking", [False, True])
async def test_deletion_while_the_thread_is_unknown_cancels(scene: Scene, looking: bool) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("oops", at=5)
    if looking:
        await _look_up(scene)

    await scene.delete(5, changed_at=6)
    await scene.post(root)

    assert await _sent(scene) == []
    assert (await scene.reply_at(5)).reason == "cancelled"


@pytest.mark.parametrize("looking", [False, True])
async def test_edit_into_a_note_while_the_thread_is_unknown_stays_internal(scene: Scene, looking: bool) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("secret", at=5)
    if looking:
        await _look_up(scene)

    await scene.edit(5, "// secret", changed_at=6, verdict=Verdict.NOTE)
    unknown = await scene.reply_at(5)
    await scene.post(root)

    assert unknown.wanted == ""
    assert await _sent(scene) == []
    assert (await scene.reply_at(5)).wanted == "internal"


async def test_look_up_that_slack_does_not_answer_is_asked_again(scene: Scene) -> None:
    await scene.reply("one", at=5)
    await scene.store.outcomes.later(await _look_up(scene), 10, closes="slack:find")
    too_soon = await scene.claim()

    scene.clock.advance(10)

    assert too_soon == []
    assert (await scene.claim_one()).message.ts == ts(5)
