"""Pace is part of the claim, and every replica goes by it."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Direction, Number
from bot.pace import PaceRule, allowance, per_minute, provider_pace
from storage.store import Store
from tests.storage.scene import PROVIDER, Scene, claims_of, next_due_in_s

MINUTE_US = 60_000_000
PACE = provider_pace(PROVIDER)


def _uses(rule: PaceRule, requests: list[tuple[int, int]]) -> list[int]:
    """When uses happen, if after each pause so many are asked for."""
    now, next_at, used = 0, 0, []
    for pause_us, asked in requests:
        now += pause_us
        open_now = allowance(rule, next_at, now, asked) if asked else 0
        next_at = max(next_at, now) + open_now * rule.interval_us if open_now else next_at
        used += [now] * open_now
    return used


def _most_in_a_minute(uses: list[int]) -> int:
    return max((sum(1 for use in uses if start <= use < start + MINUTE_US) for start in uses), default=0)


@given(
    calls=st.sampled_from([1, 2, 3, 7, 60, 100]),
    requests=st.lists(
        st.tuples(
            st.integers(0, 20_000_000) | st.sampled_from([0, 1, 857_142, 857_143, MINUTE_US]), st.integers(0, 40)
        ),
        max_size=60,
    ),
)
def test_never_more_than_the_calls_of_a_minute_in_any_minute(calls: int, requests: list[tuple[int, int]]) -> None:
    uses = _uses(per_minute(calls), requests)

    assert _most_in_a_minute(uses) <= calls


@pytest.mark.parametrize("calls", [1, 2, 100, 999, 9_973, 19_997, 50_021])
def test_greedy_use_gets_through_what_a_minute_holds_and_no_more(calls: int) -> None:
    rule = per_minute(calls)
    every_interval = [(rule.interval_us, calls)] * (MINUTE_US // rule.interval_us)

    uses = _uses(rule, [(0, calls), *every_interval])

    in_first_minute = sum(1 for use in uses if use < MINUTE_US)
    assert calls * 0.98 - 1 <= in_first_minute <= calls


@given(next_at=st.integers(0, 10**9), now=st.integers(0, 10**9), most=st.integers(0, 50))
def test_unpaced_lets_everything_through(next_at: int, now: int, most: int) -> None:
    assert allowance(per_minute(0), next_at, now, most) == most


async def test_burst_of_a_minute_goes_through_and_then_one_each_interval(
    scene: Scene, rules: dict[str, PaceRule]
) -> None:
    rules["slack:find"] = PaceRule(interval_us=1_000_000, burst_us=2_000_000)

    waits = [await scene.store.paces.take("slack:find") for _ in range(4)]
    scene.clock.advance(1)
    waits += [await scene.store.paces.take("slack:find") for _ in range(2)]

    assert waits == [0.0, 0.0, 0.0, 1.0, 0.0, 1.0]


async def test_unpaced_name_is_always_open(scene: Scene) -> None:
    assert [await scene.store.paces.take("slack:find") for _ in range(50)] == [0.0] * 50


async def test_blocked_name_says_how_long_to_wait_even_when_unpaced(scene: Scene) -> None:
    await scene.store.paces.block("slack:find", 30)

    assert await scene.store.paces.take("slack:find") == 30.0


async def test_block_leaves_other_names_alone(scene: Scene) -> None:
    await scene.store.paces.block("slack:find", 30)

    assert await scene.store.paces.take("slack:chat.update") == 0.0


async def test_two_bots_that_take_at_once_share_the_pace(
    scene: Scene, replica: Store, rules: dict[str, PaceRule]
) -> None:
    rules["slack:find"] = PaceRule(interval_us=1_000_000, burst_us=2_000_000)

    waits = await asyncio.gather(
        *(store.paces.take("slack:find") for _ in range(6) for store in (scene.store, replica))
    )

    assert sum(wait == 0 for wait in waits) == 3


# --- Claims


def _contact(n: int) -> Number:
    return Number(f"+141555502{n:02}")


async def _replies(scene: Scene, how_many: int) -> None:
    """So many conversations with a reply that may go out."""
    for n in range(how_many):
        await scene.text("hello", contact=_contact(n))
    await scene.mirror_all()
    for n, row in enumerate(await scene.rows("select root_ts from conversations order by id")):
        await scene.reply("yes", at=5 + n, thread_ts=row["root_ts"])


async def test_claim_takes_only_what_the_pace_lets_through(scene: Scene, rules: dict[str, PaceRule]) -> None:
    rules[PACE] = PaceRule(interval_us=1_000_000, burst_us=1_000_000)
    await _replies(scene, 5)

    claimed = [len(await scene.claim())]
    for _ in range(3):
        scene.clock.advance(1)
        claimed.append(len(await scene.claim()))

    assert claimed == [2, 1, 1, 1]


async def test_two_bots_that_claim_at_once_share_the_pace(
    scene: Scene, replica: Store, rules: dict[str, PaceRule]
) -> None:
    rules[PACE] = PaceRule(interval_us=1_000_000, burst_us=1_000_000)
    await _replies(scene, 6)

    rounds = await asyncio.gather(*(claims_of(store, 2) for _ in range(3) for store in (scene.store, replica)))

    assert sum(len(claims) for claims in rounds) == 2


async def test_closed_pace_holds_up_no_other(scene: Scene, rules: dict[str, PaceRule]) -> None:
    rules[PACE] = PaceRule(interval_us=1_000_000)
    await _replies(scene, 2)
    await scene.claim()
    await scene.text("again", contact=_contact(0))

    claims = await scene.claim()

    assert [claim.message.direction for claim in claims] == [Direction.IN]


async def test_refusal_for_coming_too_often_closes_the_pace_for_everybody(scene: Scene, replica: Store) -> None:
    await _replies(scene, 3)
    first = (await scene.claim(1))[0]
    await scene.store.outcomes.later(first, 20, closes=PACE)
    while_closed = await claims_of(replica, 8)

    scene.clock.advance(20)

    assert while_closed == []
    assert len(await claims_of(replica, 8)) == 3


async def test_closed_pace_says_when_it_opens(scene: Scene) -> None:
    await _replies(scene, 3)
    await scene.store.outcomes.later((await scene.claim(1))[0], 20, closes=PACE)

    assert await next_due_in_s(scene.store) == 20.0


async def test_used_up_pace_says_when_it_opens(scene: Scene, rules: dict[str, PaceRule]) -> None:
    rules[PACE] = PaceRule(interval_us=2_000_000)
    await _replies(scene, 3)
    for claim in await scene.claim():
        await scene.send(claim)

    assert await next_due_in_s(scene.store) == 2.0


async def test_each_channel_has_a_pace_of_its_own(scene: Scene, rules: dict[str, PaceRule]) -> None:
    rules["slack:post:C7"] = rules["slack:post:C8"] = PaceRule(interval_us=1_000_000)
    for topic in ("one", "two"):
        await scene.store.health.alert(("C7", "C8"), topic, "words")

    claims = await scene.claim()

    assert sorted(str(claim.message.channel) for claim in claims) == ["C7", "C8"]
