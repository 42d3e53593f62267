"""`python -m tests.survival`: every run, one after the other, and a table of what they came to.

Exit code 0 when nothing was lost, doubled or out of order, and the control failed as it must.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.databases import NoPostgres, postgres_server
from tests.survival.course import run
from tests.survival.plan import Found, Plan
from tests.survival.table import legend, table

REPLICAS_PACE_S = 0.1
REPLICAS_TEXTS_PER_MINUTE = 1_200


def main() -> int:
    """The command line."""
    asked = _parser().parse_args()
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # killed in the middle of a request
    folder = Path(tempfile.mkdtemp(prefix="threadline-survival-"))
    _say(f"seed {asked.seed}, logs of the bots in {folder}\n")
    found = list(_runs(asked, folder))
    _say(f"\n{table(found)}\n\n{legend()}\n")
    _say_of_control(found)
    return 0 if all(one.perfect != one.plan.blind for one in found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.survival", description=__doc__)
    parser.add_argument("--messages", type=int, default=2_000, help="texts and replies of each run")
    parser.add_argument("--conversations", type=int, default=50)
    parser.add_argument("--kills", type=int, default=15, help="of each run on one bot")
    parser.add_argument("--seed", type=int, default=1, help="of every choice that is made by chance")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--only", choices=("kills", "control", "replicas"), default=None, help="one kind of run")
    return parser


def _runs(asked: argparse.Namespace, folder: Path) -> Iterator[Found]:
    if asked.database != "postgres":
        for plan in _plans(asked, "kills", "control"):
            place = folder / f"sqlite-{plan.title}"
            place.mkdir()
            yield _one(plan, str(place / "threadline.db"), place)
    if asked.database != "sqlite":
        try:
            yield from _on_postgres(_plans(asked, "kills", "replicas"), folder)
        except NoPostgres as reason:
            _say(f"{reason}\n")


def _on_postgres(plans: list[Plan], folder: Path) -> Iterator[Found]:
    with postgres_server() as server:
        for plan in plans:
            with server.fresh() as url:
                yield _one(plan, url, folder / f"postgres-{plan.title}")


def _one(plan: Plan, database: str, folder: Path) -> Found:
    _say(f"{plan.title}: {plan.messages} messages, {plan.kills} kills …\n")
    return asyncio.run(run(plan, database, folder))


def _plans(asked: argparse.Namespace, *titles: str) -> list[Plan]:
    wanted = [title for title in titles if asked.only in (None, title)]
    return [plan_of(title, asked.messages, asked) for title in wanted]


def plan_of(title: str, messages: int, asked: argparse.Namespace) -> Plan:
    """The run of that name."""
    replicas = title == "replicas"
    return Plan(
        title=title,
        messages=messages,
        conversations=asked.conversations,
        kills=1 if replicas else asked.kills,
        seed=asked.seed,
        bots=2 if replicas else 1,
        blind=title == "control",
        slack_pace_s=REPLICAS_PACE_S if replicas else 0.0,
        texts_per_minute=REPLICAS_TEXTS_PER_MINUTE if replicas else 0,
    )


def _say_of_control(found: list[Found]) -> None:
    for one in found:
        if one.plan.blind and not one.perfect:
            doubled = one.verdict.texts_twice + one.verdict.posts_twice
            _say(f"the control lost {one.verdict.lost} and doubled {doubled}: this test can fail\n")


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
