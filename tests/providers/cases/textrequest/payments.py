"""Text Request's payments, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import TakesPayments
from bot.errors import ContactOptedOut, NotFound, Rejected, UsageError
from bot.model import (
    Money,
    Number,
    Payment,
    PaymentFilter,
    PaymentId,
    PaymentRequest,
    PaymentSort,
    PaymentStatus,
)
from bot.providers.textrequest import TextRequest
from tests.providers.case import EMPTY_LIST, Exchange, Impossible, Operation, Refusal, everything
from tests.providers.cases.common import CONTACT, WORDS
from tests.providers.cases.textrequest.common import ABROAD, TR_LINE, TR_PAGE, TR_REFUSALS, tr, tr_refusal
from tests.providers.far_end import Answer

ID = PaymentId("2510")
REFERENCE = "tt-01HTX3"
REQUEST = PaymentRequest(CONTACT, Money(22050, "USD"), "Invoice 1009", WORDS, REFERENCE)
EVERY_FILTER = PaymentFilter(CONTACT, REFERENCE, PaymentSort.AMOUNT, descending=False)
PAYMENT = Payment(
    id=ID,
    contact=CONTACT,
    contact_name="Ana Ruiz",
    amount=Money(22050, "USD"),
    description="Invoice 1009",
    reference=REFERENCE,
    status=PaymentStatus.SENT,
    status_word="Sent",
    transaction_word="Unknown",
    reminded=False,
    past_due=False,
    requested_at=datetime(2026, 3, 2, 15, 10, tzinfo=UTC),
)
PAID = Payment(
    id=PaymentId("2498"),
    contact=Number("+14235550143"),
    contact_name="",
    amount=Money(10, "USD"),
    description="Deposit",
    reference="tt-01HTW9",
    status=PaymentStatus.PAID,
    status_word="Paid",
    transaction_word="Approved",
    reminded=False,
    past_due=False,
    requested_at=datetime(2026, 2, 20, 9, tzinfo=UTC),
)

_PATH = "/dashboards/121/payments"
_NEVER: tuple[object, ...] = (
    {},
    {"payment_id": None},
    {"payment_id": 1, "customer_phone": "14235550142", "amount_requested": None},
)


def _change(step: str, fixture: str) -> tuple[Exchange, ...]:
    return (Exchange(f"POST {_PATH}/2510/{step}", tr(fixture), effect=True, wrong=_NEVER),)


def _unasked(request: PaymentRequest) -> Impossible[TextRequest]:
    return Impossible(lambda provider: provider.request_payment(TR_LINE, request), UsageError)


PAYMENTS: tuple[Operation[TextRequest], ...] = (
    Operation(
        TakesPayments.request_payment,
        lambda provider: provider.request_payment(TR_LINE, REQUEST),
        (
            Exchange(
                f"POST {_PATH}",
                tr("payment.json"),
                body={
                    "description": "Invoice 1009",
                    "customer_phone": "14235550142",
                    "amount_requested": 220.5,
                    "message": WORDS,
                    "reference_number": REFERENCE,
                },
                effect=True,
                wrong=_NEVER,
            ),
        ),
        PAYMENT,
        refusals=(*TR_REFUSALS, Refusal(tr_refusal("30050"), ContactOptedOut, "30050")),
        impossible=(
            _unasked(replace(REQUEST, amount=Money(0, "USD"))),
            _unasked(replace(REQUEST, amount=Money(-1, "USD"))),
            _unasked(replace(REQUEST, amount=Money(1250, "EUR"))),
            _unasked(replace(REQUEST, description="")),
            _unasked(replace(REQUEST, message=" \n")),
            _unasked(replace(REQUEST, reference="")),
            Impossible(
                lambda provider: provider.request_payment(TR_LINE, replace(REQUEST, contact=ABROAD)),
                Rejected,
            ),
        ),
    ),
    Operation(
        TakesPayments.list_payments,
        lambda provider: everything(provider.list_payments(TR_LINE, PaymentFilter())),
        (Exchange(f"GET {_PATH}", tr("payments.json"), TR_PAGE, means=EMPTY_LIST),),
        [PAYMENT, PAID],
        refusals=TR_REFUSALS,
    ),
    Operation(
        TakesPayments.list_payments,
        lambda provider: everything(provider.list_payments(TR_LINE, EVERY_FILTER)),
        (
            Exchange(
                f"GET {_PATH}",
                tr("payments.json"),
                {
                    **TR_PAGE,
                    "reference_number": REFERENCE,
                    "phone_number": "14235550142",
                    "sort_type": "amount",
                    "sort_direction": "asc",
                },
                means=EMPTY_LIST,
            ),
        ),
        [PAYMENT],
        note="filtered",
        picks=True,
    ),
    Operation(
        TakesPayments.read_payment,
        lambda provider: provider.read_payment(TR_LINE, ID),
        (Exchange(f"GET {_PATH}/2510", tr("payment.json"), means={b"": NotFound}, wrong=_NEVER),),
        PAYMENT,
        refusals=(*TR_REFUSALS, Refusal(Answer(204), NotFound, "nothing")),
        impossible=(
            Impossible(lambda provider: provider.read_payment(TR_LINE, PaymentId("../2510")), UsageError),
            Impossible(lambda provider: provider.read_payment(TR_LINE, PaymentId("")), UsageError),
        ),
    ),
    Operation(
        TakesPayments.remind_payment,
        lambda provider: provider.remind_payment(TR_LINE, ID),
        _change("resend", "payment_reminded.json"),
        replace(PAYMENT, reminded=True, past_due=True, status=PaymentStatus.PAST_DUE, status_word="PastDue"),
        refusals=TR_REFUSALS,
    ),
    Operation(
        TakesPayments.cancel_payment,
        lambda provider: provider.cancel_payment(TR_LINE, ID),
        _change("cancel", "payment_cancelled.json"),
        replace(PAYMENT, status=PaymentStatus.CANCELLED, status_word="Cancelled"),
        refusals=TR_REFUSALS,
    ),
    Operation(
        TakesPayments.mark_payment_paid,
        lambda provider: provider.mark_payment_paid(TR_LINE, ID),
        _change("mark_as_paid", "payment_marked_paid.json"),
        replace(PAYMENT, status=PaymentStatus.MARKED_PAID, status_word="MarkedAsPaid"),
        refusals=TR_REFUSALS,
    ),
)
