"""`python -m tests.bench`: every benchmark, one after the other, in one table with the machine named.

A figure means nothing on a machine that does something else meanwhile. Ratios mean more than rates.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.bench.accept import webhook_to_durable
from tests.bench.acks import acks_under_load
from tests.bench.calls import added_to_a_call
from tests.bench.footprint import footprint
from tests.bench.growth import cost_of_growth
from tests.bench.inbound import inbound
from tests.bench.latency import idle_latency
from tests.bench.machine import machine
from tests.bench.result import Result, table

Benchmark = Callable[[Path, int], Awaitable[Result | list[Result]]]

# Number → what it is, and how much of it is enough: texts, posts, messages of each way, rows, texts, calls.
BENCHMARKS: dict[int, tuple[Benchmark, int]] = {
    1: (webhook_to_durable, 6_000),
    2: (inbound, 6_000),
    3: (idle_latency, 300),
    4: (cost_of_growth, 1_000_000),
    5: (footprint, 100_000),
    6: (added_to_a_call, 1_000),
    7: (acks_under_load, 3_000),
}


def main() -> int:
    """The command line; the exit code says nothing about the goals."""
    asked = _parser().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="threadline-bench-"))
    try:
        results = [result for number in asked.only for result in _results(number, asked.scale, folder)]
    finally:
        shutil.rmtree(folder)
    _say(f"\n{machine()}\n\n{table(results)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    numbers = sorted(BENCHMARKS)
    parser.add_argument("--only", type=int, nargs="+", choices=numbers, default=numbers, metavar="N")
    parser.add_argument("--scale", type=float, default=1.0, help="0.1: a tenth of everything, for a first look")
    return parser


def _results(number: int, scale: float, folder: Path) -> list[Result]:
    benchmark, much = BENCHMARKS[number]
    _say(f"{number} …\n")
    found = asyncio.run(_run(benchmark, folder, int(much * scale)))
    return found if isinstance(found, list) else [found]


async def _run(benchmark: Benchmark, folder: Path, much: int) -> Result | list[Result]:
    return await benchmark(folder, much)


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
