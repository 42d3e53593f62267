"""What doctor and the health routes ask the database."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Database, Tx
from storage.messages import insert_alert


@dataclass(frozen=True, slots=True)
class Queue:
    """How the engine stands. Ages are seconds; None when there is nothing."""

    queued: int
    oldest_due_s: float | None
    uncertain: int
    dead_today: int
    unbound: int
    unread: int


class Health:
    """Counting."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def queue(self) -> Queue:
        """How many rows wait, and for how long the oldest that is due has."""

        async def unit(tx: Tx) -> Queue:
            row = await tx.row(
                """select :now as now,
                  (select count(*) from messages where state = 'queued') as queued,
                  (select min(case when due_at > 0 then due_at else created_at end) from messages
                    where state = 'queued' and due_at <= :now) as oldest,
                  (select count(*) from messages where state = 'uncertain') as uncertain,
                  (select count(*) from messages where state = 'dead' and kind = 'reply'
                    and finished_at > :now - 86400000000) as dead,
                  (select count(*) from unbound_texts) as unbound,
                  (select count(*) from unread_webhooks) as unread"""
            )
            assert row is not None
            oldest = None if row["oldest"] is None else (row["now"] - row["oldest"]) / 1_000_000
            return Queue(row["queued"], oldest, row["uncertain"], row["dead"], row["unbound"], row["unread"])

        return await self._database.read(unit)

    async def ping(self) -> None:
        """Read a table on the way of a write, and change nothing: anybody may ask for this, and often.
        Raises `StorageUnavailable` when the database does not let us."""

        async def unit(tx: Tx) -> None:
            await tx.row("select name from facts limit 1")

        await self._database.write(unit)

    async def alert(self, destinations: tuple[str, ...], topic: str, words: str) -> None:
        """Tell every destination (channel or member id), once for each topic and hour."""

        async def unit(tx: Tx) -> None:
            for destination in destinations:
                await insert_alert(tx, destination, topic, words)

        await self._database.write(unit)
