"""Up to when the bot surely heard everything that Slack had to say, and what it still owes.

One row of `heard`. Hearing is a chain of beats; a beat that comes too late, for whatever reason (a crash, a
frozen machine, a broken network, a database that was away), leaves a gap, and a gap is owed until it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from storage.database import Database, Tx, instant
from storage.messages import now_us

_SLACK = "slack"
DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be read: everything since then. `gap` tells a later gap from this one."""

    since: datetime
    gap: int


@dataclass(frozen=True, slots=True)
class _Heard:
    until: int  # microseconds
    owed: int | None = None  # read from there
    gap: int = 0  # how many gaps there were


class Gaps:
    """The chain of beats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, tolerance_s: float, *, fresh: bool = False) -> bool:
        """Slack is heard now; True when that ends a gap. `fresh`: the process has just begun, so it is one."""

        async def unit(tx: Tx) -> bool:
            now, heard = await now_us(tx), await _read(tx)
            gap = heard is not None and (fresh or abs(now - heard.until) > tolerance_s * 1_000_000)
            if heard is not None and gap:
                heard = _owing(heard, now)
            await _write(tx, replace(heard or _Heard(now), until=now))
            return gap

        return await self._database.write(unit)

    async def owe(self) -> None:
        """Nobody can tell what was heard since the last time: it is to be read."""

        async def unit(tx: Tx) -> None:
            now, heard = await now_us(tx), await _read(tx)
            await _write(tx, _Heard(now) if heard is None else replace(_owing(heard, now), until=now))

        await self._database.write(unit)

    async def owed(self) -> Owed | None:
        """What is to be read, or None."""

        async def unit(tx: Tx) -> Owed | None:
            heard = await _read(tx)
            return None if heard is None or heard.owed is None else Owed(instant(heard.owed), heard.gap)

        return await self._database.read(unit)

    async def paid(self, owed: Owed) -> None:
        """It was read. If there was another gap meanwhile, everything is still owed."""

        async def unit(tx: Tx) -> None:
            heard = await _read(tx)
            if heard is not None and heard.gap == owed.gap:
                await _write(tx, replace(heard, owed=None))

        await self._database.write(unit)


def _owing(heard: _Heard, now: int) -> _Heard:
    """One more gap, from where hearing ended; an older debt reaches further back. A time that has not come was
    written by a clock that was set back since. Pure."""
    until = heard.until if heard.until <= now else now - DAY_US
    return replace(heard, owed=until if heard.owed is None else min(until, heard.owed), gap=heard.gap + 1)


async def _read(tx: Tx) -> _Heard | None:
    row = await tx.row(
        "select until_at, owed_since, gap from heard where source = :source /* for update */", source=_SLACK
    )
    return None if row is None else _Heard(row["until_at"], row["owed_since"], row["gap"])


async def _write(tx: Tx, heard: _Heard) -> None:
    await tx.run(
        """insert into heard (source, until_at, owed_since, gap) values (:source, :until, :owed, :gap)
        on conflict (source) do update set until_at = excluded.until_at, owed_since = excluded.owed_since,
          gap = excluded.gap""",
        source=_SLACK,
        until=heard.until,
        owed=heard.owed,
        gap=heard.gap,
    )
