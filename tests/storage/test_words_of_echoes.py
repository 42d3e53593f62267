"""An echo is recognised by its words: also when they hold a name, and only near the time of the send."""

from __future__ import annotations

import pytest

from bot.markup import could_read
from bot.markup.mentions import mention
from bot.model import State
from tests.storage.scene import Scene

ASK_ELI = f"ask {mention('U2')} tomorrow"


async def _echoes(scene: Scene) -> list[str]:
    return [row["body"] for row in await scene.rows("select body from messages where kind = 'echo'")]


async def _settle(scene: Scene) -> None:
    scene.clock.advance(31)
    await scene.store.reports.settle_echoes(could_read, 100)


async def test_echo_of_a_reply_with_a_mention_leaves_its_text_to_the_reply(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply(ASK_ELI, at=5)
    claim = await scene.claim_one()
    await scene.echo("ask @Eli tomorrow", "out-1")

    await _settle(scene)

    assert await _echoes(scene) == []
    assert await scene.send(claim, "out-1") is True


async def test_echo_of_an_uncertain_reply_with_a_mention_settles_it(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply(ASK_ELI, at=5)
    await scene.echo("ask @Eli tomorrow", "out-1")

    await _settle(scene)

    assert await _echoes(scene) == []
    assert (await scene.reply_at(5)).state == State.DONE


async def test_echo_with_other_words_around_the_name_was_sent_elsewhere(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply(ASK_ELI, at=5)
    await scene.echo("ask @Eli today", "out-1")

    await _settle(scene)

    assert await _echoes(scene) == ["ask @Eli today"]
    assert (await scene.reply_at(5)).state == State.UNCERTAIN


@pytest.mark.parametrize(("later_s", "ours"), [(600, True), (20 * 86_400, False)])
async def test_uncertain_reply_takes_no_echo_of_weeks_later(scene: Scene, later_s: float, ours: bool) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("ok", at=5)
    scene.clock.advance(later_s)
    await scene.echo("ok", "out-9")

    await _settle(scene)

    assert (await _echoes(scene) == []) is ours
    assert ((await scene.reply_at(5)).state == State.DONE) is ours
