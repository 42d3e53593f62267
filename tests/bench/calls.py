"""Benchmark 6: what a provider's method adds to the bare httpx call that it makes."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
from pydantic import SecretStr

from bot.model import Number
from bot.providers.textrequest import TextRequest
from bot.startup import utc_now
from tests.bench.result import Result
from tests.providers.cases.common import fixture, line
from tests.providers.far_end import Answer, FarEnd

KEY = "bench-textrequest-key"
CONTACT = Number("+14155550134")
ADDED_MS = 1.5

Once = Callable[[], Awaitable[object]]


async def added_to_a_call(_: Path, count: int) -> Result:
    """One contact read, by turns through the provider and by httpx alone, over loopback."""
    async with FarEnd() as far_end, httpx.AsyncClient(headers={"x-api-key": KEY}) as client:
        address = f"{far_end.url}/dashboards/121/contacts/{CONTACT}"
        provider = TextRequest(api_key=SecretStr(KEY), api_url=far_end.url, clock=utc_now)

        async def bare() -> object:
            return (await client.get(address)).json()

        async def ours() -> object:
            return await provider.read_contact(line("textrequest", "121"), CONTACT)

        taken = await _by_turns(far_end, (ours, bare), count)
        await provider.close()
    return Result(
        name="6. a provider's read",
        ours=statistics.median(taken[ours]),
        bare=statistics.median(taken[bare]),
        unit="ms",
        goal=ADDED_MS,
        goal_of="added",
        at_least=False,
        remark=f"medians of {count:,}; what is added is the goal's",
    )


async def _by_turns(far_end: FarEnd, ways: tuple[Once, ...], count: int) -> dict[Once, list[float]]:
    answer = Answer(200, fixture("textrequest", "contact_whole.json"), {"content-type": "application/json"})
    taken: dict[Once, list[float]] = {way: [] for way in ways}
    for _ in range(count):
        for way in ways:
            far_end.will_answer(answer)
            far_end.heard.clear()
            await asyncio.sleep(0)
            began = time.perf_counter()
            await way()
            taken[way].append((time.perf_counter() - began) * 1_000)
    return taken
