"""Payments that contacts are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self

from bot.model.cards import Says
from bot.model.money import Money
from bot.model.words import Number

PaymentId = NewType("PaymentId", str)


class PaymentStatus(StrEnum):
    """Where a payment stands. A word of the provider's that is new to us is `UNKNOWN`."""

    SENT = "sent"
    PAST_DUE = "past due"
    PAID = "paid"
    MARKED_PAID = "marked paid"  # the money came another way
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"


SETTLED = frozenset({PaymentStatus.PAID, PaymentStatus.MARKED_PAID, PaymentStatus.CANCELLED, PaymentStatus.FAILED})


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the provider has it. `status_word` and `transaction_word` are the provider's own words."""

    id: PaymentId
    contact: Number
    contact_name: str
    amount: Money
    description: str
    reference: str
    status: PaymentStatus
    status_word: str
    transaction_word: str
    reminded: bool
    past_due: bool
    requested_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A payment to ask for. `reference` is ours, and by it an unknown outcome is looked up."""

    contact: Number
    amount: Money
    description: str  # internal
    message: str  # the contact reads it
    reference: str


class PaymentSort(StrEnum):
    """What a list of payments is sorted by."""

    AMOUNT = "amount"
    CONTACT = "contact"
    DATE = "date"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """Which payments, and in which order; None: in the provider's."""

    contact: Number | None = None
    reference: str | None = None
    sort: PaymentSort | None = None
    descending: bool = True


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """What a payment's card says. `status_word` is the provider's, for a status that is new to us."""

    contact: Number
    amount: Money
    description: str  # internal
    message: str  # the contact reads it
    reminded: bool = False
    past_due: bool = False
    status_word: str = ""

    @classmethod
    def read(cls, says: Says) -> Self:
        """From the card's own words."""
        return cls(
            contact=Number(says["contact"]),
            amount=Money(int(says["minor"]), str(says["currency"])),
            description=str(says["description"]),
            message=str(says["message"]),
            reminded=bool(says["reminded"]),
            past_due=bool(says["past_due"]),
            status_word=str(says["status_word"]),
        )

    def says(self) -> Says:
        """For the card."""
        return {
            "contact": self.contact,
            "minor": self.amount.minor,
            "currency": self.amount.currency,
            "description": self.description,
            "message": self.message,
            "reminded": self.reminded,
            "past_due": self.past_due,
            "status_word": self.status_word,
        }
