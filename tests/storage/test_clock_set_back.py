"""The clock was ahead, and is right again: nothing waits until that time comes once more."""

from __future__ import annotations

import pytest

from bot.model import Aspect, Direction, NewDeed, Standing
from bot.pace import PaceRule, post_pace, provider_pace
from tests.storage.scene import CHANNEL, DANA, PROVIDER, Scene, orphans_of

AHEAD_S = 2 * 3600
POST = post_pace(CHANNEL)
LIMIT = PaceRule(interval_us=1_000_000, burst_us=2_000_000)


@pytest.fixture
def ahead(scene: Scene) -> Scene:
    """A scene whose clock is two hours ahead."""
    scene.clock.advance(AHEAD_S)
    return scene


async def test_pace_that_was_used_while_the_clock_was_ahead_is_open(
    ahead: Scene, rules: dict[str, PaceRule]
) -> None:
    rules[POST] = LIMIT
    while await ahead.store.paces.take(POST) == 0:
        pass

    ahead.clock.advance(-AHEAD_S)

    assert await ahead.store.paces.wait_s(POST) == 0
    assert [await ahead.store.paces.take(POST) for _ in range(4)] == [0, 0, 0, 1]


async def test_text_is_posted_though_the_channel_was_used_while_the_clock_was_ahead(
    ahead: Scene, rules: dict[str, PaceRule]
) -> None:
    rules[POST] = PaceRule(interval_us=1_000_000)
    await ahead.text("one")
    await ahead.post(await ahead.claim_one())
    ahead.clock.advance(1)
    await ahead.post(await ahead.claim_one())
    ahead.clock.advance(-AHEAD_S)

    await ahead.text("two")

    assert (await ahead.claim_one()).message.body == "two"


async def test_limit_that_a_far_end_set_while_the_clock_was_ahead_is_over(ahead: Scene) -> None:
    await ahead.store.paces.block(POST, 30)

    ahead.clock.advance(-AHEAD_S)

    assert await ahead.store.paces.take(POST) == 0


async def test_limit_of_an_hour_is_kept(scene: Scene) -> None:
    await scene.store.paces.block(POST, 3_600)

    assert await scene.store.paces.take(POST) == 3_600


async def test_reply_that_was_put_off_while_the_clock_was_ahead_is_due(ahead: Scene) -> None:
    await ahead.open_thread()
    await ahead.reply("yes", at=5)
    await ahead.store.outcomes.later(await ahead.claim_one(), 30, closes=provider_pace(PROVIDER))
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert (await ahead.claim_one()).message.direction == Direction.OUT


async def test_row_that_was_claimed_while_the_clock_was_ahead_is_looked_for(ahead: Scene) -> None:
    await ahead.open_thread()
    await ahead.reply("yes", at=5)
    claim = await ahead.claim_one()
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert [orphan.message.id for orphan in await orphans_of(ahead.store, 8)] == [claim.message.id]


async def test_sign_and_card_that_were_put_off_while_the_clock_was_ahead_are_due(ahead: Scene) -> None:
    await ahead.open_thread()
    await ahead.send_reply("yes", at=5)
    ahead.clock.advance(2)
    await ahead.store.signs.postpone(await ahead.signs(), 30)
    await ahead.store.signs.postpone_cards(await ahead.store.signs.take_cards(10), 30)
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert [message.wanted for message in await ahead.signs()] == ["accepted"]
    assert len(await ahead.store.signs.take_cards(10)) == 1


async def test_what_a_provider_was_to_be_told_while_the_clock_was_ahead_is_told(ahead: Scene) -> None:
    conversation = await ahead.open_thread()
    deed = NewDeed(DANA, "resolved", conversation.id)
    await ahead.store.standings.set(conversation.id, Standing(resolved=True), deed, tell=True)
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert [each.aspect for each in await ahead.store.untold.due(8)] == [Aspect.RESOLVED]


async def test_home_that_was_drawn_while_the_clock_was_ahead_is_drawn(ahead: Scene) -> None:
    await ahead.store.homes.open(DANA)
    (home,) = await ahead.store.homes.take(8)
    await ahead.store.homes.drawn(home, "digest", "hash")
    await ahead.store.homes.something_changed()
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert [each.member for each in await ahead.store.homes.take(8)] == [DANA]


async def test_duty_that_was_done_while_the_clock_was_ahead_is_due(ahead: Scene) -> None:
    await ahead.store.duties.ensure("tidy")
    await ahead.store.duties.take("tidy", 30)
    await ahead.store.duties.done("tidy", 3_600)
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert await ahead.store.duties.take("tidy", 30) is True


async def test_duty_that_was_taken_while_the_clock_was_ahead_is_free(ahead: Scene) -> None:
    await ahead.store.duties.ensure("tidy")
    await ahead.store.duties.take("tidy", 30)
    ahead.clock.advance(-AHEAD_S)

    await ahead.store.claims.mend_times()

    assert await ahead.store.duties.take("tidy", 30) is True


async def test_what_waits_for_good_reason_goes_on_waiting(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    await scene.store.outcomes.later(await scene.claim_one(), 300)

    await scene.store.claims.mend_times()

    assert await scene.claim() == []
