"""A text that a member starts outside a thread: sent once, shown in the thread, its reactions on that post."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import UsageError
from bot.model import Delivery, Direction, Kind, LineId, Message, Number, Started, State
from storage.store import Store
from tests.storage.scene import CHANNEL, CONTACT, DANA, OUR_NUMBER, PROVIDER, ROOT, Scene


def _started(scene: Scene, key: str = "command:1", words: str = "Hello Maria", to: Number = CONTACT) -> Started:
    return Started(key=key, line=scene.line.id, to=to, words=words, author=DANA)


async def _text(scene: Scene) -> Message:
    row = (await scene.rows("select uid from messages where kind = 'reply'"))[0]
    return await scene.message(row["uid"])


async def test_text_to_a_new_number_opens_a_thread_and_is_sent(scene: Scene) -> None:
    await scene.store.started.accept(_started(scene))

    kinds = [(claim.message.kind, claim.message.body) for claim in await scene.claim()]

    assert sorted(kinds) == [(Kind.REPLY, "Hello Maria"), (Kind.ROOT, "")]


async def test_text_to_a_known_contact_goes_into_their_thread(scene: Scene) -> None:
    await scene.open_thread()

    await scene.store.started.accept(_started(scene))

    assert sorted(claim.message.kind for claim in await scene.claim()) == [Kind.REPLY, Kind.SAID]


async def test_text_started_twice_is_one_text(scene: Scene, replica: Store) -> None:
    answers = await asyncio.gather(
        scene.store.started.accept(_started(scene)), replica.started.accept(_started(scene))
    )

    assert answers[0] == answers[1]
    assert len(await scene.rows("select id from messages where kind = 'reply' or kind = 'said'")) == 2


async def test_its_reactions_stand_on_the_post_that_shows_it(scene: Scene) -> None:
    await scene.store.started.accept(_started(scene))
    for claim in await scene.claim():
        await (scene.send(claim) if claim.message.direction == Direction.OUT else scene.post(claim))
    await scene.report(Delivery.DELIVERED, "out-1")
    (said,) = await scene.mirror_all()

    row = (await scene.rows("select channel, ts from messages where id = :id", id=said.id))[0]
    (sign,) = await scene.signs()

    assert (sign.wanted, sign.shown) == ("delivered", "")
    assert (sign.channel, sign.ts) == (CHANNEL, row["ts"]) != (CHANNEL, ROOT)


async def test_text_that_fails_tells_its_author_in_the_thread(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.started.accept(_started(scene))
    for claim in await scene.claim():
        if claim.message.direction == Direction.OUT:
            await scene.store.outcomes.refused(claim, "failed", code="30003")

    assert (await _text(scene)).state == State.DEAD
    assert (await scene.notice("failed")).author == DANA


async def test_text_on_a_line_that_is_gone_is_refused(scene: Scene) -> None:
    await scene.store.lines.remove(OUR_NUMBER, PROVIDER)

    with pytest.raises(UsageError):
        await scene.store.started.accept(_started(scene))
    with pytest.raises(UsageError):
        await scene.store.started.accept(Started("command:2", LineId(99), CONTACT, "Hello", DANA))
    assert await scene.rows("select id from conversations") == []


async def test_text_comes_behind_a_reply_that_waits(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("first", at=1)
    await scene.store.started.accept(_started(scene, words="second"))

    claimed = [claim for claim in await scene.claim() if claim.message.direction == Direction.OUT]

    assert [claim.message.body for claim in claimed] == ["first"]
