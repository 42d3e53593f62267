"""What a person decides about an order in doubt: that it went out, or to order it again.

Promises
- The first click decides, of all replicas; a second one is told who did. A button decides about the try under
  which it stood, so an old one never orders once more.
- An order that is ordered again keeps when its first try was, and is looked for before and after the new call.
"""

from __future__ import annotations

from bot.model import MemberId, NewDeed
from bot.model.kept_orders import Order, OrderDecided, OrderDecision
from storage.audit import note
from storage.database import NEVER_US, Database, Tx


class OrderDecisions:
    """Buttons of orders whose outcome nobody knows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def went_out(self, order: Order, who: MemberId) -> OrderDecided:
        """A person says that it did: nothing is asked of the provider any more, but what it tells is noted."""
        return await self._decide(order, who, OrderDecision.WENT_OUT, "done", due_now=False)

    async def again(self, order: Order, who: MemberId) -> OrderDecided:
        """Have it sent once more; the bot looks for the earlier try before it calls."""
        return await self._decide(order, who, OrderDecision.AGAIN, "queued", due_now=True)

    async def _decide(
        self, order: Order, who: MemberId, how: OrderDecision, state: str, *, due_now: bool
    ) -> OrderDecided:
        async def unit(tx: Tx) -> OrderDecided:
            decided = await tx.run(
                """update orders set state = :state, decided = :how, decided_by = :who, looks = 0,
                  why = '', code = '', doubted_at = coalesce(doubted_at, called_at),
                  queued_at = :now, news = news + 1,
                  due_at = case when :due = 1 then :now else :never end
                where id = :id and attempts = :attempts and state = 'uncertain'""",
                id=order.number,
                attempts=order.attempts,
                state=state,
                how=how,
                who=who,
                due=int(due_now),
                never=NEVER_US,
            )
            if not decided:
                return await _late(tx, order)
            await note(tx, NewDeed(who, f"order_{how}", about=f"{order.of.whom} · #{order.number}"))
            return OrderDecided(done=True, by=who, how=how)

        return await self._database.write(unit)


async def _late(tx: Tx, order: Order) -> OrderDecided:
    row = await tx.row("select decided, decided_by from orders where id = :id", id=order.number)
    if row is None or not row["decided"]:
        return OrderDecided(done=False)
    return OrderDecided(done=False, by=MemberId(row["decided_by"]), how=OrderDecision(row["decided"]))
