"""Deeds on cards: asked for, claimed, and what became of them.

As in `claims` and `outcomes`: the intent is on disk before the call, a card has one deed under way on any number
of replicas (the unique index `deeds_in_flight`), and every update says `attempts = …`, so that a worker that lost
its lease changes nothing. Each outcome is a row in `audit`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model.cards import Asked, CardClaim, CardDeed, NewCardDeed, News, Seen
from bot.pace import provider_pace
from storage.card_rows import (
    DEED,
    apply,
    bump,
    card_by_id,
    card_where,
    deed_of,
    look_later,
    look_now,
    queue_deed,
    tell,
    write_down,
)
from storage.cards import holder
from storage.database import Database, Row, Tx, micros
from storage.lines import line_by_id
from storage.messages import conversation_by_id
from storage.paces import block

HELD = "state = 'sending' and attempts = :attempts"
# A sure answer counts as long as nobody tried again since, also when looking for it has begun or is over.
SAME_TRY = "(state = 'sending' or state = 'uncertain') and claimed_at = :tried"
UNKNOWN = "it is not known whether it was done"

# The first of each card that has none under way.
_HEADS = """
select d.id from deeds d where d.state = 'queued' and d.provider = :provider and d.due_at <= :now
  and not exists (select 1 from deeds s where s.card_id = d.card_id and s.state = 'sending')
  and not exists (select 1 from deeds q where q.card_id = d.card_id and q.state = 'queued' and q.id < d.id)
order by d.due_at, d.id limit :slots /* for update of d skip locked */"""

_COLUMNS = f"{DEED.replace('d.', '')}, card_id, tried_at, :now as now"

_TAKE = f"""
update deeds set state = 'sending', attempts = attempts + 1, looks = 0, claimed_at = :now,
  tried_at = coalesce(tried_at, :now), lease_until = :now + :lease, reason = ''
