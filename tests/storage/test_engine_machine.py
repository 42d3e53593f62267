"""Everything that can happen to the engine, in any order, on both databases; see `engine_truth.py` for what holds.

The plain run is short and always the same. THREADLINE_TEST_EXAMPLES=1000 tries as many other histories.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.model import Delivery, Direction
from storage import sqlite
from storage.migrate import migrate
from storage.store import open_database
from tests.databases import Clock
from tests.storage.engine import Engine
from tests.storage.engine_world import CONTACTS, DIES, World

EXAMPLES = int(os.environ.get("THREADLINE_TEST_EXAMPLES", "0"))
PLAIN_EXAMPLES = 60
STEPS = 60


class EngineMachine(RuleBasedStateMachine):
    """Each step is one number, and whatever follows from it by chance: Hypothesis shortens a history that fails,
    and does not shape it. Left to itself it leaves out whole rules and likes a few numbers best, and then little
    happens; so the number of the step counts, too."""

    engine: Engine

    @initialize(history=st.integers(0, 2**32 - 1))
    def begin(self, history: int) -> None:
        self.world = World(self.engine)
        self.history = history
        self.steps = 0

    @rule(seed=st.integers(0, 2**32 - 1))
    def something_happens(self, seed: int) -> None:
        self.steps += 1
        chance = Random(f"{self.history}/{self.steps}/{seed}")
        act = chance.choices(
            [somebody_writes, somebody_works, somebody_clicks, provider_tells, time_passes], [8, 8, 4, 3, 1]
        )[0]
        note(act.__name__)
        act(self.world, chance)

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        self.world.truth.check(self.engine.rows())


def somebody_writes(world: World, chance: Random) -> None:
    """A contact, a member who writes or changes their mind, or Slack, which is late or repeats itself."""
    at_once = chance.random() < 0.7
    match chance.choices(["contact", "writer", "editor", "slack"], [1, 6, 4, 2])[0]:
        case "contact":
            world.text(chance.choices(CONTACTS, [3, 1])[0], again=chance.random() < 0.2)
        case "writer":
            is_note = chance.random() < 0.1
            behind_s = chance.choice([0, 0, 1, 30, 300])
            world.member_writes(chance.choice(world.places()), behind_s, note=is_note, at_once=at_once)
        case "editor" if world.newest:
            what = chance.choices(["edit", "note", "delete"], [3, 1, 1])[0]
            world.member_changes(chance.choice(world.messages()), what, at_once=at_once)
        case _:
            world.event_arrives(chance.randrange(4), again=chance.random() < 0.3)


def somebody_works(world: World, chance: Random) -> None:
    """A worker that claims, one that looks for orphans, or one that was only slow."""
    choices = chance.choices(range(DIES + 1), [5, 5, 3, 3, 3, 3, 8], k=8)
    match chance.choices(["work", "work well", "orphans", "wake up"], [4, 2, 3, 3])[0]:
        case "work":
            world.work(chance.randint(1, 4), choices)
        case "work well":
            world.work_well()
        case "orphans":
            world.engine.clock.advance(chance.choice([2, 61, 61]))
            world.look_for_orphans(choices)
        case _ if held := world.held():
            world.finish(chance.choice(held), chance.randrange(DIES))


def somebody_clicks(world: World, chance: Random) -> None:
    """On any notice of the last few, answered or not."""
    if notices := world.notices():
        world.click(chance.choice(notices), other_button=chance.random() < 0.4)


def provider_tells(world: World, chance: Random) -> None:
    """How far a text got, in any order; or that a text left, from here or from elsewhere."""
    texts, delivery = list(world.sent)[-4:], chance.choice(list(Delivery))
    waiting = [hand for hand in world.held() if hand.message.direction == Direction.OUT]
    match chance.choices(["late", "early", "echo", "elsewhere"], [5, 2, 2, 1])[0]:
        case "early" if waiting:
            world.report_early(chance.choice(waiting), delivery)
        case "elsewhere":
            world.echo_from_elsewhere(chance.choice(CONTACTS))
        case "echo" if texts:
            world.echo(chance.choice(texts), by_token=chance.random() < 0.5)
        case _ if texts:
            world.report(chance.choice(texts), delivery, chance.choice(["id", "token", "both"]))


def time_passes(world: World, chance: Random) -> None:
    """And with it come the periodic duties, and now and then an admin."""
    world.engine.clock.advance(chance.choice([1, 2, 5, 61, 700]))
    if chance.random() < 0.6:
        world.run(world.scene.settle_echoes())
    if chance.random() < 0.3:
        world.line_moves(chance.choice(["C1", "C2"]))
    if chance.random() < 0.3:
        world.root_is_deleted(chance.choice(list(world.roots)))


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """A loop that goes on between the steps."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def engine(runner: asyncio.Runner, url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine on each of the two databases."""
    monkeypatch.setattr(sqlite, "BREATH_S", 0.0)
    database = runner.run(open_database(url, clock=clock))
    runner.run(migrate(database))
    yield Engine(runner, database, clock)
    runner.run(database.close())


def test_engine_keeps_its_promises_whatever_happens(engine: Engine) -> None:
    machine = type("Machine", (EngineMachine,), {"engine": engine})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES or PLAIN_EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=not EXAMPLES,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
