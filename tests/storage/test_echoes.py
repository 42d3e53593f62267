"""A text that went out and that no row holds: ours after all, or sent from elsewhere."""

from __future__ import annotations

import pytest

from bot.model import Kind, State, Status
from tests.storage.scene import LEASE_S, PROVIDER, Scene


async def _echoes(scene: Scene) -> list[str]:
    return [row["body"] for row in await scene.rows("select body from messages where kind = 'echo' order by id")]


async def test_text_sent_elsewhere_is_mirrored_after_half_a_minute(scene: Scene) -> None:
    await scene.open_thread()
    await scene.echo("from the web", "out-9")
    scene.clock.advance(29)
    too_soon = await scene.store.reports.settle_echoes(lambda one, other: one == other, 10)

    due = await scene.settle_echoes()

    assert (too_soon, due) == (0, 1)
    assert [message.body for message in await scene.mirror_all()] == ["from the web"]
    assert (await scene.conversation()).status == Status.WAITING


async def test_text_sent_elsewhere_to_a_new_contact_opens_their_thread(scene: Scene) -> None:
    await scene.echo("from the web", "out-9")

    await scene.settle_echoes()

    assert [message.kind for message in await scene.mirror_all()] == [Kind.ROOT, Kind.ECHO]


async def test_text_sent_elsewhere_is_mirrored_once_however_often_it_is_told(scene: Scene) -> None:
    await scene.open_thread()
    for _ in range(2):
        await scene.echo("from the web", "out-9")
        await scene.settle_echoes()
    await scene.mirror_all()

    await scene.echo("from the web", "out-9")
    await scene.settle_echoes()

    assert await _echoes(scene) == ["from the web"]


async def test_echo_of_our_own_text_is_nothing_new(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    await scene.echo("yes", "out-1")
    await scene.settle_echoes()

    assert await _echoes(scene) == []


async def test_echo_that_overtakes_the_answer_is_nothing_new(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    await scene.echo("yes", "out-1")

    await scene.send(claim, "out-1")
    await scene.settle_echoes()

    assert await _echoes(scene) == []


async def test_echo_waits_while_a_row_under_way_may_be_its_cause(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    await scene.echo("yes", "out-1")
    await scene.settle_echoes()
    while_sending = await scene.rows("select id from reports")

    await scene.send(claim, "out-1")
    await scene.settle_echoes()

    assert len(while_sending) == 1
    assert await _echoes(scene) == []
    assert await scene.rows("select id from reports") == []


async def test_echo_with_the_words_of_an_uncertain_text_settles_it(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("yes", at=5)
    await scene.echo("yes", "out-1")

    await scene.settle_echoes()

    assert await _echoes(scene) == []
    assert (await scene.reply_at(5)).state == State.DONE
    assert [notice.settled_how for notice in await scene.notices()] == ["found"]
    assert await scene.store.reports.held(PROVIDER, ["out-1"]) == {"out-1"}


@pytest.mark.parametrize(("age_s", "ours"), [(1, True), (120, False)])
async def test_echo_of_a_text_that_left_before_the_claim_is_not_ours(
    scene: Scene, age_s: float, ours: bool
) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("ok", at=5)

    await scene.echo("ok", "out-1", age_s=age_s)
    await scene.settle_echoes()

    assert ((await scene.reply_at(5)).state == State.DONE) is ours
    assert (await _echoes(scene) == []) is ours


async def test_echo_with_other_words_than_the_uncertain_text_was_sent_elsewhere(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("yes", at=5)
    await scene.echo("no", "out-9")

    await scene.settle_echoes()

    assert await _echoes(scene) == ["no"]
    assert (await scene.reply_at(5)).state == State.UNCERTAIN


async def test_echo_that_may_be_either_of_two_uncertain_texts_decides_nothing(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("yes", at=5)
    await scene.uncertain_reply("yes", at=6)
    await scene.echo("yes", "out-1")

    await scene.settle_echoes()

    assert [(await scene.reply_at(at)).state for at in (5, 6)] == [State.UNCERTAIN] * 2
    assert await _echoes(scene) == []


async def test_echo_with_our_token_settles_an_uncertain_text_at_once(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.uncertain_reply("yes", at=5)

    await scene.echo("yes", "out-1", token=claim.message.token)

    assert (await scene.reply_at(5)).state == State.DONE


async def test_echo_on_a_number_that_no_line_binds_is_dropped(scene: Scene) -> None:
    await scene.store.lines.remove(scene.line.number, PROVIDER)
    await scene.echo("from the web", "out-9")

    await scene.settle_echoes()

    assert await _echoes(scene) == []
    assert await scene.rows("select id from reports") == []


async def test_second_candidate_in_the_queue_does_not_hold_the_echo_back(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    await scene.store.outcomes.later(await scene.claim_one(), LEASE_S * 10)
    await scene.echo("yes", "out-9")

    await scene.settle_echoes()

    assert await _echoes(scene) == ["yes"]
