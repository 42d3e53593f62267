"""What providers tell of orders: in their answers, in their histories, and by themselves.

A report can overtake the answer to the order itself, and proves that there is one. How far an order got never
steps back.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import DELIVERY_RANK, Delivery, OrderReported, SentOrder
from bot.model.kept_orders import Order
from storage.database import NEVER_US, Database, Row, Tx, micros
from storage.order_rows import price_text

ENDLESS_US = 2**60  # a wait for nothing
LONGEST_SEND_US = 600_000_000  # a provider may list an order so long after it was asked for it
_KNOWN = "id, state, attempts, provider_id, delivery, keys, paid, code, why"


class OrderReports:
    """Reports on orders, and which of the provider's ids are held."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, event: OrderReported) -> bool:
        """Apply a report to its order; False when it is about none of ours."""

        async def unit(tx: Tx) -> bool:
            row = await _row_of(tx, event)
            if row is None or row["state"] == "waiting":
                return False
            delivery = _farther(row["delivery"], event.delivery)
            told = (delivery, event.keys or row["keys"])
            if row["state"] == "done" and told == (row["delivery"], row["keys"]):
                return True
            failed = delivery == Delivery.FAILED
            await tx.run(
                """update orders set state = 'done', provider_id = coalesce(provider_id, :provider_id),
                  delivery = :delivery, keys = :keys, code = :code, why = :why, news = news + 1,
                  due_at = case when :final = 1 then :never when state = 'done' then due_at else :now end
                where id = :id""",
                id=row["id"],
                provider_id=event.order_id or None,
                delivery=delivery,
                keys=told[1],
                code=event.code if failed else "",
                why=event.why if failed else "",
                final=int(_final(delivery)),
                never=NEVER_US,
            )
            return True

        return await self._database.write(unit, order=event.token or event.order_id or "")

    async def held(self, order: Order, ids: Sequence[str]) -> set[str]:
        """Those of the provider's ids that another order holds."""

        async def unit(tx: Tx) -> set[str]:
            return {each for each in ids if await _holder(tx, order, each) is not None}

        return await self._database.read(unit)

    async def has_rival(self, order: Order) -> bool:
        """Whether another order went the same way to the same place, and nobody knows either what became of it,
        or a person alone does. One that was tried long before cannot be what is found of this one."""

        async def unit(tx: Tx) -> bool:
            row = await tx.row(
                """select id from orders where lane = :lane and id <> :id and provider_id is null
                and (state = 'uncertain' or doubted_at is not null)
                and coalesce(called_at, doubted_at) >= :since""",
                lane=order.of.lane,
                id=order.number,
                since=0 if order.tried_at is None else micros(order.tried_at) - LONGEST_SEND_US,
            )
            return row is not None

        return await self._database.read(unit)


async def learn(tx: Tx, order: Order, sent: SentOrder, look_in_s: float | None) -> bool:
    """Note what the provider says of an order that it has; False when that belongs to another try or order."""
    row = await tx.row(
        f"""select {_KNOWN} from orders where id = :id and attempts = :attempts
        and state in ('sending', 'uncertain', 'done') /* for update */""",
        id=order.number,
        attempts=order.attempts,
    )
    if row is None or (sent.id and await _holder(tx, order, sent.id) is not None):
        return False
    delivery = _farther(row["delivery"], sent.delivery)
    after = (delivery, sent.keys or row["keys"], price_text(sent.price) or row["paid"])
    known = row["state"] == "done"
    if known and after == (row["delivery"], row["keys"], row["paid"]):
        return True
    await tx.run(
        """update orders set state = 'done', provider_id = coalesce(provider_id, :provider_id),
          delivery = :delivery, keys = :keys, paid = :paid, news = news + 1,
          why = case when delivery = 'failed' then why else '' end,
          code = case when delivery = 'failed' then code else '' end,
          looks = case when state = 'done' then looks else 0 end,
          due_at = case when :final = 1 then :never when state = 'done' then due_at else :now + :wait end
        where id = :id""",
        id=order.number,
        provider_id=sent.id or None,
        delivery=after[0],
        keys=after[1],
        paid=after[2],
        final=int(_final(delivery)),
        never=NEVER_US,
        wait=wait_us(look_in_s),
    )
    return True


def wait_us(look_in_s: float | None) -> int:
    """How long until the next look, in microseconds; None for no more. Pure."""
    return ENDLESS_US if look_in_s is None else int(look_in_s * 1_000_000)


async def _row_of(tx: Tx, event: OrderReported) -> Row | None:
    """The order of a report, locked: by our token, else by the provider's id."""
    if event.token:
        row = await tx.row(
            f"select {_KNOWN} from orders where token = :token and provider = :provider /* for update */",
            token=event.token,
            provider=event.provider,
        )
        if row is not None:
            return row
    return await tx.row(
        f"select {_KNOWN} from orders where provider = :provider and provider_id = :id /* for update */",
        provider=event.provider,
        id=event.order_id or "",
    )


async def _holder(tx: Tx, order: Order, provider_id: str) -> Row | None:
    return await tx.row(
        """select id from orders where provider = :provider and kind = :kind and provider_id = :provider_id
        and id <> :id""",
        provider=order.of.provider,
        kind=order.of.kind,
        provider_id=provider_id,
        id=order.number,
    )


def _farther(before: str, told: Delivery | None) -> str:
    """How far it got: what is final stays, and what is told later counts if it is not less."""
    if told is None:
        return before
    if not before:
        return told
    known = Delivery(before)
    return told if DELIVERY_RANK[told] >= DELIVERY_RANK[known] and not _final(known) else known


def _final(delivery: str) -> bool:
    return delivery in (Delivery.DELIVERED, Delivery.FAILED)
