"""What Text Request posts to us: `verify` its signature, `parse` its words. Pure.

Payloads: Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
(texts); a status and a contact are undocumented, as integrations met them in 2026. Of a payment and a location
nobody has shown one: whatever names a payment, or a place on earth, is read; the rest is kept for a person.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.errors import WebhookRefused, WebhookUnreadable
from bot.http import Unreadable, Wire
from bot.model import (
    Attachment,
    DeliveryReported,
    LocationShared,
    Nothing,
    Number,
    OptOutReported,
    PaymentId,
    PaymentReported,
    ProviderEvent,
    Signature,
    StandingReported,
    TextReceived,
    TextSent,
    WebhookRequest,
)
from bot.phone import read_number
from bot.providers.reading import first_of, is_number, read_code, read_row, read_time
from bot.providers.textrequest.wire import (
    FAILURES,
    NAME,
    OPTED_OUT_CODES,
    ContactWire,
    ConversationWire,
    LocationWebhookWire,
    PaymentWebhookWire,
    PlaceWire,
    StatusWebhookWire,
    TextWebhookWire,
    read_delivery,
)

# Source: https://github.com/textrequest/webhook-validation-example (names, recipe and the five minutes)
TIMESTAMP_HEADER = "x-tr-webhook-timestamp"
SIGNATURE_HEADER = "x-tr-webhook-signature"
OLDEST_S = 300

_REFUSED = "This webhook is not signed by Text Request."
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}")
_ACCOUNT = re.compile(r"[0-9]{1,20}")
_EVENT = re.compile(r"[a-z_]{1,40}")

W = TypeVar("W", bound=Wire)


def sign(api_key: str, timestamp: str, body: bytes) -> str:
    """The signature of a webhook: HMAC-SHA256 over `timestamp.body`, in Base64."""
    digest = hmac.new(api_key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def verify(api_key: str, request: WebhookRequest) -> Signature:
    """Check the signature, if there is one. Raises `WebhookRefused` when it is wrong, half there, or stale."""
    timestamp = request.headers.get(TIMESTAMP_HEADER)
    signature = request.headers.get(SIGNATURE_HEADER)
    if timestamp is None and signature is None:
        return Signature.ABSENT
    if timestamp is None or signature is None or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise WebhookRefused(_REFUSED, status=403)
    right = sign(api_key, timestamp, request.body)
    if not hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")):
        raise WebhookRefused(_REFUSED, status=403)
    if abs(request.received_at.timestamp() - int(timestamp)) > OLDEST_S:
        raise WebhookRefused(_REFUSED, status=403)
    return Signature.VALID


def parse(request: WebhookRequest) -> tuple[ProviderEvent, ...]:
    """What the webhook says; an unknown event is `Nothing`. Raises `WebhookUnreadable`."""
    if request.event == "contact_updated":
        return _read_contact(request)
    reader = _READERS.get(request.event)
    if reader is None:
        return (Nothing(NAME, request.event if _EVENT.fullmatch(request.event) else "unknown"),)
    return (reader(request),)


def _read(model: type[W], request: WebhookRequest) -> W:
    try:
        return model.read(request.body)
    except Unreadable as error:
        raise _unreadable(request, str(error)) from None


def _unreadable(request: WebhookRequest, reason: str) -> WebhookUnreadable:
    return WebhookUnreadable(f"Text Request's {request.event} webhook cannot be read: {reason}.")


def _number(request: WebhookRequest, raw: str | None, what: str) -> Number:
    number = read_number(raw)
    if number is None:
        raise _unreadable(request, f"{what} is no phone number")
    return number


def _account(request: WebhookRequest) -> str:
    """The dashboard, which our URL names where the payload does not."""
    account = request.query.get("d", "")
    return account if _ACCOUNT.fullmatch(account) else ""


def _token(request: WebhookRequest) -> str | None:
    """Our random token, which the URL of a text's own callback carries."""
    token = request.query.get("t", "")
    return token if _TOKEN.fullmatch(token) else None


# --- A text, in or out ------------------------------------------------------------------------------------


