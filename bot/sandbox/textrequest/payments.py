"""Payments that contacts are asked for, and the portal where opening the link pays.

What is really posted as `payment_status_updated` is undocumented; here it is the payment as the API returns it.
"""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.sandbox.textrequest.shapes import Contact, Dashboard, digits, stamp
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.textrequest.account import Account

AUTHOR = "Payments"
OPEN = frozenset({"Sent", "PastDue"})


@dataclass(slots=True, kw_only=True)
class Payment:
    """One payment, in cents. `token` is what its link ends with."""

    id: int
    dashboard: Dashboard
    contact: Contact
    cents: int
    description: str
    reference: str
    status: str = "Sent"
    transaction: str = "Unknown"
    reminded: bool = False
    past_due: bool = False
    token: str = field(default_factory=secrets.token_urlsafe)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def is_open(self) -> bool:
        """Whether it can still be paid, or cancelled."""
        return self.status in OPEN

    @property
    def dollars(self) -> str:
        """The amount as the contact reads it."""
        return f"${self.cents / 100:,.2f}"

    def json(self) -> Json:
        """As the API returns it."""
        return {
            "payment_id": self.id,
            "request_date": stamp(self.at),
            "recipient": self.contact.name or None,
            "description": self.description,
            "customer_phone": digits(self.contact.number),
            "amount_requested": self.cents / 100,
            "is_past_due": self.past_due,
            "reminder_was_sent": self.reminded,
            "transaction_status": self.transaction,
            "textrequest_payment_status": self.status,
            "reference_number": self.reference,
        }


class Payments:
    """The payments of one account. Who asks for one that is settled should have looked."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.by_id: dict[int, Payment] = {}
        self._numbers = itertools.count(2510)

    def request(self, dashboard: Dashboard, contact: Contact, body: Json) -> Payment:
        """Ask for a payment: the contact gets the link at once."""
        payment = Payment(
            id=next(self._numbers),
            dashboard=dashboard,
            contact=contact,
            cents=round(body["amount_requested"] * 100),
            description=str(body["description"]),
            reference=str(body["reference_number"]),
        )
        self.by_id[payment.id] = payment
        self._text(payment, f"{body['message']} {self.link(payment)}")
        return payment

    def link(self, payment: Payment) -> str:
        """Where the contact pays."""
        return f"{self._account.base_url}/pay/{payment.token}"

    def remind(self, payment: Payment) -> None:
        """Text the link again."""
        payment.reminded = True
        self._text(payment, f"Reminder: {payment.dollars} is still open. {self.link(payment)}")

    def cancel(self, payment: Payment) -> None:
        """Cancel it, and tell the contact."""
        self._text(payment, f"Your payment of {payment.dollars} is cancelled.")
        self._settle(payment, "Cancelled")

    def mark_paid(self, payment: Payment) -> None:
        """The money came another way."""
        self._settle(payment, "MarkedAsPaid")

    def open_link(self, token: str, *, declined: bool = False) -> Payment | None:
        """The contact opens the link and pays, or their card is declined; None for a link of no payment."""
        payment = next((each for each in self.by_id.values() if each.token == token), None)
        if payment is not None and payment.is_open:
            payment.transaction = "Declined" if declined else "Approved"
            self._settle(payment, "Failed" if declined else "Paid")
        return payment

    def pass_due(self, payment: Payment) -> None:
        """Its day has passed."""
        payment.past_due = True
        self._settle(payment, "PastDue")

    def _settle(self, payment: Payment, status: str) -> None:
        payment.status = status
        lane = f"payment:{payment.id}"
        self._account.telling.tell("payment_status_updated", payment.dashboard, payment.json(), lane)
        self._account.bell.ring()

    def _text(self, payment: Payment, words: str) -> None:
        self._account.accept(payment.dashboard, payment.contact, {"body": words, "sender_name": AUTHOR})
