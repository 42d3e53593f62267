"""Signs and cards that Slack refuses: over, or tried seldom, so that others get their turn."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import signs
from bot.slack import Slack
from bot.worker import alone
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene

GONE = ("is_archived", "not_in_channel", "channel_not_found", "cant_update_message", "edit_window_closed")


class Refusing:
    """A Slack that refuses everything with one word, and counts."""

    def __init__(self, error: SlackError) -> None:
        self.error, self.asked = error, 0

    async def react(self, *_: object) -> None:
        self.asked += 1
        raise self.error

    async def update(self, *_: object) -> None:
        self.asked += 1
        raise self.error


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A thread whose card is out of date."""
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.store.signs.refresh_card(await scene.open_thread())
    return scene


async def _asked_in(minutes: int, scene: Scene, bridge: Bridge, slack: Refusing) -> int:
    """How often Slack is asked in that time, looking twice a minute at first and then every ten minutes."""
    refused = replace(bridge, slack=cast("Slack", slack))
    for step_s in [30] * 6 + [600] * (minutes // 10):
        await signs.reconcile(refused, alone)
        scene.clock.advance(step_s)
    return slack.asked


@pytest.mark.parametrize("code", GONE)
async def test_card_in_a_channel_that_is_away_is_tried_once(scene: Scene, made: Made, code: str) -> None:
    assert await _asked_in(120, scene, made(), Refusing(SlackError(code))) == 1


async def test_card_in_a_channel_that_is_back_is_drawn_with_the_next_change(scene: Scene, made: Made) -> None:
    await _asked_in(0, scene, made(), Refusing(SlackError("is_archived")))

    await scene.store.signs.refresh_card(await scene.conversation())

    assert len(await scene.store.signs.take_cards(10)) == 1


async def test_card_that_slack_refuses_otherwise_is_tried_once_an_hour(scene: Scene, made: Made) -> None:
    assert await _asked_in(120, scene, made(), Refusing(SlackError("missing_scope"))) == 2


async def test_card_without_an_answer_is_tried_again_soon(scene: Scene, made: Made) -> None:
    assert await _asked_in(0, scene, made(), Refusing(SlackError("no_answer", certain=False))) >= 3


async def test_reaction_that_slack_refuses_is_tried_once_an_hour(scene: Scene, made: Made) -> None:
    await scene.store.signs.mark_card(await scene.conversation())
    await scene.refused_reply("words", at=5)
    await scene.store.signs.mark_card(await scene.conversation())

    asked = await _asked_in(120, scene, made(), Refusing(SlackError("too_many_reactions")))

    assert asked == 2
