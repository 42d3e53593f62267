"""Claims: a durable intent before the call.

Promise 3: the database itself refuses two rows of one conversation and direction in flight (the unique index
`messages_in_flight`), on any number of replicas. Promise 2 rests on it too: a row that was claimed and never
settled is an orphan, whose outcome must be found out, never just repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.model import Claim, Direction, MemberId
from bot.pace import Rules, allowance, blocked, far_end, standing
from storage.database import Database, Row, Tx
from storage.facts import known_member
from storage.messages import conversation_by_id
from storage.paces import locked, use, wait_us
from storage.rows import MESSAGE, message_of

IDLE_US = 3_600_000_000

_PACES_WITH_WORK = """
with recursive names (name) as (
  select min(pace) from messages where state = 'queued'
  union all
  select (select min(pace) from messages where state = 'queued' and pace > names.name)
  from names where names.name is not null)
select n.name, coalesce(p.next_at, 0) as next_at, coalesce(p.blocked_until, 0) as blocked_until, :now as now
from names n left join paces p on p.name = n.name where n.name is not null"""

# The head of each free lane: the lowest position and id, and only if nothing of the lane is in flight.
_HEADS = """
select m.id from messages m
where m.state = 'queued' and m.pace = :pace and m.due_at <= :now
  and not exists (select 1 from messages s where s.state = 'sending'
    and s.conversation_id = m.conversation_id and s.direction = m.direction)
  and not exists (select 1 from messages q where q.state = 'queued'
    and q.conversation_id = m.conversation_id and q.direction = m.direction
    and q.position <= m.position and (q.position < m.position or q.id < m.id))
order by m.due_at, m.id limit :slots /* for update of m skip locked */"""

_COLUMNS = f"{MESSAGE.replace('m.', '')}, pace, :now as now"

_TAKE = f"""
update messages set state = 'sending', attempts = attempts + 1, looks = 0, claimed_at = :now,
  tried_at = coalesce(tried_at, :now), lease_until = :now + :lease
where id = :id returning {_COLUMNS}"""

_LOOK = f"""
update messages set attempts = attempts + 1, looks = looks + 1, lease_until = :now + :lease
where id = :id returning {_COLUMNS}"""

_ORPHANS = """
select m.id from messages m where m.state = 'sending' and m.lease_until <= :now
order by m.lease_until limit :slots /* for update of m skip locked */"""

LONGEST_LEASE_US = 600_000_000
_TOO_FAR_AHEAD = (
    "update messages set due_at = :now where state = 'queued' and due_at > :now + :hour",
    "update messages set lease_until = :now where state = 'sending' and lease_until > :now + :lease",
    "update orders set due_at = :now where state in ('queued', 'sending') and due_at > :now + :hour",
    "update messages set shown_due_at = :now where wanted <> shown and shown_due_at > :now + :hour",
    "update conversations set card_due_at = :now where card_wanted > card_shown and card_due_at > :now + :hour",
    "update deeds set due_at = :now where state = 'queued' and due_at > :now + :hour",
    "update deeds set lease_until = :now where state = 'sending' and lease_until > :now + :lease",
    "update cards set look_due_at = :now where look_due_at > :now + :day + :hour",
    "update cards set looking_until = 0 where looking_until > :now + :lease",
    "update untold set due_at = :now where due_at > :now + :hour",
    "update homes set due_at = :now where due_at > :now + :hour",
    "update duties set due_at = :now where due_at > :now + :hour + :hour",
    "update duties set lease_until = 0 where lease_until > :now + :lease",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a worker holds now, and when there may be more: seconds, None when nothing waits."""

    fresh: Sequence[Claim]
    orphans: Sequence[Claim]
    next_due_in_s: float | None


