"""Looks at the provider: which cards are due, and what was seen.

Promises: a report of the provider is never outlived by an answer that is older than it. It is the time 0, which
only whoever takes the card puts an end to; and a card whose time is another one than when the provider was asked
was reported of meanwhile, so that it is asked once more, at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model.cards import Card, CardKind, Seen
from bot.pace import provider_pace
from storage.card_rows import apply, card_by_id, look_again, look_later, look_now
from storage.cards import holder
from storage.database import Database, Tx

_DUE = """
select min(look_due_at) as due, :now as now from cards
where look_due_at is not null and looking_until <= :now"""
_NEXT = "select min(look_due_at) as due, :now as now from cards where look_due_at > :now"
# Of an expression, so that what is due is gone through, and not all that each provider has.
_PROVIDERS = """
select distinct provider || '' as provider from cards where look_due_at <= :now and looking_until <= :now"""

# Reports first, then the longest due.
_HEADS = """
select id from cards where provider = :provider and look_due_at <= :now and looking_until <= :now
order by look_due_at limit :slots /* for update skip locked */"""

# Of those that nobody knows of, and of those that are being made: the report may come before the answer. It may be
# about anything else there, too, so that one look at a time is enough.
_UNBOUND = """
update cards set look_due_at = 0, unanswered = 0 where kind = :kind and provider = :provider
  and provider_id is null and settled = 0 and (look_due_at is not null or id in (
    select card_id from deeds where state = 'sending' and what = 'create'))"""


@dataclass(frozen=True, slots=True)
class TakenLooks:
    """What a worker looks at now, and when there may be more: seconds, None when nothing waits."""

    cards: Sequence[Card]
    next_due_in_s: float | None


class Looks:
    """When the provider is asked of the rows of `cards`, and what it told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def next_due_in_s(self) -> float | None:
        """Seconds until there may be something to take, 0 when there may be now, None when nothing waits. It is
        cheap, and asked after every commit."""
        return await self._database.read(lambda tx: _until(tx, _DUE))

    async def take(self, room: Callable[[str], int], lease_s: float) -> TakenLooks:
        """Take what is due, of each provider as many as there is `room` for towards its far end. A card whose
        worker dies is taken again after the lease."""
        lease_us = int(lease_s * 1_000_000)

        async def unit(tx: Tx) -> TakenLooks:
            cards: list[Card] = []
            for row in await tx.rows(_PROVIDERS):
                slots = max(0, room(provider_pace(row["provider"])))
                heads = await tx.rows(_HEADS, provider=row["provider"], slots=slots) if slots else []
                cards += [await _taken(tx, head["id"], lease_us) for head in heads]
            return TakenLooks(cards, await _until(tx, _NEXT))  # the end of a look wakes the worker

        return await self._database.write(unit)

    async def expire_all(self) -> None:
        """End every lease. Only for a database that one process holds: its last holder is dead."""
        await self._database.write(
            lambda tx: tx.run("update cards set looking_until = 0 where look_due_at <= :now and looking_until > 0")
        )

    async def seen(self, card: Card, seen: Seen) -> bool:
        """The provider has this of the card. False, and nothing is changed, when the card changed since it was
        asked, or another card holds that thing: then it is asked again."""

        async def unit(tx: Tx) -> bool:
            now_there = await card_by_id(tx, card.id, lock=True)
            other = await holder(tx, card.kind, card.provider, seen.provider_id)
            if now_there is None or (other is not None and other.id != card.id):
                await look_later(tx, card.id)
                return False
            if now_there.version != card.version:
                await look_now(tx, card.id)
                return False
            await apply(tx, now_there, seen, asked=card)
            return True

        return await self._database.write(unit)

    async def unseen(self, card: Card) -> None:
        """The provider did not tell: ask later, soon at first and then less and less."""

        async def unit(tx: Tx) -> None:
            now_there = await card_by_id(tx, card.id, lock=True)
            if now_there is not None:
                await tx.run("update cards set unanswered = unanswered + 1 where id = :id", id=card.id)
                await look_again(tx, now_there, asked=card)

        await self._database.write(unit)

    async def give_back(self, card: Card) -> None:
        """Nobody looks at it after all: it stays due."""

        async def unit(tx: Tx) -> None:
            await tx.run("update cards set looking_until = 0 where id = :id", id=card.id)
            tx.wake()

        await self._database.write(unit)

    async def closed(self, card: Card, for_s: float) -> None:
        """The provider wants to be left alone for so long."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update cards set look_due_at = :now + :wait, looking_until = 0
                where id = :id and look_due_at is not null""",
                id=card.id,
                wait=int(for_s * 1_000_000),
            )
            tx.wake()

        await self._database.write(unit)

    async def hurry(self, kind: CardKind, provider: str, provider_id: str) -> bool:
        """The provider says that something happened to this: ask what. When no card holds it, it may be one of
        those of which nobody knows what became. Whether a card is to be looked at."""

        async def unit(tx: Tx) -> bool:
            tx.wake()
            held = await holder(tx, kind, provider, provider_id)
            if held is not None:
                await look_now(tx, held.id)
                return not held.settled
            return await tx.run(_UNBOUND, kind=kind, provider=provider) > 0

        return await self._database.write(unit)


async def _taken(tx: Tx, card_id: int, lease_us: int) -> Card:
    await tx.run(
        "update cards set look_due_at = :now, looking_until = :now + :lease where id = :id",
        id=card_id,
        lease=lease_us,
    )
    card = await card_by_id(tx, card_id)
    assert card is not None
    return card


async def _until(tx: Tx, first: str) -> float | None:
    row = await tx.row(first)
    return None if row is None or row["due"] is None else max(0.0, (row["due"] - row["now"]) / 1_000_000)
