"""Pace: how often something may be asked of Slack or a provider, shared by all replicas.

A generic cell rate algorithm: a name is open while `next_at - burst <= now`, and each use moves `next_at` by
one interval. A 429 closes it until a time.
"""

from __future__ import annotations

from bot.pace import LONGEST_BLOCK_US, PaceRule, Rules, blocked, leaving, standing
from storage.database import Database, Row, Tx

_LOOK = "select name, next_at, blocked_until, :now as now from paces where name = :name"
_LOCK = f"{_LOOK} /* for update */"


class Paces:
    """The table `paces`, for calls that are not claims."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self._database = database
        self._rules = rules

    async def take(self, name: str, *, leave: float = 0.0) -> float:
        """Use `name` once now and return 0, or return how many seconds to wait before asking again. `leave`: the
        share of the bucket that is left to others."""

        async def unit(tx: Tx) -> float:
            row, rule = await locked(tx, name), self._rules(name)
            now = int(row["now"])
            wait = wait_us(leaving(rule, leave), row, now)
            if wait > 0:
                return wait / 1_000_000
            await use(tx, name, next_at=standing(rule, row["next_at"], now) + rule.interval_us)
            return 0.0

        return await self._database.write(unit, order=name)

    async def wait_s(self, name: str) -> float:
        """How long `take` would have to wait now; takes nothing."""

        async def unit(tx: Tx) -> float:
            row = await tx.row(_LOOK, name=name)
            return 0.0 if row is None else wait_us(self._rules(name), row, int(row["now"])) / 1_000_000

        return await self._database.read(unit)

    async def block(self, name: str, for_s: float) -> None:
        """The far end said 429: close `name` for so long."""
        await self._database.write(lambda tx: block(tx, name, for_s), order=name)


def wait_us(rule: PaceRule, row: Row, now: int) -> int:
    """Microseconds until a name is open, 0 when it is. Pure."""
    if blocked(row["blocked_until"], now):
        return int(row["blocked_until"]) - now
    return max(0, standing(rule, row["next_at"], now) - rule.burst_us - now)


async def locked(tx: Tx, name: str) -> Row:
    """Where a name stands, locked until the transaction ends, so that replicas use it in turn."""
    row = await tx.row(_LOCK, name=name)
    if row is None:
        await tx.run("insert into paces (name) values (:name) on conflict (name) do nothing", name=name)
        row = await tx.row(_LOCK, name=name)
    assert row is not None
    return row


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
        on conflict (name) do update set blocked_until = case
          when paces.blocked_until > excluded.blocked_until and paces.blocked_until <= :now + :hour
          then paces.blocked_until else excluded.blocked_until end""",
        name=name,
        us=int(for_s * 1_000_000),
        hour=LONGEST_BLOCK_US,
    )
