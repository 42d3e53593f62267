"""What ClickSend posts to us, as JSON or as a form. Pure.

Nothing is signed: the secret in the URL is all there is, and `Signature.UNSUPPORTED` says so. A rule that somebody
set to GET brings no body, and is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

from bot.errors import WebhookUnreadable
from bot.http import Unreadable, Wire
from bot.model import (
    Delivery,
    DeliveryReported,
    Nothing,
    Number,
    OrderId,
    OrderReported,
    ProviderEvent,
    TextReceived,
    WebhookRequest,
)
from bot.phone import read_number
from bot.providers.clicksend.wire import (
    CALL_STATES,
    FAILURES,
    KEYS,
    NAME,
    RECEIPT_STATES,
    InboundWire,
    ReceiptWire,
)
from bot.providers.reading import first_of, read_code, read_unix, read_word

MOST_FIELDS = 100
_EVENT = re.compile(r"[a-z_]{1,40}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}")
# What else has receipts is no text. Nobody tells whether pictures have some here; their ids are those of texts.
_TEXTS = frozenset({"", "sms", "mms"})
_NOT_ANSWERED = "The call did not get through, or nobody answered."

W = TypeVar("W", bound=Wire)


def parse(request: WebhookRequest) -> ProviderEvent:
    """What the webhook says; an unknown event is `Nothing`. Raises `WebhookUnreadable`."""
    reader = _READERS.get(request.event)
    if reader is None:
        return Nothing(NAME, request.event if _EVENT.fullmatch(request.event) else "unknown")
    return reader(request)


def _read(model: type[W], request: WebhookRequest) -> W:
    body = request.body.strip()
    if not body:
        raise _unreadable(request, "it is empty")
    try:
        # No form starts with a brace: there it would be written %7B.
        return model.read(body) if body[:1] in b"{[" else model.read_fields(_form(body))
    except Unreadable as error:
        reason = str(error)
    raise _unreadable(request, reason)


def _form(body: bytes) -> Mapping[str, str]:
    try:
        text = body.decode("utf-8", "replace")
        return dict(parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Unreadable("it is neither JSON nor a form") from error


def _unreadable(request: WebhookRequest, reason: str) -> WebhookUnreadable:
    return WebhookUnreadable(f"ClickSend's {request.event} webhook cannot be read: {reason}.")


def _number(request: WebhookRequest, raw: str, what: str) -> Number:
    number = read_number(raw)
    if number is None:
        raise _unreadable(request, f"{what} is no phone number")
    return number


def _read_inbound(request: WebhookRequest) -> TextReceived:
    wire = _read(InboundWire, request)
    text_id = first_of(wire.message_id, wire.messageid)
    if not text_id:
        raise _unreadable(request, "the text has no id")
    sent_at = read_unix(wire.timestamp, request.received_at) if first_of(wire.timestamp) else request.received_at
    if sent_at is None:
        raise _unreadable(request, "the time is none, or absurd")
    return TextReceived(
        provider=NAME,
        account="",
        line_number=_number(request, first_of(wire.to, wire.originalsenderid), "the line"),
        contact=_number(request, first_of(wire.from_), "the contact"),
        text_id=text_id,
        body=wire.body or wire.message or "",
        sent_at=sent_at,
    )


def _read_receipt(request: WebhookRequest) -> DeliveryReported | Nothing:
    wire = _read(ReceiptWire, request)
    text_id, token = _whose(wire, request)
    status_code = first_of(wire.status_code)
    if not status_code:
        raise _unreadable(request, "it has no status")
    delivery = RECEIPT_STATES.get(status_code)
    if delivery is None or first_of(wire.message_type).lower() not in _TEXTS:
        return Nothing(NAME, request.event)
    return DeliveryReported(
        provider=NAME,
        text_id=text_id,
        token=token,
        delivery=delivery,
        code=_code(wire, delivery),
        why=FAILURES.get(status_code, ""),
    )


def _read_call(request: WebhookRequest) -> OrderReported | Nothing:
    """The code decides, then the word: codes of calls are told in two ways."""
    wire = _read(ReceiptWire, request)
    call_id, token = _whose(wire, request)
    status_code, word = first_of(wire.status_code), first_of(wire.status)
    if not status_code and not word:
        raise _unreadable(request, "it has no status")
    delivery = RECEIPT_STATES.get(status_code) or read_word(CALL_STATES, word, None)
    if delivery is None:
        return Nothing(NAME, request.event)
    keys = first_of(wire.digits)
    return OrderReported(
        provider=NAME,
        order_id=None if call_id is None else OrderId(call_id),
        token=token,
        delivery=delivery,
        keys=keys if KEYS.fullmatch(keys) else "",
        code=_code(wire, delivery),
        why=_NOT_ANSWERED if delivery is Delivery.FAILED else "",
    )


def _whose(wire: ReceiptWire, request: WebhookRequest) -> tuple[str | None, str | None]:
    """Their id and our token, of which one is there."""
    found = first_of(wire.message_id, wire.messageid) or None
    token = first_of(wire.custom_string, wire.customstring)
    ours = token if _TOKEN.fullmatch(token) else None
    if found is None and ours is None:
        raise _unreadable(request, "it names nothing that we sent")
    return found, ours


def _code(wire: ReceiptWire, delivery: Delivery) -> str:
    failed = read_code(wire.status_code) if delivery is Delivery.FAILED else ""
    return read_code(wire.error_code) or failed


_READERS: Mapping[str, Callable[[WebhookRequest], ProviderEvent]] = {
    "inbound": _read_inbound,
    "receipts": _read_receipt,
    "voice": _read_call,
}