def _read_text(request: WebhookRequest) -> TextReceived | TextSent:
    wire = _read(TextWebhookWire, request)
    ours, theirs = wire.yourPhoneNumber, wire.conversation
    text_id = (wire.messageUniqueIdentifier or "").strip()
    if not text_id:
        raise _unreadable(request, "the text has no id")
    sent_at = read_time(theirs.date, request.received_at)
    if sent_at is None:
        raise _unreadable(request, "the date is none, or absurd")
    line_number = _number(request, ours.phoneNumber, "the line")
    contact = _number(request, theirs.consumerPhoneNumber, "the contact")
    direction = (theirs.messageDirection or "").strip().upper()
    if direction == "R" or (direction != "S" and request.event == "msg_received"):
        return TextReceived(
            provider=NAME,
            account=ours.id or "",
            line_number=line_number,
            contact=contact,
            text_id=text_id,
            body=theirs.message or "",
            sent_at=sent_at,
            contact_name=(theirs.consumerFriendlyName or "").strip() or None,
            attachments=_attachments(theirs),
        )
    return TextSent(
        provider=NAME,
        account=ours.id or "",
        line_number=line_number,
        contact=contact,
        text_id=text_id,
        body=theirs.message or "",
        sent_at=sent_at,
        delivery=read_delivery(theirs.status),
        attachments=_attachments(theirs),
    )


def _attachments(wire: ConversationWire) -> tuple[Attachment, ...]:
    return tuple(Attachment(media.url, media.mimeType or "") for media in wire.mmsAttachments or () if media.url)


# --- How far a text got -----------------------------------------------------------------------------------


def _read_status(request: WebhookRequest) -> DeliveryReported | Nothing:
    wire = _read(StatusWebhookWire, request)
    text_id = (wire.message_id or "").strip() or None
    token = _token(request)
    if text_id is None and token is None:
        raise _unreadable(request, "it names no text")
    if not wire.status:
        raise _unreadable(request, "it has no status")
    delivery = read_delivery(wire.status)
    if delivery is None:
        return Nothing(NAME, request.event)
    code = read_code(wire.errorCode)
    return DeliveryReported(
        provider=NAME,
        text_id=text_id,
        token=token,
        delivery=delivery,
        code=code,
        why=FAILURES.get(code, ""),
        opted_out=code in OPTED_OUT_CODES,
    )


# --- A contact: opting out and in, and how its conversation is kept ---------------------------------------------


def _read_contact(request: WebhookRequest) -> tuple[ProviderEvent, ...]:
    wire = _read(ContactWire, request)
    contact, account = _number(request, wire.phone_number, "the contact"), _account(request)
    told: list[ProviderEvent] = []
    if wire.opted_out is not None:
        told.append(OptOutReported(NAME, account, None, contact, wire.opted_out, wire.name))
    kept = (wire.is_resolved, wire.is_archived, wire.is_blocked)
    if any(each is not None for each in kept):
        told.append(StandingReported(NAME, account, contact, *kept))
    return tuple(told) or (Nothing(NAME, request.event),)


# --- A payment, a location ----------------------------------------------------------------------------------


def _read_payment(request: WebhookRequest) -> PaymentReported:
    wire = _read(PaymentWebhookWire, request)
    payment = first_of(wire.payment_id)
    if not is_number(payment):
        raise _unreadable(request, "it names no payment")
    return PaymentReported(NAME, _account(request), PaymentId(payment))


def _read_location(request: WebhookRequest) -> LocationShared:
    wire = _read(LocationWebhookWire, request)
    token, inner = _token(request), read_row(PlaceWire, wire.location)
    place = wire.place or (inner and inner.place)
    if token is None or place is None:
        raise _unreadable(request, "it names no place" if token else "it answers no question of ours")
    return LocationShared(NAME, token, *place)


_READERS: Mapping[str, Callable[[WebhookRequest], ProviderEvent]] = {
    "msg_received": _read_text,
    "msg_sent": _read_text,
    "msg_status_updated": _read_status,
    "status": _read_status,  # a text's own status_callback, with our token in `t`
    "payment_status_updated": _read_payment,
    "location": _read_location,  # a question's own location_callback, with our token in `t`
}
