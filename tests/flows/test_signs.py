"""Reactions and notices under Slack's limits: nothing is written while they wait, failures are first, and one that
breaks is alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from bot.bridge import Bridge
from bot.flows import signs
from bot.model import Delivery, Post
from bot.pace import REACT, UNPACED, UPDATE, PaceRule
from bot.slack import Slack
from bot.views.signs import missing
from bot.worker import alone
from storage.database import Database, T, Unit
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene, ts
from tests.storage.wrapped import Recording

ROUNDS = 10
HOUR_US = 3_600_000_000


class Counting(Recording):
    """Counts the units that write."""

    writes = 0

    async def write(self, unit: Unit[T], *, order: str = "") -> T:
        self.writes += 1
        return await super().write(unit, order=order)


class Shown:
    """What Slack was asked to show."""

    def __init__(self) -> None:
        self.reactions: list[tuple[str, str]] = []
        self.updates: list[str] = []

    async def react(self, _channel: str, at: str, name: str) -> None:
        self.reactions.append((at, name))

    async def unreact(self, _channel: str, _at: str, _name: str) -> None:
        return

    async def update(self, _channel: str, at: str, _post: Post) -> None:
        self.updates.append(at)


@pytest.fixture
def counting(database: Database) -> Counting:
    """The database, and how often it was written to."""
    return Counting(database)


@pytest.fixture
def store(counting: Counting, rules: dict[str, PaceRule]) -> Store:
    """A store over it."""
    return Store(counting, lambda name: rules.get(name, UNPACED))


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A thread."""
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.open_thread()
    return scene


@pytest.fixture
def slack() -> Shown:
    """A Slack that shows everything."""
    return Shown()


@pytest.fixture
def bridge(made: Made, scene: Scene, slack: Shown) -> Bridge:
    """A bot in front of it."""
    return replace(made(), slack=cast("Slack", slack))


async def _replies(scene: Scene, *deliveries: Delivery) -> None:
    """Replies of which the provider said so; their signs are due."""
    for n, delivery in enumerate(deliveries):
        await scene.send_reply("words", at=5 + n, text_id=f"out-{n}")
        await scene.report(delivery, f"out-{n}")
    scene.clock.advance(2)


async def test_reactions_that_a_limit_holds_back_cost_no_writes_of_their_own(
    scene: Scene,
    bridge: Bridge,
    slack: Shown,
    counting: Counting,
    rules: dict[str, PaceRule],
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signs, "AT_ONCE", 2)
    rules[REACT] = PaceRule(HOUR_US)
    await _replies(scene, *[Delivery.DELIVERED] * 30)
    await signs.reconcile(bridge, alone)
    before = counting.writes

    waits = [await signs.reconcile(bridge, alone) for _ in range(ROUNDS)]

    assert len(slack.reactions) == 1
    assert counting.writes <= before + ROUNDS  # a look for notices, which have a limit of their own
    assert waits == [HOUR_US / 1_000_000] * ROUNDS


async def test_cards_that_a_limit_holds_back_cost_no_writes(
    scene: Scene, bridge: Bridge, slack: Shown, counting: Counting, rules: dict[str, PaceRule]
) -> None:
    rules[UPDATE] = PaceRule(HOUR_US)
    await scene.store.paces.take(UPDATE)
    await scene.store.signs.refresh_card(await scene.conversation())
    before = counting.writes

    for _ in range(ROUNDS):
        await signs.reconcile(bridge, alone)

    assert slack.updates == []
    assert counting.writes == before


async def test_failure_is_shown_before_what_went_well(
    scene: Scene, bridge: Bridge, slack: Shown, rules: dict[str, PaceRule]
) -> None:
    rules[REACT] = PaceRule(60_000_000)
    await _replies(scene, *[Delivery.DELIVERED] * 25, Delivery.FAILED)

    await signs.reconcile(bridge, alone)

    assert slack.reactions == [(ts(5 + 25), "warning")]


async def test_failure_that_comes_while_a_limit_holds_others_back_is_next(
    scene: Scene, bridge: Bridge, slack: Shown, rules: dict[str, PaceRule]
) -> None:
    rules[REACT] = PaceRule(60_000_000)
    await _replies(scene, *[Delivery.DELIVERED] * 25)
    await signs.reconcile(bridge, alone)
    await scene.send_reply("words", at=50, text_id="out-50")
    await scene.report(Delivery.FAILED, "out-50")
    await signs.reconcile(bridge, alone)

    scene.clock.advance(60)
    await signs.reconcile(bridge, alone)

    assert slack.reactions[1:] == [(ts(50), "warning")]


async def test_reactions_that_waited_are_shown_when_the_limit_is_over(
    scene: Scene, bridge: Bridge, slack: Shown, rules: dict[str, PaceRule]
) -> None:
    rules[REACT] = PaceRule(1_000_000)
    await _replies(scene, *[Delivery.DELIVERED] * 25)

    for _ in range(25):
        await signs.reconcile(bridge, alone)
        scene.clock.advance(1)

    assert sorted(at for at, _ in slack.reactions) == [ts(5 + n) for n in range(25)]


async def test_sign_that_breaks_leaves_the_others_alone(
    scene: Scene, bridge: Bridge, slack: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _replies(scene, Delivery.DELIVERED, Delivery.FAILED)
    broken = (await scene.reply_at(6)).id

    def breaks(wanted: str, shown: str) -> str | None:
        if wanted == "failed":
            raise RuntimeError("an unforeseen error")
        return missing(wanted, shown)

    monkeypatch.setattr("bot.flows.signs.missing", breaks)

    await signs.reconcile(bridge, alone)

    assert slack.reactions == [(ts(5), "white_check_mark")]
    stale = await scene.rows("select id from messages where wanted <> shown and kind = 'reply'")
    assert [row["id"] for row in stale] == [broken]
