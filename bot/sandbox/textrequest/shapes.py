"""Text Request's JSON, built from texts, contacts and hooks. Pure.

Ids are GUIDs and numbers, phone numbers eleven digits, times UTC without a zone, as the real ones.
Source: https://www.textrequest.com/api (v3), and the OpenAPI file of its connector:
https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.texts import Text
from bot.sandbox.wire import Json

ACCOUNT_ID = 9001


@dataclass(slots=True)
class Dashboard:
    """One line of the account."""

    id: int
    name: str
    number: str


@dataclass(slots=True)
class Contact:
    """Somebody as one dashboard knows them. `name` is the display name."""

    number: str
    name: str = ""
    opted_out_at: datetime | None = None
    is_archived: bool = False
    is_blocked: bool = False
    is_suppressed: bool = False
    is_resolved: bool = False
    first_name: str = ""
    last_name: str = ""
    note: str = ""
    suppressed_reason: str = ""
    groups: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Known:
    """A contact, and what went to and fro on that dashboard, oldest first."""

    contact: Contact
    texts: Sequence[Text]

    @property
    def sent(self) -> list[Text]:
        """Towards the contact."""
        return [text for text in self.texts if text.outbound]

    @property
    def received(self) -> list[Text]:
        """From the contact."""
        return [text for text in self.texts if not text.outbound]

    @property
    def last_at(self) -> datetime | None:
        """The last text either way."""
        return self.texts[-1].at if self.texts else None

    @property
    def last_sent_at(self) -> datetime | None:
        """The last text towards the contact."""
        return self.sent[-1].at if self.sent else None

    @property
    def last_received_at(self) -> datetime | None:
        """The last text of the contact."""
        return self.received[-1].at if self.received else None


@dataclass(slots=True)
class Hook:
    """One webhook of a dashboard."""

    id: int
    dashboard_id: int
    event: str
    url: str
    connected: bool = True
    failures: int = 0  # in a row


def digits(number: str) -> str:
    """Eleven digits without plus."""
    return number.lstrip("+")


def stamp(at: datetime | None) -> str | None:
    """UTC without a zone, in milliseconds."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]


def page_of(items: Sequence[Any], page: int, page_size: int) -> tuple[Json, Sequence[Any]]:
    """The meta object and the items of one page, counted from 0."""
    start = page * page_size
    meta = {"page": page, "page_size": page_size, "total_items": len(items)}
    return meta, items[start : start + page_size]


def message(text: Text) -> Json:
    """A message as the API returns it."""
    return {
        "message_id": text.id,
        "body": text.words,
        "message_direction": "S" if text.outbound else "R",
        "response_by_username": text.author or None,
        "message_timestamp_utc": stamp(text.at),
        "delivery_status": text.status or None,
        "delivery_error": text.code or None,
        "mms_media": list(text.media),
    }


def listed_message(text: Text, contact: Contact) -> Json:
    """A message as the dashboard's list returns it."""
    return message(text) | {
        "dashboard_phone": digits(text.line),
        "customer_phone": digits(text.contact),
        "customer_friendly_name": contact.name or None,
        "segments_count": 1 + len(text.words) // 154,
    }


def contact_json(known: Known) -> Json:
    """A contact as the API returns it, and as `contact_updated` sends it."""
    contact, texts = known.contact, known.texts
    return {
        "phone_number": digits(contact.number),
        "first_name": contact.first_name or None,
        "last_name": contact.last_name or None,
        "display_name": contact.name or None,
        "is_suppressed": contact.is_suppressed,
        "is_archived": contact.is_archived,
        "is_blocked": contact.is_blocked,
        "suppressed_reason": contact.suppressed_reason or None,
        "note": contact.note or None,
        "groups": contact.groups,
        "contact_tags": contact.tags,
        "custom_fields": [{"id": id_, "value": value} for id_, value in contact.fields.items()],
        "is_resolved": contact.is_resolved,
        "first_contact_utc": stamp(texts[0].at if texts else None),
        "opted_out_utc": stamp(contact.opted_out_at),
        "last_msg_sent_utc": stamp(known.last_sent_at),
        "last_msg_received_utc": stamp(known.last_received_at),
        "total_msgs_sent": len(known.sent),
        "total_msgs_received": len(known.received),
        "response_count": len(known.received),
        "date_created_utc": stamp(contact.created_at),
        "last_contact_date_utc": stamp(known.last_at),
        "last_message": message(texts[-1]) if texts else None,
    }


def conversation_json(known: Known) -> Json:
    """A conversation as the dashboard's list returns it."""
    return {"phone_number": digits(known.contact.number), "last_message": message(known.texts[-1])}


def dashboard_json(dashboard: Dashboard) -> Json:
    """A dashboard as the API returns it."""
    return {"id": dashboard.id, "name": dashboard.name, "phone": digits(dashboard.number)}


def hook_json(hook: Hook) -> Json:
    """A hook as the API returns it."""
    return {
        "id": hook.id,
        "target_url": hook.url,
        "event": hook.event,
        "dashboard_id": hook.dashboard_id,
        "httpVerb": "POST",
        "is_user_defined": True,
        "is_connected": hook.connected,
    }


def text_payload(text: Text, dashboard: Dashboard, contact: Contact) -> Json:
    """What `msg_received` and `msg_sent` post."""
    return {
        "messageUniqueIdentifier": text.id,
        "account": {"id": ACCOUNT_ID, "externalAccountId": None},
        "yourPhoneNumber": {
            "id": dashboard.id,
            "externalPhoneId": None,
            "description": dashboard.name,
            "phoneNumber": digits(dashboard.number),
        },
        "conversation": {
            "id": int(digits(contact.number)) % 1_000_000,
            "date": stamp(text.at),
            "consumerPhoneNumber": digits(contact.number),
            "messageDirection": "S" if text.outbound else "R",
            "message": text.words,
            "numSegments": 1 + len(text.words) // 154,
            "status": text.status or None,
            "claimedBy": text.author or None,
            "consumerFriendlyName": contact.name or None,
            "mmsAttachments": [{"url": url, "mimeType": "image/jpeg"} for url in text.media],
        },
    }


def status_payload(text: Text) -> Json:
    """What `msg_status_updated` and a message's own callback post."""
    return {"message_id": text.id, "status": text.status, "errorCode": text.code or None}


def signature_headers(api_key: str, body: bytes, timestamp: int) -> dict[str, str]:
    """Source: https://github.com/textrequest/webhook-validation-example"""
    mac = hmac.new(api_key.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "x-tr-webhook-timestamp": str(timestamp),
        "x-tr-webhook-signature": base64.b64encode(mac).decode(),
    }
