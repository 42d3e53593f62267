"""Payments at Text Request's API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.routes import Asked, Route
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.answers import (
    OPTED_OUT,
    Refusal,
    dashboard_of,
    no_content,
    number_of,
    paged,
    required,
)
from bot.sandbox.textrequest.payments import Payment
from bot.sandbox.wire import json_answer

_ORDERS: Mapping[str, Callable[[Payment], Any]] = {
    "": lambda payment: payment.id,
    "amount": lambda payment: payment.cents,
    "contact": lambda payment: payment.contact.name,
    "date": lambda payment: payment.at,
    "status": lambda payment: payment.status,
}


class PaymentsDoor:
    """Takes payments."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> list[Route]:
        """Its addresses."""
        line, one = "dashboards/{}/payments", "dashboards/{}/payments/{}"
        return [
            Route("payments", "GET", line, self._list),
            Route("request_payment", "POST", line, self._request),
            Route("payment", "GET", one, self._read),
            Route("remind_payment", "POST", f"{one}/resend", self._remind),
            Route("cancel_payment", "POST", f"{one}/cancel", self._cancel),
            Route("mark_payment_paid", "POST", f"{one}/mark_as_paid", self._mark_paid),
        ]

    def _list(self, asked: Asked) -> web.Response:
        dashboard, sort = dashboard_of(self._account, asked), asked.query.get("sort_type", "")
        direction = asked.query.get("sort_direction", "desc")
        if sort not in _ORDERS or direction not in {"asc", "desc"}:
            raise Refusal(400, "The order is not known.")
        reference, number = asked.query.get("reference_number", ""), asked.query.get("phone_number", "")
        wanted = number_of(number) if number else ""
        chosen = [
            each
            for each in self._account.payments.by_id.values()
            if each.dashboard is dashboard
            and (not reference or each.reference == reference)
            and (not wanted or each.contact.number == wanted)
        ]
        ordered = sorted(chosen, key=_ORDERS[sort], reverse=direction == "desc")
        return paged([payment.json() for payment in ordered], asked)

    def _request(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        _, phone, _, _ = required(asked, "description", "customer_phone", "message", "reference_number")
        amount = asked.body.get("amount_requested")
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not round(amount * 100) > 0:
            raise Refusal(400, "The amount_requested is not valid.")
        contact = self._account.contact(dashboard, number_of(phone))
        if contact.opted_out_at is not None:
            raise Refusal(400, "The contact has opted out.", OPTED_OUT)
        return json_answer(self._account.payments.request(dashboard, contact, asked.body).json())

    def _read(self, asked: Asked) -> web.Response:
        payment = self._found(asked)
        return no_content() if payment is None else json_answer(payment.json())

    def _remind(self, asked: Asked) -> web.Response:
        payment = self._open(asked)
        if payment.reminded:
            raise Refusal(400, "A reminder was sent.")
        self._account.payments.remind(payment)
        return json_answer(payment.json())

    def _cancel(self, asked: Asked) -> web.Response:
        payment = self._open(asked)
        self._account.payments.cancel(payment)
        return json_answer(payment.json())

    def _mark_paid(self, asked: Asked) -> web.Response:
        payment = self._open(asked)
        self._account.payments.mark_paid(payment)
        return json_answer(payment.json())

    def _open(self, asked: Asked) -> Payment:
        payment = self._found(asked)
        if payment is None or not payment.is_open:
            raise Refusal(400, "The payment is not open.")
        return payment

    def _found(self, asked: Asked) -> Payment | None:
        dashboard, name = dashboard_of(self._account, asked), asked.ids[1]
        payment = self._account.payments.by_id.get(int(name)) if name.isdecimal() else None
        return payment if payment is not None and payment.dashboard is dashboard else None
