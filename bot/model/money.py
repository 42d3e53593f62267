"""Money, and what a provider asks for something."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its currency (ISO 4217): `Money(1250, "USD")` is $12.50."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class PriceQuote:
    """What something costs. `total` is `exact` rounded up to the next minor unit: prices go below a cent."""

    total: Money
    exact: Decimal  # in whole units of the currency
    units: int | None = None  # texts, call units or pages that are paid for; None when they do not say
