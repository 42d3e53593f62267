"""The bot is killed again and again, and nothing is lost, doubled or out of order; a worse bot is found out.

Small versions of the runs of `python -m tests.survival`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.survival.course import run
from tests.survival.plan import Plan

pytestmark = pytest.mark.survival

SEED = 1


def small(title: str, *, bots: int = 1, kills: int = 4, blind: bool = False, pace_s: float = 0.0) -> Plan:
    """A run of a few seconds."""
    return Plan(
        title=title,
        messages=150,
        conversations=8,
        kills=kills,
        seed=SEED,
        bots=bots,
        blind=blind,
        slack_pace_s=pace_s,
        patience_s=30.0,
    )


async def test_bot_killed_again_and_again_keeps_its_promises_on_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    found = await run(small("kills"), sqlite_url, tmp_path)

    assert found.perfect, found


async def test_bot_killed_again_and_again_keeps_its_promises_on_postgres(
    postgres_url: str, tmp_path: Path
) -> None:
    found = await run(small("kills"), postgres_url, tmp_path)

    assert found.perfect, found


async def test_replica_killed_for_good_is_not_missed(postgres_url: str, tmp_path: Path) -> None:
    found = await run(small("replicas", bots=2, kills=1, pace_s=0.05), postgres_url, tmp_path)

    assert found.perfect, found


async def test_bot_that_repeats_what_it_does_not_know_is_found_out(sqlite_url: str, tmp_path: Path) -> None:
    found = await run(small("control", blind=True), sqlite_url, tmp_path)

    assert found.verdict.texts_twice + found.verdict.posts_twice > 0, found
