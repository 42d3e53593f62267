"""Threads: whose they are, which are active, and what was said in them."""

from __future__ import annotations

from datetime import timedelta

from bot.model import ConversationId, Kind
from storage.database import instant
from tests.storage.scene import CHANNEL, ROOT, Scene


async def test_threads_with_a_text_either_way_are_active_the_latest_first(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(3600)
    await scene.text("hi", contact="+14155550199")  # type: ignore[arg-type]  # a NewType
    await scene.mirror_all()
    since = instant(scene.clock())

    one = await scene.store.threads.active(since - timedelta(seconds=1), 10)
    both = await scene.store.threads.active(since - timedelta(hours=2), 10)

    assert [thread.ts for thread in one] == [both[0].ts]
    assert [thread.ts for thread in both][1:] == [ROOT]
    assert len(await scene.store.threads.active(since - timedelta(hours=2), 1)) == 1


async def test_our_answer_keeps_a_thread_active(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(3600)
    since = instant(scene.clock()) - timedelta(seconds=1)
    before = await scene.store.threads.active(since, 10)

    await scene.send_reply("yes", at=5)

    assert before == []
    assert [thread.ts for thread in await scene.store.threads.active(since, 10)] == [ROOT]


async def test_every_thread_of_a_conversation_stays_known(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    await scene.text("again")
    await scene.mirror_all()

    await scene.reply("in the old thread", at=5, thread_ts=ROOT)

    assert (await scene.claim_one()).message.body == "in the old thread"


async def test_thread_before_the_present_one_is_found(scene: Scene) -> None:
    first = await scene.open_thread()
    alone = await scene.store.threads.before(first)
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    gone = await scene.store.threads.before(await scene.conversation())
    await scene.text("again")
    await scene.mirror_all()

    earlier = await scene.store.threads.before(await scene.conversation())

    assert alone is None
    assert gone is not None
    assert earlier is not None
    assert gone.ts == earlier.ts == ROOT


async def test_last_messages_are_what_was_said_oldest_first(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.send_reply("yes", at=5)
    await scene.echo("from the web", "out-9")
    await scene.settle_echoes()
    await scene.mirror_all()
    await scene.uncertain_reply("hm", at=6)

    said = await scene.store.threads.last_messages(conversation.id, 3)

    assert [(message.kind, message.body) for message in said] == [
        (Kind.REPLY, "yes"),
        (Kind.ECHO, "from the web"),
        (Kind.REPLY, "hm"),
    ]


async def test_first_words_are_the_contacts(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.text("again")

    assert await scene.store.threads.first_words(conversation.id) == "hello"
    assert await scene.store.threads.first_words(ConversationId(999)) == ""


async def test_conversation_is_read_as_it_is_now(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.send_reply("yes", at=5)

    found = await scene.store.threads.conversation(conversation.id)

    assert found == await scene.conversation()
    assert await scene.store.threads.conversation(None) is None
