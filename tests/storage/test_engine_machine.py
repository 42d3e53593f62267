"""Everything that can happen to the engine, in any order, on both databases; see `engine_truth.py` for what holds.

The plain run is short and always the same. THREADLINE_TEST_EXAMPLES=1000 tries as many other histories.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
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
PLAIN_EXAMPLES = 40
STEPS = 60

few = st.integers(0, 3)
coin = st.booleans()
rarely = st.sampled_from([False, False, False, True])
mostly = st.sampled_from([True, True, True, False])
outcomes = st.lists(st.integers(0, DIES), min_size=4, max_size=4)


class EngineMachine(RuleBasedStateMachine):
    """Draws who does what. One rule, because Hypothesis leaves whole rules out of a history, and then little
    comes of the others."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.world = World(self.engine)

    @rule(data=st.data(), who=st.sampled_from("wwwwooooccppt"))
    def something_happens(self, data: st.DataObject, who: str) -> None:
        match who:
            case "w":
                self.somebody_writes(data)
            case "o":
                self.somebody_works(data)
            case "c":
                self.somebody_clicks(data)
            case "p":
                self.provider_tells(data, data.draw(st.sampled_from(Delivery)))
            case _:
                self.time_passes(data)

    def somebody_writes(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(["contact", "writer", "writer", "writer", "editor", "slack"]))
        if who == "contact":
            self.world.text(data.draw(st.sampled_from(CONTACTS)), again=data.draw(rarely))
        elif who == "writer":
            place = data.draw(st.sampled_from(self.world.places()))
            self.world.member_writes(place, data.draw(few), note=data.draw(rarely), at_once=data.draw(mostly))
        elif who == "editor" and self.world.newest:
            key = data.draw(st.sampled_from(list(self.world.newest)[-4:]))
            what = data.draw(st.sampled_from(["edit", "edit", "note", "delete"]))
            self.world.member_changes(key, what, at_once=data.draw(mostly))
        else:
            self.world.event_arrives(data.draw(few), again=data.draw(rarely))

    def somebody_works(self, data: st.DataObject) -> None:
        what = data.draw(st.sampled_from(["work", "work", "work", "work well", "orphans", "wake up"]))
        if what == "work":
            self.world.work(data.draw(st.integers(1, 4)), data.draw(outcomes))
        elif what == "work well":
            self.world.work_well()
        elif what == "orphans":
            self.engine.clock.advance(data.draw(st.sampled_from([0, 2, 61])))
            self.world.look_for_orphans(data.draw(outcomes))
        elif held := self.world.held():
            self.world.finish(data.draw(st.sampled_from(held)), data.draw(st.integers(0, DIES - 1)))

    def somebody_clicks(self, data: st.DataObject) -> None:
        if notices := self.world.notices():
            self.world.click(data.draw(st.sampled_from(notices)), other_button=data.draw(coin))

    def provider_tells(self, data: st.DataObject, delivery: Delivery) -> None:
        what = data.draw(st.sampled_from(["late", "late", "early", "echo", "elsewhere"]))
        texts = list(self.world.sent)[-5:]
        waiting = [hand for hand in self.world.held() if hand.message.direction == Direction.OUT]
        if what == "early" and waiting:
            self.world.report_early(data.draw(st.sampled_from(waiting)), delivery)
        elif what == "elsewhere":
            self.world.echo_from_elsewhere(data.draw(st.sampled_from(CONTACTS)))
        elif texts and what == "echo":
            self.world.echo(data.draw(st.sampled_from(texts)), by_token=data.draw(coin))
        elif texts:
            by = data.draw(st.sampled_from(["id", "token", "both"]))
            self.world.report(data.draw(st.sampled_from(texts)), delivery, by)

    def time_passes(self, data: st.DataObject) -> None:
        self.engine.clock.advance(data.draw(st.sampled_from([1, 2, 5, 61, 700])))
        if data.draw(coin):
            self.world.run(self.world.scene.settle_echoes())
        if data.draw(rarely):
            self.world.line_moves(data.draw(st.sampled_from(["C1", "C2"])))

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        self.world.truth.check(self.engine.rows())


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

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # theirs
        machine,
        settings=settings(
            max_examples=EXAMPLES or PLAIN_EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=not EXAMPLES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
