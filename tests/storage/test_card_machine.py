"""Everything that can happen to cards, in any order, on both databases; see `card_world.py` for what holds.

The plain run is short and always the same. THREADLINE_TEST_EXAMPLES=1000 tries as many other histories.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage import sqlite
from storage.migrate import migrate
from storage.store import open_database
from tests.databases import Clock
from tests.storage.card_world import CardWorld
from tests.storage.engine import Engine

EXAMPLES = int(os.environ.get("THREADLINE_TEST_EXAMPLES", "0"))
PLAIN_EXAMPLES = 15
STEPS = 50


class CardMachine(RuleBasedStateMachine):
    """Each step is one number, as in `test_engine_machine.py`, and for the same reason."""

    engine: Engine
    blind = False

    @initialize(history=st.integers(0, 2**32 - 1))
    def begin(self, history: int) -> None:
        self.engine.reset()
        self.world = CardWorld(self.engine, blind=self.blind)
        self.history, self.steps = history, 0

    @rule(seed=st.integers(0, 2**32 - 1))
    def something_happens(self, seed: int) -> None:
        self.steps += 1
        chance = Random(f"{self.history}/{self.steps}/{seed}")
        acts = [self.world.ask, self.world.click, self.world.work, self.world.look, self.world.finish]
        acts += [self.world.decide, self.world.provider_changes, self._time_passes, self.world.finish_look]
        often = [3, 0, 6, 6, 0, 0, 0, 4, 0] if self.blind else [3, 4, 6, 4, 3, 3, 2, 4, 2]
        act = chance.choices(acts, often)[0]
        note(act.__name__)
        act(chance)

    def _time_passes(self, chance: Random) -> None:
        self.engine.clock.advance(chance.choice([1, 2, 16, 61, 700, 90_000]))
        if chance.random() < 0.7:
            self.world.poll(chance)

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        self.world.check()


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


def _run(engine: Engine, *, blind: bool) -> None:
    machine = type("Machine", (CardMachine,), {"engine": engine, "blind": blind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES or PLAIN_EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=not EXAMPLES,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate] if blind else list(Phase),  # nobody wants the shortest one
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_cards_keep_their_promises_whatever_happens(engine: Engine) -> None:
    _run(engine, blind=False)


def test_what_is_repeated_blindly_is_noticed(engine: Engine) -> None:
    """The control: a worker that does again whatever it does not know of asks somebody twice."""
    with pytest.raises(AssertionError, match="nobody is asked twice"):
        _run(engine, blind=True)
