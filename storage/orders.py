"""Orders: a durable intent before the provider is asked, and what became of it.

Promises
- An order is sent at most once without a person's say. One that was under way when its bot died is looked for;
  what may have been sent is never queued again by itself.
- Two orders that could be taken for each other are not under way at once (the unique index `orders_in_flight`).
- An outcome counts for the try that it belongs to, whoever holds the order by then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from bot.model import MemberId, NewDeed, SentOrder
from bot.model.kept_orders import NewOrder, Order, OrderClaim, OrderNumber, OrderPlace, OrderState
from storage.audit import note
from storage.database import NEVER_US, Database, Tx
from storage.order_reports import learn, wait_us
from storage.order_rows import ORDER, content_text, order_of, price_text

WAITS_FOR = timedelta(days=1)  # for the member's say, as long as its button is kept

# What can be taken: an order in the queue waits while another one of its lane is under way.
_TAKEABLE = """
(o.state <> 'queued' or not exists (select 1 from orders s where s.state = 'sending' and s.lane = o.lane))"""
_SEND = f"""
update orders set state = 'sending', attempts = attempts + 1, looks = 0, called_at = null, due_at = :now + :lease
where id = :id and not exists
  (select 1 from orders s where s.state = 'sending' and s.lane = orders.lane and s.id <> orders.id)
