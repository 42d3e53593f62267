"""A note is sent once, as the words that were agreed to, behind everything that was written before."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.model import Kind, MemberId, Message, Verdict
from tests.storage.scene import CHANNEL, DANA, Scene, ts

EMIL = MemberId("U2")


async def _note(scene: Scene, words: str = "// hello", at: float = 5) -> Message:
    await scene.reply(words, at, verdict=Verdict.NOTE)
    found = await scene.store.notes.at(CHANNEL, ts(at))
    assert found is not None
    return found


async def test_note_is_sent_as_the_words_that_were_agreed_to(scene: Scene) -> None:
    await scene.open_thread()
    note = await _note(scene)

    assert await scene.store.notes.send(replace(note, body="hello"), EMIL)

    claim = await scene.claim_one()
    assert (claim.message.id, claim.message.kind, claim.message.body) == (note.id, Kind.REPLY, "hello")
    assert (claim.message.author, claim.message.ts) == (EMIL, ts(5))
    assert await scene.rows("select who, what from audit") == [{"who": EMIL, "what": "note_sent"}]


async def test_two_who_send_it_at_once_send_it_once(scene: Scene) -> None:
    await scene.open_thread()
    note = await _note(scene)

    sent = await asyncio.gather(*(scene.store.notes.send(note, who) for who in (DANA, EMIL)))

    assert sorted(sent) == [False, True]
    assert await scene.store.notes.at(CHANNEL, ts(5)) is None
    await scene.send(await scene.claim_one(), "out-1")
    assert await scene.claim() == []


async def test_it_goes_behind_replies_that_wait(scene: Scene) -> None:
    await scene.open_thread()
    note = await _note(scene, at=5)
    await scene.reply("first", at=6)

    await scene.store.notes.send(note, DANA)

    assert (await scene.claim_one()).message.body == "first"


async def test_edited_note_has_its_newer_words(scene: Scene) -> None:
    await scene.open_thread()
    note = await _note(scene)
    await scene.edit(5, "better", changed_at=6)

    found = await scene.store.notes.at(CHANNEL, ts(5))

    assert found is not None
    assert (found.id, found.body, found.wanted) == (note.id, "better", "internal")


async def test_deleted_note_is_not_sent(scene: Scene) -> None:
    await scene.open_thread()
    note = await _note(scene)
    await scene.delete(5, changed_at=6)

    assert await scene.store.notes.at(CHANNEL, ts(5)) is None
    assert not await scene.store.notes.send(note, DANA)
    assert await scene.claim() == []


async def test_reply_is_no_note(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("hello", at=5)

    assert await scene.store.notes.at(CHANNEL, ts(5)) is None
