"""Who is in a channel or a user group, as Slack said last."""

from __future__ import annotations

from bot.model import MemberId
from storage.database import Database, Tx


class Circles:
    """The table `circles`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, circle: str, max_age_s: float) -> frozenset[MemberId] | None:
        """Its members as known, if that is no older than `max_age_s`."""

        async def unit(tx: Tx) -> frozenset[MemberId] | None:
            row = await tx.row(
                "select members from circles where id = :id and checked_at > :now - :age",
                id=circle,
                age=int(max_age_s * 1_000_000),
            )
            return None if row is None else frozenset(MemberId(each) for each in row["members"].split())

        return await self._database.read(unit)

    async def note(self, circle: str, members: frozenset[MemberId]) -> None:
        """Remember who is in it."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """insert into circles (id, members, checked_at) values (:id, :members, :now)
                on conflict (id) do update set members = excluded.members, checked_at = excluded.checked_at""",
                id=circle,
                members=" ".join(sorted(members)),
            )

        await self._database.write(unit)

    async def forget(self, circle: str) -> None:
        """Have Slack asked again."""
        await self._database.write(lambda tx: tx.run("delete from circles where id = :id", id=circle))
