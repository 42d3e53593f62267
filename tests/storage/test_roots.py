"""A conversation's thread is opened once, and nothing is posted to it before it stands."""

from __future__ import annotations

import asyncio

from bot.model import Delivery, Kind
from tests.storage.scene import CHANNEL, ROOT, Scene, line_in


async def _kinds(scene: Scene) -> list[Kind]:
    return [claim.message.kind for claim in await scene.claim()]


async def test_text_waits_until_the_root_is_done(scene: Scene) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    while_root_is_sending = await scene.claim()

    await scene.post(root)

    assert root.message.kind == Kind.ROOT
    assert while_root_is_sending == []
    assert await _kinds(scene) == [Kind.TEXT]


async def test_text_waits_while_the_root_backs_off(scene: Scene) -> None:
    await scene.text("hi")
    await scene.store.outcomes.later(await scene.claim_one(), 10)
    await scene.text("hi again")
    while_root_backs_off = await scene.claim()

    scene.clock.advance(10)

    assert while_root_backs_off == []
    assert await _kinds(scene) == [Kind.ROOT]


async def test_text_waits_while_nobody_knows_of_the_root(scene: Scene) -> None:
    await scene.text("hi")

    await scene.store.outcomes.look_again(await scene.claim_one(), 10)

    assert await scene.claim() == []


async def test_texts_that_come_together_open_one_root(scene: Scene) -> None:
    await asyncio.gather(*(scene.text("hi") for _ in range(5)))

    posted = await scene.mirror_all()

    assert [message.kind for message in posted] == [Kind.ROOT] + [Kind.TEXT] * 5


async def test_root_that_stands_is_where_the_conversation_is(scene: Scene) -> None:
    await scene.text("hi")
    before = await scene.conversation()

    await scene.post(await scene.claim_one())

    after = await scene.conversation()
    assert (before.root_ts, before.generation) == (None, 0)
    assert (after.root_channel, after.root_ts, after.generation) == (CHANNEL, ROOT, 1)


async def test_later_text_opens_no_other_root(scene: Scene) -> None:
    await scene.open_thread()

    await scene.text("again")

    assert [message.kind for message in await scene.mirror_all()] == [Kind.TEXT]


async def test_reply_is_free_to_go_while_the_in_lane_is_busy(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("again")
    mirrored = await scene.claim_one()
    await scene.reply("yes", at=5)

    reply = await scene.claim_one()

    assert (mirrored.message.kind, reply.message.kind) == (Kind.TEXT, Kind.REPLY)


async def test_root_that_is_gone_is_opened_anew_before_the_text_that_found_out(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("one")
    await scene.text("two")
    await scene.store.outcomes.root_gone(await scene.claim_one())

    posted = await scene.mirror_all()

    assert [message.body for message in posted] == ["", "one", "two"]
    assert (await scene.conversation()).generation == 2


async def test_root_that_is_gone_is_opened_once_however_many_find_out(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("one")
    claim = await scene.claim_one()
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    await scene.store.outcomes.root_gone(claim)

    posted = await scene.mirror_all()

    assert [message.kind for message in posted] == [Kind.ROOT, Kind.TEXT]


async def test_text_that_was_not_posted_waits_for_the_root_that_was_deleted_meanwhile(scene: Scene) -> None:
    await scene.open_thread()
    await scene.text("one")
    claim = await scene.claim_one()
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    await scene.store.outcomes.later(claim, 0)

    posted = await scene.mirror_all()

    assert [message.kind for message in posted] == [Kind.ROOT, Kind.TEXT]


async def test_news_of_an_older_root_leaves_the_present_one(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    await scene.text("again")
    await scene.mirror_all()
    present = (await scene.conversation()).root_ts

    await scene.store.signs.forget_root(CHANNEL, ROOT)

    assert present != ROOT
    assert (await scene.conversation()).root_ts == present


async def test_root_that_is_gone_while_nothing_waits_is_opened_by_the_next_text(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    at_once = await scene.claim()

    await scene.text("again")

    assert at_once == []
    assert [message.kind for message in await scene.mirror_all()] == [Kind.ROOT, Kind.TEXT]


async def test_notice_without_a_thread_opens_one_first(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")
    await scene.store.signs.forget_root(CHANNEL, ROOT)

    await scene.report(Delivery.FAILED, "out-1")

    assert [message.kind for message in await scene.mirror_all()] == [Kind.ROOT, Kind.NOTICE]


async def test_line_that_moved_opens_its_threads_in_the_new_channel(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.lines.add(line_in("C2"))
    await scene.text("again")

    posted = await scene.mirror_all()

    after = await scene.conversation()
    assert [message.kind for message in posted] == [Kind.ROOT, Kind.TEXT]
    assert (after.root_channel, after.generation) == ("C2", 2)


async def test_reply_in_the_thread_of_the_old_channel_still_goes_out(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.lines.add(line_in("C2"))

    await scene.reply("yes", at=5)

    assert (await scene.claim_one()).message.body == "yes"


async def test_reopen_opens_a_thread_where_there_is_none(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.store.threads.reopen(conversation.id)
    while_it_stands = await scene.claim()
    await scene.store.signs.forget_root(CHANNEL, ROOT)

    await scene.store.threads.reopen(conversation.id)

    assert while_it_stands == []
    assert await _kinds(scene) == [Kind.ROOT]
