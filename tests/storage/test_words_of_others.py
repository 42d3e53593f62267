"""Words that were never for a contact are not kept: colleagues' threads, and changes that no original follows."""

from __future__ import annotations

from bot.model import Ts
from tests.storage.scene import CHANNEL, Scene, ts

THEIRS = Ts("1789999999.000001")
DAY_S = 86_400


async def test_words_in_a_thread_of_colleagues_are_forgotten(scene: Scene) -> None:
    await scene.reply("lunch?", at=5, thread_ts=THEIRS)
    await scene.reply("sure", at=6, thread_ts=THEIRS)
    await scene.claim()

    await scene.store.replies.disown(CHANNEL, THEIRS)

    assert await scene.rows("select id from messages") == []


async def test_words_in_their_thread_are_not_taken_any_more(scene: Scene) -> None:
    await scene.store.replies.disown(CHANNEL, THEIRS)

    assert await scene.reply("lunch?", at=5, thread_ts=THEIRS) is False


async def test_words_in_other_threads_stay(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    await scene.reply("lunch?", at=6, thread_ts=THEIRS)

    await scene.store.replies.disown(CHANNEL, THEIRS)

    assert (await scene.reply_at(5)).body == "yes"


async def test_change_whose_original_does_not_come_is_forgotten_after_a_day(scene: Scene) -> None:
    await scene.edit(5, "lunch at one?", changed_at=6)
    scene.clock.advance(DAY_S - 1)
    await scene.store.changes.forget_old()
    kept = await scene.rows("select ts from changes")

    scene.clock.advance(2)
    await scene.store.changes.forget_old()

    assert [row["ts"] for row in kept] == [ts(5)]
    assert await scene.rows("select ts from changes") == []
