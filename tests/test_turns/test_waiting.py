"""Reads keep to the pace that is kept for all, and wait for their turns in order."""

from __future__ import annotations

import asyncio

import pytest

from bot.http.turns import LONGEST_S
from bot.pace import PaceRule, leaving, per_minute
from storage.store import Store
from tests.providers.cases.common import list_all
from tests.providers.cases.textrequest import TR_LINE
from tests.providers.far_end import Answer
from tests.test_turns.conftest import (
    A_MINUTE,
    AT_ONCE,
    PACE,
    Office,
    most_in_a_minute,
    text_request_of,
)

# --- What is left -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("calls", "at_once"), [(100, 20), (10, 2), (4, 1), (1, 1)])
def test_reads_stop_while_a_third_of_the_bucket_is_left(calls: int, at_once: int) -> None:
    rule = leaving(per_minute(calls), 1 / 3)

    assert rule.interval_us == per_minute(calls).interval_us
    assert rule.burst_us // rule.interval_us + 1 == at_once


def test_unpaced_leaves_nothing_and_stays_unpaced() -> None:
    assert leaving(per_minute(0), 1 / 3) == per_minute(0)


async def test_what_is_left_can_be_used_by_others(store: Store, rules: dict[str, PaceRule]) -> None:
    rules[PACE] = PaceRule(interval_us=1_000_000, burst_us=5_000_000)

    reads = [await store.paces.take(PACE, leave=1 / 3) for _ in range(5)]
    texts = [await store.paces.take(PACE) for _ in range(3)]

    assert reads == [0.0, 0.0, 0.0, 0.0, 1.0]
    assert texts == [0.0, 0.0, 1.0]


# --- Waiting ----------------------------------------------------------------------------------------------


async def test_three_hundred_reads_at_once_keep_to_a_hundred_a_minute(office: Office) -> None:
    await asyncio.gather(*(office.read() for _ in range(300)))

    assert len(office.far_end.at) == 300
    assert 80 <= most_in_a_minute(office.far_end.at) <= A_MINUTE


async def test_read_without_a_turn_within_a_minute_gives_up(office: Office) -> None:
    came = await asyncio.gather(*(office.try_to_read() for _ in range(300)))

    assert came.count(True) == len(office.far_end.at)
    assert AT_ONCE < came.count(True) <= A_MINUTE
    assert sum(office.slept) <= LONGEST_S


async def test_reads_take_turns_in_their_order(office: Office) -> None:
    await office.use_up()
    order: list[int] = []

    async def read(n: int) -> None:
        await office.http.read("/list")
        order.append(n)

    await asyncio.gather(*(read(n) for n in range(5)))

    assert order == [0, 1, 2, 3, 4]


async def test_call_that_changes_something_takes_a_turn_too(office: Office) -> None:
    await office.use_up()

    await office.http.act("POST", "/hooks", {})

    assert len(office.slept) == 1


async def test_each_page_of_a_list_takes_a_turn(store: Store, office: Office) -> None:
    office.far_end.will_answer(
        *[Answer(200, b'{"meta": {"page_size": 1, "total_items": 10}, "items": [{}]}')] * 10
    )
    provider = text_request_of(office)

    await list_all(provider, TR_LINE)

    assert office.paces.given == len(office.far_end.at) == 10
    await provider.close()
