"""Orders to rows, and back. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from bot.model import (
    Address,
    AddressId,
    ChannelId,
    Delivery,
    FaxOrder,
    LetterOrder,
    MemberId,
    Money,
    Number,
    OrderId,
    PostcardOrder,
    PriceQuote,
    ProviderName,
    Ts,
    Voice,
    VoiceOrder,
)
from bot.model.kept_orders import (
    NewOrder,
    Order,
    OrderDecision,
    OrderKind,
    OrderNumber,
    OrderPlace,
    OrderState,
    Wanted,
)
from storage.database import Row, instant, maybe_instant

ORDER = (
    "id, member, provider, kind, whom, content, files, price, paid, state, attempts, looks, created_at, "
    "coalesce(:now - queued_at, 0) as tried_for, called_at, provider_id, delivery, keys, code, why, news, "
    "channel, ts, thread_ts, doubted_at, decided, decided_by"
)


def order_of(row: Row) -> Order:
    """An `Order` from the columns of `ORDER`."""
    return Order(
        number=OrderNumber(row["id"]),
        of=NewOrder(
            member=MemberId(row["member"]),
            provider=ProviderName(row["provider"]),
            what=_WANTED[OrderKind(row["kind"])](json.loads(row["content"])),
            whom=row["whom"],
            files=tuple(json.loads(row["files"])),
            price=price_of(row["price"]),
        ),
        state=OrderState(row["state"]),
        asked_at=instant(row["created_at"]),
        attempts=row["attempts"],
        looks=row["looks"],
        tried_for_s=row["tried_for"] / 1_000_000,
        called_at=maybe_instant(row["called_at"]),
        order_id=None if row["provider_id"] is None else OrderId(row["provider_id"]),
        paid=price_of(row["paid"]),
        delivery=Delivery(row["delivery"]) if row["delivery"] else None,
        keys=row["keys"],
        code=row["code"],
        why=row["why"],
        place=_place_of(row),
        news=row["news"],
        doubted_at=maybe_instant(row["doubted_at"]),
        decided=OrderDecision(row["decided"]) if row["decided"] else None,
        decided_by=MemberId(row["decided_by"]) if row["decided_by"] else None,
    )


def _place_of(row: Row) -> OrderPlace | None:
    if row["channel"] is None or row["ts"] is None:
        return None
    return OrderPlace(
        ChannelId(row["channel"]), Ts(row["ts"]), None if row["thread_ts"] is None else Ts(row["thread_ts"])
    )


def content_text(what: Wanted) -> str:
    """What is wanted, for its column."""
    return json.dumps(asdict(what))


def price_text(price: PriceQuote | None) -> str:
    """A price, for its column; '' for none."""
    if price is None:
        return ""
    return json.dumps([price.total.minor, price.total.currency, str(price.exact), price.units])


def price_of(text: str) -> PriceQuote | None:
    """A price from its column."""
    if not text:
        return None
    minor, currency, exact, units = json.loads(text)
    return PriceQuote(Money(minor, currency), Decimal(exact), units)


def _voice(kept: Mapping[str, Any]) -> VoiceOrder:
    return VoiceOrder(**{**kept, "to": Number(kept["to"]), "voice": Voice(kept["voice"])})


def _fax(kept: Mapping[str, Any]) -> FaxOrder:
    sender = kept["sender"]
    return FaxOrder(**{**kept, "to": Number(kept["to"]), "sender": None if sender is None else Number(sender)})


def _letter(kept: Mapping[str, Any]) -> LetterOrder:
    return LetterOrder(**{**kept, **_addresses(kept)})


def _postcard(kept: Mapping[str, Any]) -> PostcardOrder:
    return PostcardOrder(**{**kept, **_addresses(kept), "file_urls": tuple(kept["file_urls"])})


def _addresses(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"to": Address(**kept["to"]), "return_to": AddressId(kept["return_to"])}


_WANTED: Mapping[OrderKind, Callable[[Mapping[str, Any]], Wanted]] = {
    OrderKind.VOICE: _voice,
    OrderKind.FAX: _fax,
    OrderKind.LETTER: _letter,
    OrderKind.POSTCARD: _postcard,
}
