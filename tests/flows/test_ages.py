"""How long a try has gone on is told by the database's clock, never by comparing it with the machine's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import lookups, texts
from bot.model import Claim, State
from bot.slack import Slack
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene, orphans_of

AN_HOUR = timedelta(hours=1)


class Blind:
    """A Slack that does not show the post yet."""

    async def find_post(self, *_: object, **__: object) -> None:
        return


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A thread."""
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.open_thread()
    return scene


@pytest.fixture(params=[-AN_HOUR, AN_HOUR], ids=["behind", "ahead"])
def bridge(made: Made, request: pytest.FixtureRequest) -> Bridge:
    """A bot on a machine whose clock is an hour off; Slack shows nothing."""
    right = made()
    return replace(right, slack=cast("Slack", Blind()), clock=lambda: right.clock() + request.param)


async def _orphan(scene: Scene, age_s: float) -> Claim:
    """A post without an answer, so long after it was tried."""
    await scene.text("two")
    await scene.claim_one()
    scene.clock.advance(age_s)
    (orphan,) = await orphans_of(scene.store, 8)
    return orphan


async def test_post_that_slack_does_not_show_yet_is_not_repeated_too_soon(scene: Scene, bridge: Bridge) -> None:
    patient = replace(bridge, tuning=replace(bridge.tuning, slack_settle_s=90))
    orphan = await _orphan(scene, 61)

    await lookups.look(patient, orphan)

    assert (await scene.message(orphan.message.uid)).state == State.SENDING


async def test_post_that_slack_does_not_show_any_more_is_repeated(scene: Scene, bridge: Bridge) -> None:
    orphan = await _orphan(scene, 61)

    await lookups.look(bridge, orphan)

    assert (await scene.message(orphan.message.uid)).state == State.QUEUED


async def test_claim_that_was_just_made_is_not_too_old_to_send(scene: Scene, bridge: Bridge) -> None:
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()

    texts.refuse_late(bridge, claim)

    assert claim.age_s < 30


async def test_claim_that_is_half_over_is_too_old_to_send(scene: Scene, bridge: Bridge) -> None:
    await scene.reply("yes", at=5)
    claim = replace(await scene.claim_one(), claimed_for_s=31)

    with pytest.raises(SlackError):
        texts.refuse_late(bridge, claim)


async def test_age_of_what_is_tried_again_counts_from_the_first_try(scene: Scene) -> None:
    await scene.reply("yes", at=5)
    await scene.store.outcomes.later(await scene.claim_one(), 10)
    scene.clock.advance(700)

    again = await scene.claim_one()

    assert 0 <= again.age_s < 1
    assert 700 <= again.trying_s < 701
