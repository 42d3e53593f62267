"""Payments in lists and in the form that asks for one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.model import LineId, Money, Number, Payment, PaymentId, PaymentStatus
from bot.sandbox.slack.modals import check_view
from bot.views.forms import Opened, form
from bot.views.payment_form import AMOUNT, LINE, TO, payment_form
from bot.views.payments import payment_about, payment_words, status_words
from tests.views import cases

BERLIN = ZoneInfo("Europe/Berlin")


def payment(**fields: Any) -> Payment:
    """A payment that Maria is asked for."""
    return Payment(
        **{
            "id": PaymentId("2510"),
            "contact": Number("+14155550134"),
            "contact_name": "Maria Lopez",
            "amount": Money(22_050, "USD"),
            "description": "Invoice\n1009",
            "reference": "R-7",
            "status": PaymentStatus.SENT,
            "status_word": "Sent",
            "transaction_word": "Unknown",
            "reminded": False,
            "past_due": False,
            "requested_at": cases.AT,
            **fields,
        }
    )


def test_payment_is_told_with_whom_how_much_when_and_how_it_stands() -> None:
    assert payment_words(payment(), BERLIN).splitlines() == [
        "#2510 · $220.50 · Invoice 1009 · sent",
        "Maria Lopez · +1 415 555 0134 · asked for 22 Nov 2026, 10:30",
        "Reference R-7",
    ]


def test_what_is_not_known_of_a_payment_is_left_out() -> None:
    shown = payment_words(payment(contact_name="", requested_at=None, reference="", reminded=True), BERLIN)

    assert shown.splitlines()[1:] == ["+1 415 555 0134 · reminded"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"past_due": True}, "past due"),
        ({"past_due": True, "status": PaymentStatus.PAID}, "paid"),
        ({"status": PaymentStatus.UNKNOWN, "status_word": "OnHold"}, "OnHold"),
        ({"status": PaymentStatus.UNKNOWN, "status_word": ""}, "no status"),
    ],
)
def test_status_is_told_in_plain_words(fields: dict[str, Any], said: str) -> None:
    assert status_words(payment(**fields)) == said


def test_long_description_is_shortened_in_lists() -> None:
    assert len(payment_about(payment(description="x" * 500))) < 140


@pytest.mark.parametrize("lines", [1, 2])
def test_form_has_a_menu_of_lines_only_where_there_are_several(lines: int) -> None:
    every = [cases.LINE, replace(cases.LINE, id=LineId(2))][:lines]

    drawn = payment_form(every, every[0], "+14155550134", message="Please pay $45.00 with this link:")

    assert check_view(dict(form(Opened("form:payment", "uid", "Request a payment"), drawn))) == []
    names = [field["block_id"] for field in drawn.fields]
    assert names[0] == TO
    assert (LINE in names) == (lines > 1)
    assert AMOUNT in names
