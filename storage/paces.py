"""Pace: how often something may be asked of Slack or a provider, shared by all replicas.

A generic cell rate algorithm: a name is open while `next_at - burst <= now`, and each use moves `next_at` by
one interval. A 429 closes it until a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storage.database import Database, Tx
from storage.messages import now_us


@dataclass(frozen=True, slots=True)
class PaceRule:
    """Microseconds between two uses in the long run, and how far ahead a burst may run."""

    interval_us: int
    burst_us: int = 0


UNPACED = PaceRule(0)
Rules = Callable[[str], PaceRule]


def per_minute(calls: int) -> PaceRule:
    """Never more than `calls` in any minute: a bucket of 30 % of them, refilled with the other 70 %. Pure."""
    if calls <= 0:
        return UNPACED
    bucket = max(1, calls * 3 // 10)
    interval_us = 60_000_000 // max(1, calls - bucket)
    return PaceRule(interval_us, (bucket - 1) * interval_us)


def allowance(rule: PaceRule, next_at: int, now: int, most: int) -> int:
    """How many uses are open at `now`, `most` at the most. Pure."""
    if rule.interval_us == 0:
        return most
    ahead = now + rule.burst_us - max(next_at, now)
    return 0 if ahead < 0 else min(most, ahead // rule.interval_us + 1)


class Paces:
    """The table `paces`, for calls that are not claims."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self._database = database
        self._rules = rules

    async def take(self, name: str) -> float:
        """Use `name` once now and return 0, or return how many seconds to wait before asking again."""

        async def unit(tx: Tx) -> float:
            row = await tx.row("select next_at, blocked_until from paces where name = :name", name=name)
            now = await now_us(tx)
            next_at, blocked = (row["next_at"], row["blocked_until"]) if row else (0, 0)
            rule = self._rules(name)
            wait = max(blocked, max(next_at, now) - rule.burst_us) - now
            if wait > 0:
                return wait / 1_000_000
            await use(tx, name, next_at=max(next_at, now) + rule.interval_us)
            return 0.0

        return await self._database.write(unit, order=name)

    async def block(self, name: str, for_s: float) -> None:
        """The far end said 429: close `name` for so long."""
        await self._database.write(lambda tx: block(tx, name, for_s), order=name)


async def use(tx: Tx, name: str, *, next_at: int) -> None:
    """Note a use."""
    await tx.run(
        """insert into paces (name, next_at) values (:name, :next_at)
        on conflict (name) do update set next_at = excluded.next_at""",
        name=name,
        next_at=next_at,
    )


async def block(tx: Tx, name: str, for_s: float) -> None:
    """Close `name` for so long."""
    await tx.run(
        """insert into paces (name, blocked_until) values (:name, :now + :us)
        on conflict (name) do update set blocked_until = excluded.blocked_until""",
        name=name,
        us=int(for_s * 1_000_000),
    )
