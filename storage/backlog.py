"""What doctor asks the database about everything but texts: what stands still, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Database, Row, Tx

# The first step of each card: those behind it wait for it. One under way whose lease ended waits to be looked for.
_BACKLOG = """
select :now as now,
  (select min(d.due_at) from deeds d where d.state = 'queued' and d.due_at <= :now and not exists (
    select 1 from deeds b where b.card_id = d.card_id and b.state = 'queued' and b.id < d.id)
    and not exists (select 1 from deeds b where b.card_id = d.card_id and b.state = 'sending')) as step_due,
  (select min(lease_until) from deeds where state = 'sending' and lease_until <= :now) as step_lost,
  (select count(*) from deeds d join cards c on c.id = d.card_id
    where d.state = 'uncertain' and c.settled = 0) as steps_in_doubt,
  (select count(*) from deeds where state = 'waiting') as approvals,
  (select min(o.due_at) from orders o where (o.state = 'queued' or o.state = 'sending') and o.due_at <= :now
    and (o.state = 'sending' or not exists (
      select 1 from orders b where b.lane = o.lane and b.state = 'sending'))) as order_due,
  (select count(*) from orders where state = 'uncertain' and called_at > :now - 86400000000) as orders_in_doubt,
  (select count(*) from untold where tries >= 3) as untold"""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How cards, orders and what providers are to be told stand. Ages are seconds; None when nothing is due.
    `orders_in_doubt` are those of the last day, `untold` what a provider did not take three times."""

    step_due_s: float | None
    order_due_s: float | None
    steps_in_doubt: int
    approvals: int
    orders_in_doubt: int
    untold: int


async def backlog(database: Database) -> Backlog:
    """Count it. Raises `StorageUnavailable`."""

    async def unit(tx: Tx) -> Backlog:
        row = await tx.row(_BACKLOG)
        assert row is not None
        return Backlog(
            step_due_s=_age_s(row, row["step_due"], row["step_lost"]),
            order_due_s=_age_s(row, row["order_due"]),
            steps_in_doubt=row["steps_in_doubt"],
            approvals=row["approvals"],
            orders_in_doubt=row["orders_in_doubt"],
            untold=row["untold"],
        )

    return await database.survey(unit)


def _age_s(row: Row, *times: int | None) -> float | None:
    """Seconds since the first of these times, None when there is none. Pure."""
    known = [at for at in times if at is not None]
    return (row["now"] - min(known)) / 1_000_000 if known else None
