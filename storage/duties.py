"""What is done every so often, by one replica at a time: each duty is a leased row.

A duty that is wanted now while somebody does it is done once more: what it is wanted for may have come too late
for them. Such a wish is the time 0, which whoever takes the duty puts an end to.
"""

from __future__ import annotations

from uuid import uuid4

from storage.database import Database, Tx


class Duties:
    """The table `duties`, and this process as a holder."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = uuid4().hex

    async def ensure(self, *names: str, now: bool = False) -> None:
        """Have duties exist, due at once when they are new or when `now`."""

        async def unit(tx: Tx) -> None:
            for name in sorted(names):  # replicas that do the same at once wait for each other in one order
                await tx.run(
                    """insert into duties (name, due_at) values (:name, 0) on conflict (name) do update
                    set due_at = case when :soon = 1 then 0 else duties.due_at end""",
                    name=name,
                    soon=int(now),
                )

        await self._database.write(unit)

    async def due(self) -> dict[str, bool]:
        """Every duty there is, and whether it is due and free; the longest due first."""

        async def unit(tx: Tx) -> dict[str, bool]:
            rows = await tx.rows(
                """select name, case when due_at <= :now and lease_until <= :now then 1 else 0 end as due
                from duties order by due_at"""
            )
            return {str(row["name"]): bool(row["due"]) for row in rows}

        return await self._database.read(unit)

    async def pending(self, name: str) -> bool:
        """Whether a duty is due, or being done."""

        async def unit(tx: Tx) -> bool:
            row = await tx.row(
                "select name from duties where name = :name and (due_at <= :now or lease_until > :now)", name=name
            )
            return row is not None

        return await self._database.read(unit)

    async def take(self, name: str, lease_s: float) -> bool:
        """Take a duty that is due and that nobody holds."""

        async def unit(tx: Tx) -> bool:
            taken = await tx.run(
                """update duties set lease_until = :now + :lease, due_at = 1, holder = :holder
                where name = :name and due_at <= :now and lease_until <= :now""",
                name=name,
                lease=int(lease_s * 1_000_000),
                holder=self._holder,
            )
            return taken > 0

        return await self._database.write(unit)

    async def hold(self, name: str, lease_s: float) -> None:
        """Hold on to a duty that goes on; nothing happens when somebody else has it by now."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update duties set lease_until = :now + :lease
                where name = :name and holder = :holder and lease_until > 0""",
                name=name,
                lease=int(lease_s * 1_000_000),
                holder=self._holder,
            )

        await self._database.write(unit)

    async def done(self, name: str, again_in_s: float) -> None:
        """Give it back, due again after so long, or at once when it was wanted meanwhile."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update duties set lease_until = 0, due_at = case when due_at = 0 then 0 else :now + :wait end
                where name = :name and holder = :holder""",
                name=name,
                wait=int(again_in_s * 1_000_000),
                holder=self._holder,
            )

        await self._database.write(unit)

    async def release_all(self) -> None:
        """End every lease. Only for a database that one process holds: its last holder is dead."""

        async def unit(tx: Tx) -> None:
            await tx.run("update duties set lease_until = 0")

        await self._database.write(unit)


async def hurry(tx: Tx, name: str) -> None:
    """Have a duty done now, in the transaction of what it is wanted for."""
    await tx.run("update duties set due_at = 0 where name = :name", name=name)
