"""Payments as lists and answers show them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from bot.markup import shorten
from bot.model import Payment, PaymentStatus
from bot.money import display_money
from bot.phone import display_number
from bot.views.phrases import below_each_other, dotted, flat, moment

DESCRIPTION = 100

_STATUS: Mapping[PaymentStatus, str] = {
    PaymentStatus.SENT: "sent",
    PaymentStatus.PAST_DUE: "past due",
    PaymentStatus.PAID: "paid",
    PaymentStatus.MARKED_PAID: "marked as paid",
    PaymentStatus.CANCELLED: "cancelled",
    PaymentStatus.FAILED: "failed",
}


def payment_about(payment: Payment) -> str:
    """A payment as people call it: `#2510 · $45.00 · Deposit`."""
    description = shorten(flat(payment.description), DESCRIPTION)
    return dotted(f"#{payment.id}", display_money(payment.amount), description)


def payment_words(payment: Payment, zone: tzinfo) -> str:
    """Whom it is asked of, how it stands, and what else there is to know; times in the reader's zone."""
    shown = display_number(payment.contact)
    asked = f"asked for {moment(payment.requested_at, zone)}" if payment.requested_at else ""
    return below_each_other(
        dotted(payment_about(payment), status_words(payment)),
        dotted(payment.contact_name, shown, asked, "reminded" if payment.reminded else ""),
        f"Reference {flat(payment.reference)}" if payment.reference else "",
    )


def status_words(payment: Payment) -> str:
    """How it stands; a status that is new to us in the provider's word."""
    if payment.past_due and payment.status == PaymentStatus.SENT:
        return _STATUS[PaymentStatus.PAST_DUE]
    return _STATUS.get(payment.status, flat(payment.status_word) or "no status")
