"""Claims: a durable intent before the call.

Promise 3: the database itself refuses two rows of one conversation and direction in flight (the unique index
`messages_in_flight`), on any number of replicas. Promise 2 rests on it too: a row that was claimed and never
settled is an orphan, whose outcome must be found out, never just repeated.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.model import Claim
from bot.pace import Rules, allowance, blocked, far_end, standing
from storage.database import Database, Row, Tx
from storage.messages import conversation_by_id, now_us
from storage.paces import locked, use, wait_us
from storage.rows import MESSAGE, message_of

IDLE_US = 3_600_000_000

_PACES_WITH_WORK = """
with recursive names (name) as (
  select min(pace) from messages where state = 'queued'
  union all
  select (select min(pace) from messages where state = 'queued' and pace > names.name)
  from names where names.name is not null)
select n.name, coalesce(p.next_at, 0) as next_at, coalesce(p.blocked_until, 0) as blocked_until
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

_TAKE = """
update messages set state = 'sending', attempts = attempts + 1, looks = 0, claimed_at = :now,
  tried_at = coalesce(tried_at, :now), lease_until = :now + :lease
where id = :id and state = 'queued'"""

_ORPHANS = """
select m.id from messages m where m.state = 'sending' and m.lease_until <= :now
order by m.lease_until limit :slots /* for update of m skip locked */"""

LONGEST_LEASE_US = 600_000_000
_TOO_FAR_AHEAD = (
    "update messages set due_at = :now where state = 'queued' and due_at > :now + :hour",
    "update messages set lease_until = :now where state = 'sending' and lease_until > :now + :lease",
    "update messages set shown_due_at = :now where wanted <> shown and shown_due_at > :now + :hour",
    "update conversations set card_due_at = :now where card_wanted > card_shown and card_due_at > :now + :hour",
    "update duties set due_at = :now where due_at > :now + :hour + :hour",
    "update duties set lease_until = 0 where lease_until > :now + :lease",
)


class Claims:
    """Taking rows to deliver."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self._database = database
        self._rules = rules

    async def claim(self, room: Callable[[str], int], lease_s: float) -> list[Claim]:
        """Rows that are due, each the head of its lane: as many as their pace allows and as there is `room` for
        towards their far end (see `bot.pace.far_end`)."""

        async def unit(tx: Tx) -> list[Claim]:
            claimed: list[Claim] = []
            for pace in await tx.rows(_PACES_WITH_WORK):
                end = far_end(pace["name"])
                free = room(end) - sum(far_end(claim.pace) == end for claim in claimed)
                if free > 0:
                    claimed += await self._claim_paced(tx, pace, free, int(lease_s * 1_000_000))
            return claimed

        return await self._database.write(unit)

    async def _claim_paced(self, tx: Tx, pace: Row, slots: int, lease_us: int) -> list[Claim]:
        now = await now_us(tx)
        rule = self._rules(pace["name"])
        if rule.interval_us:
            pace = await locked(tx, pace["name"])  # another replica may be claiming from it
        closed = blocked(pace["blocked_until"], now)
        open_slots = 0 if closed else allowance(rule, pace["next_at"], now, slots)
        if open_slots == 0:
            return []
        heads = await tx.rows(_HEADS, pace=pace["name"], slots=open_slots)
        if heads and rule.interval_us:
            spent = standing(rule, pace["next_at"], now) + len(heads) * rule.interval_us
            await use(tx, pace["name"], next_at=spent)
        return [await _take(tx, head["id"], lease_us) for head in heads]

    async def claim_orphans(self, slots: int, lease_s: float) -> list[Claim]:
        """Up to `slots` rows whose worker died or gave up finding out: to be looked for, not repeated."""

        async def unit(tx: Tx) -> list[Claim]:
            rows = await tx.rows(_ORPHANS, slots=slots)
            for row in rows:
                await tx.run(
                    """update messages set attempts = attempts + 1, looks = looks + 1,
                      lease_until = :now + :lease where id = :id""",
                    id=row["id"],
                    lease=int(lease_s * 1_000_000),
                )
            return [await _claimed(tx, row["id"]) for row in rows]

        return await self._database.write(unit)

    async def mend_times(self) -> None:
        """The clock was set back: what waits for a time further ahead than anything is put off is due now."""

        async def unit(tx: Tx) -> None:
            for statement in _TOO_FAR_AHEAD:
                await tx.run(statement, hour=3_600_000_000, lease=LONGEST_LEASE_US)
            tx.wake()

        await self._database.write(unit)

    async def expire_all(self) -> int:
        """End every lease. Only for a database that one process holds: its last holder is dead."""

        async def unit(tx: Tx) -> int:
            return await tx.run("update messages set lease_until = 0 where state = 'sending'")

        return await self._database.write(unit)

    async def next_due_in_s(self, *, looking: bool) -> float | None:
        """Seconds until something may be claimable again, None when nothing waits. Orphans count only for who
        has room for `looking`."""

        async def unit(tx: Tx) -> float | None:
            now = await now_us(tx)
            waits = [await self._wait_us(tx, pace, now) for pace in await tx.rows(_PACES_WITH_WORK)]
            lease = await tx.row("select min(lease_until) as at from messages where state = 'sending'")
            if looking and lease and lease["at"] is not None:
                waits.append(lease["at"] - now)
            return max(0.0, min(waits) / 1_000_000) if waits else None

        return await self._database.read(unit)

    async def _wait_us(self, tx: Tx, pace: Row, now: int) -> int:
        """Until the pace opens, or else until its next row is due. A row that is due in an open pace waits
        for its lane, and the end of that wait is announced."""
        opens_in = wait_us(self._rules(pace["name"]), pace, now)
        if opens_in > 0:
            return opens_in
        due = await tx.row(
            """select min(due_at) as at from messages
            where state = 'queued' and pace = :pace and due_at > :after""",
            pace=pace["name"],
            after=now,
        )
        return int(due["at"]) - now if due and due["at"] is not None else IDLE_US


async def _take(tx: Tx, message_id: int, lease_us: int) -> Claim:
    await tx.run(_TAKE, id=message_id, lease=lease_us)
    return await _claimed(tx, message_id)


async def _claimed(tx: Tx, message_id: int) -> Claim:
    row = await tx.row(f"select {MESSAGE}, m.pace, :now as now from messages m where m.id = :id", id=message_id)
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
