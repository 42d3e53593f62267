"""Payments at Text Request: the calls, then what is asked and what the answers mean.

Asking, reminding and cancelling each text the contact at once. There is one reminder for each payment, and a
payment cannot be changed: cancel it and ask again. Amounts are US dollars.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import ClassVar

from bot.capabilities import TakesPayments
from bot.errors import UsageError
from bot.http import Amount, Flag, Http, Id, Response, Wire, Words
from bot.model import Line, Payment, PaymentFilter, PaymentId, PaymentRequest, PaymentStatus
from bot.money import decimal_of, float_of
from bot.phone import read_number
from bot.providers.reading import filled, first_of, read_money, read_time, read_word
from bot.providers.textrequest.asking import explained, line_path, list_rows, read_one, their_id, their_number

CURRENCY = "USD"

# Payments are switched on for each dashboard ("activatePayments").
# Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/payment.ts
_NOT_ASKED = "Text Request did not ask for it. Check the number, and that payments are switched on for this line."
_REMINDED = "Text Request reminds once of each open payment. This one had its reminder, or is settled."
_SETTLED = "Text Request changes open payments only. Look at this one again: it may be settled."

# Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/lib/zod/payment.schema.ts
STATUSES: Mapping[str, PaymentStatus] = {
    "sent": PaymentStatus.SENT,
    "pastdue": PaymentStatus.PAST_DUE,
    "paid": PaymentStatus.PAID,
    "markedaspaid": PaymentStatus.MARKED_PAID,
    "cancelled": PaymentStatus.CANCELLED,
    "failed": PaymentStatus.FAILED,
}


class Payments(TakesPayments):
    """Text Request's payments."""

    currency: ClassVar[str] = CURRENCY
    _http: Http

    async def request_payment(self, line: Line, request: PaymentRequest) -> Payment:
        """Ask for a payment; they text the link with `message` at once."""
        path, body = payments_path(line), payment_body(request)
        with explained(_NOT_ASKED):
            return read_payment(await self._http.act("POST", path, body))

    async def list_payments(self, line: Line, which: PaymentFilter) -> AsyncIterator[Payment]:
        """The payments that match, filtered here once more: a filter that they do not know is ignored in
        silence."""
        async for wire in list_rows(self._http, payments_path(line), payments_query(which), PaymentWire):
            payment = wire.payment()
            if payment is not None and matches(payment, which):
                yield payment

    async def read_payment(self, line: Line, payment: PaymentId) -> Payment:
        """One payment; no content means that there is none."""
        return read_payment(await self._http.read(payment_path(line, payment)))

    async def remind_payment(self, line: Line, payment: PaymentId) -> Payment:
        """The one reminder, in their words."""
        with explained(_REMINDED):
            return await self._step(line, payment, "resend")

    async def cancel_payment(self, line: Line, payment: PaymentId) -> Payment:
        """Cancel it; they tell the contact."""
        with explained(_SETTLED):
            return await self._step(line, payment, "cancel")

    async def mark_payment_paid(self, line: Line, payment: PaymentId) -> Payment:
        """For money that came outside of their portal, which closes its own payments by itself."""
        with explained(_SETTLED):
            return await self._step(line, payment, "mark_as_paid")

    async def _step(self, line: Line, payment: PaymentId, step: str) -> Payment:
        return read_payment(await self._http.act("POST", f"{payment_path(line, payment)}/{step}"))


# --- What is asked ----------------------------------------------------------------------------------------


def payments_path(line: Line) -> str:
    """Where a line's payments live."""
    return f"{line_path(line)}/payments"


def payment_path(line: Line, payment: PaymentId) -> str:
    """Where one lives. Raises `UsageError` for what cannot be an id of theirs."""
    return f"{payments_path(line)}/{their_id(payment, 'payment')}"


def payment_body(request: PaymentRequest) -> Mapping[str, object]:
    """What asks for a payment. Raises `UsageError` for what they would refuse."""
    if request.amount.currency != CURRENCY or decimal_of(request.amount) <= 0:
        raise UsageError("Text Request takes payments in US dollars, above zero. Write the amount like $12.50.")
    words = {
        "description": request.description.strip(),
        "message": request.message.strip(),
        "reference_number": request.reference.strip(),
    }
    if not all(words.values()):
        raise UsageError("A payment needs a description, words for the contact, and a reference.")
    return {
        **words,
        "customer_phone": their_number(request.contact),
        "amount_requested": float_of(request.amount),
    }


def payments_query(which: PaymentFilter) -> dict[str, str]:
    """The filter and the order, as far as they are set."""
    asked = {
        "reference_number": which.reference,
        "phone_number": which.contact and their_number(which.contact),
        "sort_type": which.sort,
        "sort_direction": which.sort and ("desc" if which.descending else "asc"),
    }
    return {name: str(value) for name, value in filled(asked).items()}


# --- What the answers mean --------------------------------------------------------------------------------


class PaymentWire(Wire):
    """A payment. `transaction_status` is the processor's, for the details only."""

    payment_id: Id | None = None
    request_date: Words | None = None
    recipient: Words | None = None
    description: Words | None = None
    customer_phone: Words | None = None
    amount_requested: Amount = None
    is_past_due: Flag = None
    reminder_was_sent: Flag = None
    transaction_status: Words | None = None
    textrequest_payment_status: Words | None = None
    reference_number: Words | None = None

    def payment(self) -> Payment | None:
        """The same in the words of every provider; None without an id, an amount or a contact."""
        contact, amount = read_number(self.customer_phone), read_money(self.amount_requested, CURRENCY)
        if not self.payment_id or contact is None or amount is None:
            return None
        status = first_of(self.textrequest_payment_status)
        return Payment(
            id=PaymentId(self.payment_id),
            contact=contact,
            contact_name=first_of(self.recipient),
            amount=amount,
            description=first_of(self.description),
            reference=first_of(self.reference_number),
            status=read_word(STATUSES, status, PaymentStatus.UNKNOWN),
            status_word=status,
            transaction_word=first_of(self.transaction_status),
            reminded=bool(self.reminder_was_sent),
            past_due=bool(self.is_past_due),
            requested_at=read_time(self.request_date),
        )


def read_payment(response: Response) -> Payment:
    """The payment in an answer. Raises `NotFound` for a read that brought nothing."""
    return read_one(response, PaymentWire, PaymentWire.payment)


def matches(payment: Payment, which: PaymentFilter) -> bool:
    """Whether it is one that was asked for."""
    return which.reference in (None, payment.reference) and which.contact in (None, payment.contact)