class Claims:
    """Taking rows to deliver."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self._database = database
        self._rules = rules

    async def take(
        self, room: Callable[[str], int], lease_s: float, *, looking: int, member_age_s: float = 0.0
    ) -> Taken:
        """Take what is due, in one transaction: rows to deliver, each the head of its lane, as many as their pace
        allows and as there is `room` for towards their far end (see `bot.pace.far_end`); and up to `looking` rows
        whose worker died or gave up finding out, which are to be looked for, not repeated. Of each comes who wrote
        it, where Slack told that no longer than `member_age_s` ago."""
        lease_us = int(lease_s * 1_000_000)

        async def unit(tx: Tx) -> Taken:
            orphans = [
                await _claimed(tx, _LOOK, row["id"], lease_us) for row in await tx.rows(_ORPHANS, slots=looking)
            ]
            fresh, waits = await self._fresh(tx, room, lease_us)
            fresh = [await _with_author(tx, claim, member_age_s) for claim in fresh]
            if len(orphans) < looking:  # else the end of a look-up is waited for first
                waits += await _until_leases_end(tx)
            return Taken(fresh, orphans, max(0.0, min(waits) / 1_000_000) if waits else None)

        return await self._database.write(unit)

    async def _fresh(self, tx: Tx, room: Callable[[str], int], lease_us: int) -> tuple[list[Claim], list[int]]:
        """What can be delivered now, and for each pace the microseconds until there may be more of it."""
        claimed: list[Claim] = []
        waits: list[int] = []
        for pace in await tx.rows(_PACES_WITH_WORK):
            end = far_end(pace["name"])
            free = room(end) - sum(far_end(claim.pace) == end for claim in claimed)
            taken, wait = await self._claim_paced(tx, pace, free, lease_us)
            claimed += taken
            waits.append(wait)
        return claimed, waits

    async def _claim_paced(self, tx: Tx, pace: Row, slots: int, lease_us: int) -> tuple[list[Claim], int]:
        """Rows of one pace, and the microseconds until it opens again or its next row is due. A row that is due in
        an open pace waits for its lane or for a slot, and the end of that wait is announced."""
        rule = self._rules(pace["name"])
        if rule.interval_us and slots > 0:
            pace = await locked(tx, pace["name"])  # another replica may be claiming from it
        now = int(pace["now"])
        closed = blocked(pace["blocked_until"], now)
        open_slots = 0 if closed or slots <= 0 else allowance(rule, pace["next_at"], now, slots)
        heads = await tx.rows(_HEADS, pace=pace["name"], slots=open_slots) if open_slots else []
        next_at = pace["next_at"]
        if heads and rule.interval_us:
            next_at = standing(rule, next_at, now) + len(heads) * rule.interval_us
            await use(tx, pace["name"], next_at=next_at)
        taken = [await _claimed(tx, _TAKE, head["id"], lease_us) for head in heads]
        opens_in = wait_us(rule, {"next_at": next_at, "blocked_until": pace["blocked_until"]}, now)
        return taken, opens_in or await _until_due(tx, pace["name"], now)

    async def mend_times(self) -> None:
        """The clock was set back: what waits for a time further ahead than anything is put off is due now."""

        async def unit(tx: Tx) -> None:
            for statement in _TOO_FAR_AHEAD:
                await tx.run(statement, hour=3_600_000_000, day=86_400_000_000, lease=LONGEST_LEASE_US)
            tx.wake()

        await self._database.write(unit)

    async def expire_all(self) -> int:
        """End every lease. Only for a database that one process holds: its last holder is dead."""

        async def unit(tx: Tx) -> int:
            return await tx.run("update messages set lease_until = 0 where state = 'sending'")

        return await self._database.write(unit)


async def _until_due(tx: Tx, pace: str, now: int) -> int:
    """Microseconds until the next row of a pace is due that is not due yet."""
    row = await tx.row(
        "select min(due_at) as at from messages where state = 'queued' and pace = :pace and due_at > :after",
        pace=pace,
        after=now,
    )
    return int(row["at"]) - now if row and row["at"] is not None else IDLE_US


async def _until_leases_end(tx: Tx) -> list[int]:
    """Microseconds until the next lease ends; empty when nothing is under way."""
    row = await tx.row("select min(lease_until) - :now as wait from messages where state = 'sending'")
    return [int(row["wait"])] if row and row["wait"] is not None else []


async def _with_author(tx: Tx, claim: Claim, member_age_s: float) -> Claim:
    """In the same transaction: one look at the database less before a text leaves."""
    if claim.message.direction != Direction.OUT:
        return claim
    return replace(claim, author=await known_member(tx, MemberId(claim.message.author), member_age_s))


async def _claimed(tx: Tx, claim: str, message_id: int, lease_us: int) -> Claim:
    row = await tx.row(claim, id=message_id, lease=lease_us)
    assert row is not None
    message = message_of(row)
    conversation = None
    if message.conversation_id is not None:
        conversation = await conversation_by_id(tx, message.conversation_id)
    return Claim(
        message,
        conversation,
        pace=row["pace"],
        claimed_for_s=(row["now"] - row["claimed_at"]) / 1_000_000,
        tried_for_s=(row["now"] - row["tried_at"]) / 1_000_000,
    )
