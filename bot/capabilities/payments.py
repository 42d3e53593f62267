"""Payments that contacts are asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import ClassVar

from typing_extensions import Protocol, runtime_checkable

from bot.model import Line, Payment, PaymentFilter, PaymentId, PaymentRequest


@runtime_checkable
class TakesPayments(Protocol):
    """Asks contacts for payments, and tells how they stand. Whatever texts the contact says so here."""

    currency: ClassVar[str]  # of every amount (ISO 4217)

    @abstractmethod
    async def request_payment(self, line: Line, request: PaymentRequest) -> Payment:
        """Ask for a payment: the contact gets a text at once, and the same again asks twice. After
        `OutcomeUnknown`, look for `request.reference` with `list_payments`. Raises `UsageError` for an amount in
        another currency or not above zero, and for empty words."""

    @abstractmethod
    def list_payments(self, line: Line, which: PaymentFilter) -> AsyncIterator[Payment]:
        """The line's payments that match, cancelled and paid ones too; one page is held at a time."""

    @abstractmethod
    async def read_payment(self, line: Line, payment: PaymentId) -> Payment:
        """One payment as it stands now. Raises `NotFound`."""

    @abstractmethod
    async def remind_payment(self, line: Line, payment: PaymentId) -> Payment:
        """Text the contact again. Raises `Rejected` once that was done as often as the provider allows."""

    @abstractmethod
    async def cancel_payment(self, line: Line, payment: PaymentId) -> Payment:
        """Cancel it; the provider texts the contact. Raises `Rejected` for one that is settled."""

    @abstractmethod
    async def mark_payment_paid(self, line: Line, payment: PaymentId) -> Payment:
        """The money came another way. Raises `Rejected` for one that is settled."""
