"""Promise 2 and 4: what a member wrote is a row, sent in the order it was written, kept internal or refused."""

from __future__ import annotations

import asyncio

from bot.model import ChannelId, Kind, State, Ts, Verdict
from tests.storage.scene import Scene, ts

TEN_MINUTES = 600


async def test_reply_is_sent_with_the_conversation_it_belongs_to(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.reply("yes", at=5)

    claim = await scene.claim_one()

    assert (claim.message.kind, claim.message.body, claim.message.ts) == (Kind.REPLY, "yes", ts(5))
    assert claim.conversation is not None
    assert claim.conversation.id == conversation.id


async def test_reply_that_comes_twice_is_one_row(scene: Scene) -> None:
    await scene.open_thread()

    answers = [await scene.reply("yes", at=5), await scene.reply("yes", at=5)]

    assert answers == [True, False]
    assert len(await scene.claim()) == 1


async def test_reply_that_comes_twice_at_once_is_one_row(scene: Scene) -> None:
    await scene.open_thread()

    answers = await asyncio.gather(*(scene.reply("yes", at=5) for _ in range(5)))

    assert sorted(answers) == [False] * 4 + [True]


async def test_reply_that_comes_again_after_it_was_sent_stays_done(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)

    await scene.reply("yes", at=5)

    assert await scene.claim() == []
    assert (await scene.reply_at(5)).state == State.DONE


async def test_replies_that_come_in_reverse_go_out_as_they_were_written(scene: Scene) -> None:
    await scene.open_thread()
    for at in (7, 6, 5):
        await scene.reply(f"words {at}", at)

    sent = []
    while claims := await scene.claim():
        sent += [claim.message.body for claim in claims]
        for claim in claims:
            await scene.send(claim)

    assert sent == ["words 5", "words 6", "words 7"]


async def test_note_stays_internal(scene: Scene) -> None:
    await scene.open_thread()

    await scene.reply("// just between us", at=5, verdict=Verdict.NOTE)

    note = await scene.reply_at(5)
    assert await scene.claim() == []
    assert (note.kind, note.state, note.wanted) == (Kind.NOTE, State.DONE, "internal")


async def test_reply_that_cannot_be_sent_is_marked_and_its_author_told(scene: Scene) -> None:
    await scene.open_thread()

    await scene.reply("", at=5, verdict=Verdict.REFUSE, reason="no_words")

    reply = await scene.reply_at(5)
    assert (reply.state, reply.wanted, reply.reason) == (State.DEAD, "refused", "no_words")
    assert (await scene.notice("no_words")).author == "U1"


async def test_waiting_is_shown_only_after_two_seconds(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.mark_card(await scene.conversation())
    await scene.reply("yes", at=5)
    at_once = await scene.signs()

    scene.clock.advance(2)

    assert list(at_once) == []
    assert [message.wanted for message in await scene.signs()] == ["waiting"]


async def test_reply_in_a_channel_without_a_line_is_nobodys(scene: Scene) -> None:
    await scene.open_thread()

    added = await scene.reply("yes", at=5, channel=ChannelId("C9"))

    assert added is False
    assert await scene.rows("select id from messages where channel = 'C9'") == []


async def test_older_reply_that_comes_after_a_newer_one_was_tried_is_offered(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("newer", at=6)
    await scene.claim_one()

    await scene.reply("older", at=5)

    older = await scene.reply_at(5)
    assert (older.state, older.reason, older.wanted) == (State.SCHEDULED, "offered", "waiting")
    assert (await scene.notice("offered")).subject_id == older.id


async def test_older_reply_is_offered_also_when_the_newer_one_only_backs_off(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("newer", at=6)
    await scene.store.outcomes.later(await scene.claim_one(), 10)

    await scene.reply("older", at=5)

    assert (await scene.reply_at(5)).state == State.SCHEDULED


async def test_older_reply_is_sent_first_while_the_newer_one_is_still_queued(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("newer", at=6)

    await scene.reply("older", at=5)

    assert (await scene.claim_one()).message.body == "older"


async def test_older_reply_is_sent_when_the_newer_one_was_refused(scene: Scene) -> None:
    await scene.open_thread()
    await scene.refused_reply("newer", at=6)

    await scene.reply("older", at=5)

    assert (await scene.claim_one()).message.body == "older"


async def test_note_that_is_newer_does_not_hold_an_older_reply_back(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("// note", at=6, verdict=Verdict.NOTE)

    await scene.reply("older", at=5)

    assert (await scene.claim_one()).message.body == "older"


async def test_offered_reply_holds_nobody_back(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("newer", at=6)
    await scene.reply("older", at=5)
    await scene.mirror_all()

    await scene.reply("newest", at=7)

    assert (await scene.claim_one()).message.body == "newest"


async def test_reply_found_late_is_offered(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(TEN_MINUTES + 5.1)

    await scene.reply("hours ago", at=5, caught_up=True)

    assert (await scene.reply_at(5)).state == State.SCHEDULED


async def test_reply_found_soon_is_sent(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(TEN_MINUTES + 5)

    await scene.reply("just now", at=5, caught_up=True)

    assert (await scene.reply_at(5)).state == State.QUEUED


async def test_old_reply_that_slack_delivers_itself_is_sent(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(3600)

    await scene.reply("an hour ago", at=5)

    assert (await scene.reply_at(5)).state == State.QUEUED


async def test_reply_behind_one_that_backs_off_is_due_no_sooner(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("one", at=5)
    await scene.store.outcomes.later(await scene.claim_one(), 30)
    await scene.reply("two", at=6)
    due = [row["due_at"] for row in await scene.rows("select due_at from messages where kind = 'reply'")]
    scene.clock.advance(29)
    too_soon = await scene.claim()

    scene.clock.advance(1)

    assert due == [scene.clock(), scene.clock()]
    assert too_soon == []
    assert (await scene.claim_one()).message.body == "one"


async def test_replies_of_two_conversations_do_not_wait_for_each_other(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("hi", contact="+14155550199")  # type: ignore[arg-type]  # a NewType
    await scene.mirror_all()
    other = Ts((await scene.rows("select root_ts from conversations order by id desc limit 1"))[0]["root_ts"])
    await scene.reply("one", at=5)
    await scene.reply("two", at=6, thread_ts=other)

    assert [claim.message.body for claim in await scene.claim()] == ["one", "two"]
