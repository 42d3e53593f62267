"""ClickSend's JSON of what is sent beside texts: calls, pictures, faxes, letters, postcards. Pure.

Source: https://developers.clicksend.com/docs/messaging/voice-messaging
Source: https://developers.clicksend.com/docs/messaging/mms
Source: https://developers.clicksend.com/docs/messaging/fax
Source: https://developers.clicksend.com/docs/post/letters
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from bot.sandbox.clicksend.shapes import CURRENCY, STATES, SUBACCOUNT_ID, USER_ID
from bot.sandbox.wire import Json

# Who speaks which language. Source: https://developers.clicksend.com/docs/messaging/voice-messaging
BOTH = ("female", "male")
LANGUAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "en-us": ("English, US", BOTH),
    "en-au": ("English, Australia", BOTH),
    "en-gb": ("English, UK", BOTH),
    "en-in": ("English, India", ("female",)),
    "de-de": ("German, Germany", BOTH),
    "es-es": ("Spanish, Spain", BOTH),
    "es-us": ("Spanish, US", BOTH),
    "fr-ca": ("French, Canada", ("female",)),
    "fr-fr": ("French, France", BOTH),
    "it-it": ("Italian, Italy", BOTH),
    "nl-nl": ("Dutch, Netherlands", BOTH),
    "pl-pl": ("Polish, Poland", BOTH),
    "pt-br": ("Portuguese, Brazil", BOTH),
    "pt-pt": ("Portuguese, Portugal", ("male",)),
    "sv-se": ("Swedish, Sweden", ("female",)),
}
ADDRESS = (
    *("address_name", "address_line_1", "address_line_2", "address_city", "address_state"),
    *("address_postal_code", "address_country"),
)
POST = frozenset({"letters", "postcards"})

# What nobody here ever fills in.
EMPTY: Mapping[str, Json] = {
    "voice": {"schedule": 0},
    "mms": {"list_id": None, "contact_id": None},
    "fax": {"list_id": None, "carrier": "", "status_code": None, "status_text": None, "from_email": None},
    "letters": {"custom_string": None},
    "postcards": {"schedule": 0},
}


@dataclass(slots=True, kw_only=True)
class Order:
    """One recipient of a send that was accepted. `row` is what the API shows of it, whatever became of it."""

    kind: str  # voice, mms, fax, letters or postcards
    to: str  # the number, or the name of the address
    row: Json
    token: str = ""
    status_code: str = ""
    keys: str = ""  # that were pressed during the call
    id: str = field(default_factory=lambda: str(uuid4()).upper())
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def second(self) -> int:
        """When it was accepted, in Unix seconds."""
        return int(self.at.timestamp())


def languages() -> list[Json]:
    """`gender` is one word where there is one voice."""
    return [
        {"code": code, "country": name, "gender": list(voices) if len(voices) > 1 else voices[0]}
        for code, (name, voices) in LANGUAGES.items()
    ]


def cost(price: float, units: int) -> Json:
    """What a message costs."""
    return {"message_parts": units, "message_price": f"{price * units:.4f}"}


def answered(order: Order, status: str) -> Json:
    """One recipient in the answer to a send. A refused one costs nothing."""
    row = {"user_id": USER_ID, "subaccount_id": SUBACCOUNT_ID, "message_id": order.id, **EMPTY[order.kind]}
    row |= order.row
    row |= {"date_added": order.second, "status": status}
    if status != "SUCCESS":
        row |= {name: "0.0000" for name in ("message_price", "post_price") if name in row}
    return row


def sent(rows: Sequence[Json], *, named: str, currency: bool) -> Json:
    """The `data` of the answer to a send."""
    queued = [row for row in rows if row["status"] == "SUCCESS"]
    total = sum(float(row.get("message_price") or row.get("post_price") or 0) for row in queued)
    data = {
        "total_price": round(total, 4),
        "total_count": len(rows),
        "queued_count": len(queued),
        named: list(rows),
    }
    return {**data, "_currency": CURRENCY} if currency else data


def history_row(order: Order) -> Json:
    """An order as its history lists it: numbers come as text there, and post keeps no reference."""
    status, _, words = STATES.get(order.status_code, ("Queued", "", ""))
    row = answered(order, status)
    row |= {name: f"{float(row[name]):.2f}" for name in ("message_parts", "message_pages") if name in row}
    row |= {"list_id": None, "schedule": str(order.second)}
    if order.kind in POST:
        return {**row, "custom_string": None}
    more: Mapping[str, Json] = {
        "voice": {"digits": order.keys or None, "machine_detected": 0},
        "mms": {"direction": "out"},
    }
    told = {"status_code": order.status_code or None, "status_text": words or None}
    return {**row, **told, **more.get(order.kind, {})}


def call_receipt(order: Order, timestamp: int) -> dict[str, str]:
    """A receipt of a call: always a form."""
    _, status, words = STATES.get(order.status_code, ("", "", ""))
    return {
        "message_type": "voice",
        "message_id": order.id,
        "custom_string": order.token,
        "status": status,
        "status_code": order.status_code,
        "status_text": words,
        "error_code": "",
        "error_text": "",
        "timestamp": str(timestamp),
        "timestamp_send": str(order.second),
        "user_id": str(USER_ID),
        "subaccount_id": str(SUBACCOUNT_ID),
        "digits": order.keys,
    }