where id = :id returning {_COLUMNS}"""

_LOOK = f"""
update deeds set attempts = attempts + 1, looks = looks + 1, lease_until = :now + :lease
where id = :id returning {_COLUMNS}"""

_ORPHANS = """
select d.id from deeds d where d.state = 'sending' and d.lease_until <= :now
order by d.lease_until limit :slots /* for update of d skip locked */"""

_FIRST = """
select :now as now, (select min(due_at) from deeds where state = 'queued') as due,
  (select min(lease_until) from deeds where state = 'sending') as lease"""

# What is due and was not taken waits for a slot, or for the deed before it: the end of either wakes the worker.
_NEXT = """
select :now as now, (select min(due_at) from deeds where state = 'queued' and due_at > :now) as due,
  (select min(lease_until) from deeds where state = 'sending') as lease"""


@dataclass(frozen=True, slots=True)
class TakenDeeds:
    """What a worker holds now, and when there may be more: seconds, None when nothing waits."""

    fresh: Sequence[CardClaim]
    orphans: Sequence[CardClaim]
    next_due_in_s: float | None


class Deeds:
    """The table `deeds`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, card_uid: str, new: NewCardDeed) -> Asked:
        """Queue a deed, or learn who was first. Nothing can be done to a card that is settled."""

        async def unit(tx: Tx) -> Asked:
            card = await card_where(tx, "c.uid = :uid", uid=card_uid)
            if card is None:
                return Asked(done=False)
            await tx.row("select id from cards where id = :id /* for update */", id=card.id)
            if await queue_deed(tx, card.id, new):
                return Asked(done=True, by=new.member, what=new.what)
            return await _first(tx, card.id, new)

        return await self._database.write(unit)

    async def next_due_in_s(self) -> float | None:
        """Seconds until there may be something to take, 0 when there may be now, None when nothing waits. It is
        cheap, and asked after every commit."""

        async def unit(tx: Tx) -> float | None:
            row = await tx.row(_FIRST)
            return _until(row)

        return await self._database.read(unit)

    async def take(self, room: Callable[[str], int], lease_s: float, *, looking: int) -> TakenDeeds:
        """Take what is due: of each provider as many as there is `room` for towards its far end, and up to
        `looking` whose worker died or gave up finding out: those are to be looked for, not repeated."""
        lease_us = int(lease_s * 1_000_000)

        async def unit(tx: Tx) -> TakenDeeds:
            lost = await tx.rows(_ORPHANS, slots=looking)
            orphans = [await _claimed(tx, _LOOK, row["id"], lease_us) for row in lost]
            fresh: list[CardClaim] = []
            for row in await tx.rows("select distinct provider from deeds where state = 'queued'"):
                slots = max(0, room(provider_pace(row["provider"])))
                heads = await tx.rows(_HEADS, provider=row["provider"], slots=slots) if slots else []
                fresh += [await _claimed(tx, _TAKE, head["id"], lease_us) for head in heads]
            return TakenDeeds(fresh, orphans, _until(await tx.row(_NEXT)))

        return await self._database.write(unit)

    async def expire_all(self) -> int:
        """End every lease. Only for a database that one process holds: its last holder is dead."""
        return await self._database.write(
            lambda tx: tx.run("update deeds set lease_until = 0 where state = 'sending'")
        )

    # --- Outcomes -----------------------------------------------------------------------------------------------

    async def done(self, claim: CardClaim, seen: Seen) -> bool:
        """The provider did it, or has it. False when the claim was lost, or another card holds that thing."""

        async def unit(tx: Tx) -> bool:
            other = await holder(tx, claim.card.kind, claim.card.provider, seen.provider_id)
            if other is not None and other.id != claim.card.id:
                return False
            if not await _settle_done(tx, claim.deed):
                return False
            await _note_done(tx, claim, seen)
            return True

        return await self._database.write(unit)

    async def failed(
        self, claim: CardClaim, reason: str, *, code: str = "", field: str = "", below: str = ""
    ) -> None:
        """It surely did not happen, and will not by itself: who asked for it is told why in the thread. Where an
        earlier try may have happened, that is still the question. Something else may have: the provider is asked.
        `field` is the provider's name of the one that it refused. `below` is told with the reason, once."""

        async def unit(tx: Tx) -> None:
            held = await tx.run(
                f"""update deeds set state = case when doubted = 1 then 'uncertain' else 'failed' end,
                  reason = :reason, code = :code, field = :field, finished_at = :now, lease_until = null
                where id = :id and {HELD}""",
                id=claim.deed.id,
                attempts=claim.deed.attempts,
                reason=reason,
                code=code,
                field=field,
            )
            if held:
                await bump(tx, claim.card.id)
                if claim.card.provider_id is not None:
                    await look_now(tx, claim.card.id)
                await write_down(tx, claim.card, claim.deed.what, claim.deed.member, reason)
                sentence = f"⚠️ {claim.card.title}: {reason}{below}"
                topic = f"failed:{claim.deed.id}:{claim.deed.attempts}"
                await tell(tx, claim.card, News(topic, sentence, to=claim.deed.member))

        await self._database.write(unit)

    async def later(self, claim: CardClaim, in_s: float, *, closes: str = "", reason: str = "") -> None:
        """It surely did not happen: try again. `closes` names a pace that the far end closed for that time; with a
        `reason` the card says that it waits."""

        async def unit(tx: Tx) -> None:
            if closes:
                await block(tx, closes, in_s)
            held = await tx.run(
                f"""update deeds set state = 'queued', due_at = :now + :wait, lease_until = null, reason = :reason
                where id = :id and {HELD}""",
                id=claim.deed.id,
                attempts=claim.deed.attempts,
                wait=int(in_s * 1_000_000),
                reason=reason,
            )
            if held and reason:
                await bump(tx, claim.card.id)
            tx.wake()

        await self._database.write(unit)

    async def look_again(self, claim: CardClaim, in_s: float) -> None:
        """Nobody knows yet: look again."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                f"update deeds set lease_until = :now + :wait where id = :id and {HELD}",
                id=claim.deed.id,
                attempts=claim.deed.attempts,
                wait=int(in_s * 1_000_000),
            )

        await self._database.write(unit)

    async def uncertain(self, claim: CardClaim) -> None:
        """Looking is over: a person decides. It is looked for all the same, now and then."""

        async def unit(tx: Tx) -> None:
            held = await tx.run(
                f"""update deeds set state = 'uncertain', doubted = 1, lease_until = null
                where id = :id and {HELD}""",
                id=claim.deed.id,
                attempts=claim.deed.attempts,
            )
            if held:
                await bump(tx, claim.card.id)
                await look_later(tx, claim.card.id)
                await write_down(tx, claim.card, claim.deed.what, claim.deed.member, UNKNOWN)
                asks = "" if claim.card.settled else " Its card asks what to do."
                sentence = f"❔ {claim.card.title}: {UNKNOWN}.{asks}"
                topic = f"uncertain:{claim.deed.id}:{claim.deed.attempts}"
                await tell(tx, claim.card, News(topic, sentence, to=claim.deed.member))

        await self._database.write(unit)


async def _settle_done(tx: Tx, deed: CardDeed) -> bool:
    settled = await tx.run(
        f"""update deeds set state = 'done', reason = '', code = '', finished_at = :now, lease_until = null
        where id = :id and {SAME_TRY}""",
        id=deed.id,
        tried=None if deed.claimed_at is None else micros(deed.claimed_at),
    )
    return settled > 0


async def _note_done(tx: Tx, claim: CardClaim, seen: Seen) -> None:
    card = await card_by_id(tx, claim.card.id, lock=True)
    if card is not None:
        await write_down(tx, card, claim.deed.what, claim.deed.member)
        await apply(tx, card, seen, asked=claim.card)
        await bump(tx, card.id)  # also when the provider has of it what it had


async def _first(tx: Tx, card_id: int, new: NewCardDeed) -> Asked:
    """Who did it, or does it: the very same click, or another one that excludes it."""
    row = await tx.row(
        f"""select {DEED} from deeds d where d.card_id = :card and (d.key = :key
          or (d.once = :once and d.once <> '' and d.state <> 'failed' and d.state <> 'dropped'))
        order by d.id limit 1""",
        card=card_id,
        key=new.key,
        once=new.once,
    )
    if row is None:
        return Asked(done=False)
    deed = deed_of(row)
    return Asked(done=False, by=deed.member, what=deed.what, state=deed.state)


async def _claimed(tx: Tx, claim: str, deed_id: int, lease_us: int) -> CardClaim:
    row = await tx.row(claim, id=deed_id, lease=lease_us)
    assert row is not None
    card = await card_by_id(tx, row["card_id"])
    assert card is not None
    conversation = None
    if card.conversation_id is not None:
        conversation = await conversation_by_id(tx, card.conversation_id)
    line = conversation.line if conversation else None
    if line is None and card.line_id is not None:
        line = await line_by_id(tx, card.line_id)
    return CardClaim(
        card,
        deed_of(row),
        conversation,
        line,
        claimed_for_s=(row["now"] - row["claimed_at"]) / 1_000_000,
        tried_for_s=(row["now"] - row["tried_at"]) / 1_000_000,
    )


def _until(row: Row | None) -> float | None:
    """Seconds until the first of its times, None when it has none. Pure."""
    waits = [] if row is None else [at - row["now"] for at in (row["due"], row["lease"]) if at is not None]
    return max(0.0, min(waits) / 1_000_000) if waits else None
