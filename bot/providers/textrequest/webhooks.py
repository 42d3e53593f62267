"""What Text Request posts to us: `verify` its signature, `parse` its words. Pure.

Payloads: Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
(texts); a status and a contact are undocumented, as integrations met them in 2026.
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
    Nothing,
    Number,
    OptOutReported,
    ProviderEvent,
    Signature,
    TextReceived,
    TextSent,
    WebhookRequest,
)
from bot.phone import read_number
from bot.providers.textrequest.wire import (
    FAILURES,
    NAME,
    OPTED_OUT_CODES,
    ContactWire,
    ConversationWire,
    StatusWebhookWire,
    TextWebhookWire,
    read_code,
    read_delivery,
    read_utc,
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


def parse(request: WebhookRequest) -> ProviderEvent:
    """What the webhook says; an unknown event is `Nothing`. Raises `WebhookUnreadable`."""
    reader = _READERS.get(request.event)
    if reader is None:
        return Nothing(NAME, request.event if _EVENT.fullmatch(request.event) else "unknown")
    return reader(request)


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


# --- A text, in or out ------------------------------------------------------------------------------------


def _read_text(request: WebhookRequest) -> TextReceived | TextSent:
    wire = _read(TextWebhookWire, request)
    ours, theirs = wire.yourPhoneNumber, wire.conversation
    text_id = (wire.messageUniqueIdentifier or "").strip()
    if not text_id:
        raise _unreadable(request, "the text has no id")
    sent_at = read_utc(theirs.date, request.received_at)
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
    asked = request.query.get("t", "")
    token = asked if _TOKEN.fullmatch(asked) else None
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


# --- Opting out and in --------------------------------------------------------------------------------------


def _read_contact(request: WebhookRequest) -> OptOutReported | Nothing:
    wire = _read(ContactWire, request)
    contact = _number(request, wire.phone_number, "the contact")
    if wire.opted_out is None:
        return Nothing(NAME, request.event)
    account = request.query.get("d", "")
    return OptOutReported(
        provider=NAME,
        account=account if _ACCOUNT.fullmatch(account) else "",
        line_number=None,
        contact=contact,
        opted_out=wire.opted_out,
        contact_name=wire.name,
    )


_READERS: Mapping[str, Callable[[WebhookRequest], ProviderEvent]] = {
    "msg_received": _read_text,
    "msg_sent": _read_text,
    "msg_status_updated": _read_status,
    "status": _read_status,  # a text's own status_callback, with our token in `t`
    "contact_updated": _read_contact,
}
