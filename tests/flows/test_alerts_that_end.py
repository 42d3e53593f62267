"""Alerts end: one that Slack refuses for good, or that nobody took for a day, is dropped and said in the log."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import cast

import pytest

from bot.bridge import Bridge
from bot.delivery import deliver
from bot.errors import SlackError
from bot.flows import alerts
from bot.model import Kind
from bot.slack import Slack
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene

A_DAY_S = 86_400


class Refusing:
    """A Slack that takes no post."""

    def __init__(self, error: SlackError) -> None:
        self.error = error

    async def post(self, *_: object, **__: object) -> None:
        raise self.error


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A line."""
    return Scene(store, clock, await store.lines.add(LINE))


def _refused(bridge: Bridge, code: str) -> Bridge:
    return replace(bridge, slack=cast("Slack", Refusing(SlackError(code))))


async def _tried(scene: Scene, bridge: Bridge) -> None:
    await deliver(bridge, await scene.claim_one())


async def _alerts(scene: Scene) -> list[str]:
    return [row["state"] for row in await scene.rows("select state from messages where kind = 'alert'")]


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "is_archived", "missing_scope"])
async def test_alert_that_slack_refuses_for_good_is_dropped_and_logged(
    scene: Scene, made: Made, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    await scene.store.health.alert(("C9",), "hooks:1", "The webhooks do not work.")

    await _tried(scene, _refused(made(), code))

    assert await _alerts(scene) == ["dead"]
    assert [record.levelno for record in caplog.records if "alert" in record.message] == [logging.ERROR]


async def test_alert_is_tried_again_while_slack_cannot_be_reached(scene: Scene, made: Made) -> None:
    await scene.store.health.alert(("C9",), "hooks:1", "The webhooks do not work.")

    await _tried(scene, _refused(made(), "unreachable"))
    scene.clock.advance(300)

    assert (await scene.claim_one()).message.kind == Kind.ALERT


async def test_alert_that_nobody_took_for_a_day_is_dropped(scene: Scene, made: Made) -> None:
    await scene.store.health.alert(("C9",), "hooks:1", "The webhooks do not work.")
    await _tried(scene, _refused(made(), "unreachable"))
    scene.clock.advance(A_DAY_S + 1)

    await _tried(scene, _refused(made(), "unreachable"))

    assert await _alerts(scene) == ["dead"]


async def test_text_that_slack_does_not_get_because_it_cannot_be_reached_raises_no_alert(
    scene: Scene, made: Made
) -> None:
    await scene.text("hi")

    await _tried(scene, _refused(made(threadline_admins="U1"), "unreachable"))

    assert await _alerts(scene) == []


async def test_alert_with_nobody_to_go_to_is_logged_without_its_words(
    made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    await alerts.tell(made(), "hooks:1", "The webhooks of “Sales” do not work.")

    (record,) = caplog.records
    assert (record.levelno, "hooks" in record.message, "Sales" in record.message) == (logging.ERROR, True, False)