returning {ORDER}"""
_LOOK = f"update orders set due_at = :now + :lease where id = :id and state <> 'queued' returning {ORDER}"


class Orders:
    """The table `orders`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- What members do ------------------------------------------------------------------------------

    async def keep(self, new: NewOrder) -> OrderNumber:
        """Keep an order until the member says that it may go out."""

        async def unit(tx: Tx) -> OrderNumber:
            row = await tx.row(
                """insert into orders
                (member, provider, kind, lane, token, whom, content, files, price, due_at, created_at)
                values (:member, :provider, :kind, :lane, :token, :whom, :content, :files, :price, :never, :now)
                returning id""",
                member=new.member,
                provider=new.provider,
                kind=new.kind,
                lane=new.lane,
                token=new.what.token,
                whom=new.whom,
                content=content_text(new.what),
                files=json.dumps(new.files),
                price=price_text(new.price),
                never=NEVER_US,
            )
            assert row is not None
            return OrderNumber(row["id"])

        return await self._database.write(unit)

    async def start(self, number: OrderNumber, deed: NewDeed) -> bool:
        """Let the order of who says so go out; False when it is not theirs, or does not wait any more."""

        async def unit(tx: Tx) -> bool:
            started = await tx.run(
                """update orders set state = 'queued', queued_at = :now, due_at = :now
                where id = :id and member = :member and state = 'waiting'""",
                id=number,
                member=deed.who,
            )
            if started:
                await note(tx, deed)
            return started > 0

        return await self._database.write(unit)

    async def find(self, number: OrderNumber) -> Order | None:
        """The order as it is now."""

        async def unit(tx: Tx) -> Order | None:
            row = await tx.row(f"select {ORDER} from orders where id = :id", id=number)
            return None if row is None else order_of(row)

        return await self._database.read(unit)

    async def page(self, member: MemberId | None, *, skip: int, limit: int) -> Sequence[Order]:
        """What was ordered, by one member or by all, newest first. What still waits for somebody's say is not."""

        async def unit(tx: Tx) -> Sequence[Order]:
            rows = await tx.rows(
                f"""select {ORDER} from orders where state <> 'waiting' and (:member = '' or member = :member)
                order by id desc limit :limit offset :skip""",
                member=member or "",
                limit=limit,
                skip=skip,
            )
            return [order_of(row) for row in rows]

        return await self._database.read(unit)

    # --- Taking ---------------------------------------------------------------------------------------

    async def take(self, slots: int, lease_s: float) -> Sequence[OrderClaim]:
        """Orders that are due: to be sent, or to be looked for. Nobody else takes them while the lease lasts. One
        whose bot died before it called the provider is sent by somebody else."""
        lease_us = int(lease_s * 1_000_000)

        async def unit(tx: Tx) -> Sequence[OrderClaim]:
            due = await tx.rows(
                f"""select o.id, o.state, o.called_at from orders o where o.due_at <= :now and {_TAKEABLE}
                order by o.due_at, o.id limit :slots /* for update of o skip locked */""",
                slots=slots,
            )
            taken: list[OrderClaim] = []
            for each in due:
                fresh = each["state"] == "queued" or (each["state"] == "sending" and each["called_at"] is None)
                row = await tx.row(_SEND if fresh else _LOOK, id=each["id"], lease=lease_us)
                if row is not None:
                    taken.append(OrderClaim(order_of(row), fresh))
            return taken

        return await self._database.write(unit)

    async def next_due_in_s(self) -> float | None:
        """The seconds until there may be something to take; None when there is nothing."""

        async def unit(tx: Tx) -> float | None:
            row = await tx.row(
                f"select min(o.due_at) - :now as wait from orders o where o.due_at < :never and {_TAKEABLE}",
                never=NEVER_US,
            )
            return None if row is None or row["wait"] is None else max(0.0, row["wait"] / 1_000_000)

        return await self._database.read(unit)

    async def expire_all(self) -> None:
        """End every lease. Only for a database that one process holds: its last holder is dead."""

        async def unit(tx: Tx) -> None:
            await tx.run("update orders set due_at = 0 where state = 'sending'")

        await self._database.write(unit)

    async def call(self, order: Order) -> bool:
        """The provider is called for it now: from here on it may have been sent. False when it is not ours any
        more."""

        async def unit(tx: Tx) -> bool:
            called = await tx.run(
                """update orders set called_at = :now
                where id = :id and state = 'sending' and attempts = :attempts and called_at is null""",
                id=order.number,
                attempts=order.attempts,
            )
            return called > 0

        return await self._database.write(unit)

    # --- Outcomes -------------------------------------------------------------------------------------

    async def accepted(self, order: Order, sent: SentOrder, look_in_s: float) -> bool:
        """The provider has it, as it answered or as a look-up found; what becomes of it is looked for then. False
        when another try, or another order, holds what was found."""
        return await self._database.write(lambda tx: learn(tx, order, sent, look_in_s))

    async def looked(self, order: Order, sent: SentOrder | None, look_in_s: float | None) -> None:
        """An order that the provider has was looked for; None for no more looks."""

        async def unit(tx: Tx) -> None:
            if sent is not None:
                await learn(tx, order, sent, look_in_s)
            await tx.run(
                """update orders set looks = looks + 1,
                  due_at = case when delivery in ('delivered', 'failed') then :never else :now + :wait end
                where id = :id and state = 'done' and attempts = :attempts""",
                id=order.number,
                attempts=order.attempts,
                never=NEVER_US,
                wait=wait_us(look_in_s),
            )

        await self._database.write(unit)

    async def failed(self, order: Order, why: str, code: str = "") -> None:
        """It was surely not sent, and is not tried again. Of one whose earlier try may have gone out nobody knows
        it: a person decides once more."""
        state = OrderState.FAILED if order.doubted_at is None else OrderState.UNCERTAIN
        await self._end(order, state, why, code)

    async def uncertain(self, order: Order) -> None:
        """Nobody can find out whether it was sent: a person looks."""
        await self._end(order, OrderState.UNCERTAIN, "", "")

    async def later(self, order: Order, in_s: float, why: str) -> None:
        """It was surely not sent, and is tried again."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update orders set state = 'queued', due_at = :now + :wait, why = :why
                where id = :id and state = 'sending' and attempts = :attempts""",
                id=order.number,
                attempts=order.attempts,
                wait=int(in_s * 1_000_000),
                why=why,
            )

        await self._database.write(unit)

    async def look_again(self, order: Order, in_s: float) -> None:
        """It may have been sent, and is looked for."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update orders set looks = looks + 1, due_at = :now + :wait
                where id = :id and state = 'sending' and attempts = :attempts""",
                id=order.number,
                attempts=order.attempts,
                wait=int(in_s * 1_000_000),
            )

        await self._database.write(unit)

    async def _end(self, order: Order, state: OrderState, why: str, code: str) -> None:
        async def unit(tx: Tx) -> None:
            await tx.run(
                """update orders set state = :state, due_at = :never, why = :why, code = :code, news = news + 1
                where id = :id and attempts = :attempts and state <> :state
                  and state in ('sending', 'uncertain')""",
                id=order.number,
                attempts=order.attempts,
                state=state,
                never=NEVER_US,
                why=why,
                code=code,
            )

        await self._database.write(unit)

    # --- Telling --------------------------------------------------------------------------------------

    async def untold(self, limit: int, *, after: OrderNumber) -> Sequence[Order]:
        """Orders behind that one of which somebody is to be told, the oldest first."""

        async def unit(tx: Tx) -> Sequence[Order]:
            rows = await tx.rows(
                f"select {ORDER} from orders where news > told and id > :after order by id limit :limit",
                after=after,
                limit=limit,
            )
            return [order_of(row) for row in rows]

        return await self._database.read(unit)

    async def told(self, order: Order, place: OrderPlace | None) -> None:
        """The order was told of as it was then, there or nowhere."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update orders set told = :news, channel = :channel, ts = :ts, thread_ts = :thread_ts
                where id = :id and told < :news""",
                id=order.number,
                news=order.news,
                channel=None if place is None else place.channel,
                ts=None if place is None else place.ts,
                thread_ts=None if place is None else place.thread_ts,
            )

        await self._database.write(unit)

    async def forget_old(self) -> None:
        """Drop what nobody said anything about."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "delete from orders where state = 'waiting' and created_at < :now - :keep",
                keep=WAITS_FOR // timedelta(microseconds=1),
            )

        await self._database.write(unit)
