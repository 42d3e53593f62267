"""Text Request's webhooks, signed and ready to be sent as bytes."""

from __future__ import annotations

import json
import time
import uuid
from datetime import UTC, datetime

from bot.providers.textrequest.webhooks import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.shapes import Contact, Dashboard
from bot.sandbox.texts import Text

WORDS = "Hi, is the 3 pm slot still free? I could also come a little later, whatever suits you best. Thanks!"


def contact_number(number: int) -> str:
    """A contact's number; 0 to 9,999,999."""
    return f"+1415{number:07d}"


def text_webhooks(count: int, conversations: int, dashboard: Dashboard, key: str, path: str) -> list[bytes]:
    """`count` webhooks of texts, by turns of each of `conversations` contacts, as HTTP requests to `path`."""
    timestamp = str(int(time.time()))
    return [_request(path, _body(number % conversations, dashboard), key, timestamp) for number in range(count)]


def _body(contact: int, dashboard: Dashboard) -> bytes:
    text = Text(
        id=str(uuid.uuid4()),
        line=dashboard.number,
        contact=contact_number(contact),
        words=WORDS,
        outbound=False,
        at=datetime.now(UTC),
    )
    whose = Contact(text.contact, f"Contact {contact}")
    return json.dumps(shapes.text_payload(text, dashboard, whose)).encode()


def _request(path: str, body: bytes, key: str, timestamp: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"{TIMESTAMP_HEADER}: {timestamp}\r\n{SIGNATURE_HEADER}: {sign(key, timestamp, body)}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
