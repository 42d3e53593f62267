"""ClickSend's JSON and forms, built from texts and rules. Pure.

Source: https://developers.clicksend.com/docs/ (envelope, pages, SMS, automations), and for inbound webhooks as
JSON their own integration: https://github.com/ClickSend/integration-n8n
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.texts import Text
from bot.sandbox.wire import Json

USER_ID, SUBACCOUNT_ID = 304497, 745158
CURRENCY = {
    "currency_name_short": "USD",
    "currency_prefix_d": "$",
    "currency_prefix_c": "¢",
    "currency_name_long": "US Dollars",
}
SMALLEST_PAGE, LARGEST_PAGE = 15, 100
RESPONSE_CODES: Mapping[int, str] = {
    200: "SUCCESS",
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    429: "TOO_MANY_REQUESTS",
    500: "INTERNAL_SERVER_ERROR",
}

# A text's status code → what history and receipts say.
# Source: https://developers.clicksend.com/docs/ (SMS delivery status codes)
STATES: Mapping[str, tuple[str, str, str]] = {
    "200": ("Sent", "Sent", "Success: Message sent to carrier."),
    "201": ("Completed", "Delivered", "Success: Message received on handset."),
    "300": ("Queued", "Undelivered", "Temporary undelivered: The carrier tries again."),
    "301": ("Failed", "Undelivered", "Delivery failed."),
}


@dataclass(slots=True)
class Rule:
    """An automation: where inbound texts or receipts are posted."""

    id: int
    kind: str  # inbound or receipts
    body: Json

    @property
    def active(self) -> bool:
        """Whether it posts at all."""
        return str(self.body.get("enabled", 1)) != "0" and self.body.get("action") == "URL"

    def catches(self, number: str) -> bool:
        """Whether it is for texts to this number of ours."""
        return str(self.body.get("dedicated_number", "*")) in {"*", number}


def envelope(data: Any, code: int = 200, message: str = "Here is your data.", word: str = "") -> Json:
    """What every answer is wrapped in."""
    response_code = word or RESPONSE_CODES.get(code, "UNKNOWN")
    return {"http_code": code, "response_code": response_code, "response_msg": message, "data": data}


def paged(items: Sequence[Any], page: int, limit: int) -> Json:
    """One page, counted from 1; the limit is moved into its bounds."""
    size = max(SMALLEST_PAGE, min(limit, LARGEST_PAGE))
    last = max(1, -(-len(items) // size))
    start = (page - 1) * size
    shown = items[start : start + size]
    return {
        "total": len(items),
        "per_page": size,
        "current_page": page,
        "last_page": last,
        "next_page_url": f"/?page={page + 1}" if page < last else None,
        "prev_page_url": f"/?page={page - 1}" if page > 1 else None,
        "from": start + 1 if shown else 0,
        "to": start + len(shown),
        "data": list(shown),
    }


def account(username: str, api_key: str) -> Json:
    """The account, with the API key in it as the real answer has it."""
    return {
        "user_id": USER_ID,
        "username": username,
        "user_email": "owner@example.com",
        "user_phone": "+14155550199",
        "active": 1,
        "banned": 0,
        "balance": "21.420000",
        "country": "US",
        "timezone": "America/New_York",
        "_currency": CURRENCY,
        "_subaccount": {"subaccount_id": SUBACCOUNT_ID, "api_username": username, "api_key": api_key},
    }


def _parts(words: str) -> int:
    return 1 if len(words) <= 160 else -(-len(words) // 153)


def sent_message(text: Text, status: str) -> Json:
    """One recipient of a send. A refused one costs nothing and has no parts."""
    good = status == "SUCCESS"
    return {
        "direction": "out",
        "date": int(text.at.timestamp()),
        "to": text.contact,
        "body": text.words,
        "from": text.line,
        "schedule": int(text.at.timestamp()),
        "message_id": text.id,
        "message_parts": _parts(text.words) if good else 0,
        "message_price": f"{0.0792 * _parts(text.words):.4f}" if good else "0.0000",
        "from_email": None,
        "list_id": None,
        "custom_string": text.token,
        "contact_id": None,
        "user_id": USER_ID,
        "subaccount_id": SUBACCOUNT_ID,
        "is_shared_system_number": False,
        "country": "US",
        "carrier": "Sandbox Mobile",
        "status": status,
    }


def sent(messages: Sequence[Json]) -> Json:
    """The `data` of a send's answer."""
    queued = [one for one in messages if one["status"] == "SUCCESS"]
    return {
        "total_price": round(sum(float(one["message_price"]) for one in queued), 4),
        "total_count": len(messages),
        "queued_count": len(queued),
        "blocked_count": len(messages) - len(queued),
        "messages": list(messages),
        "_currency": CURRENCY,
    }


def history_row(text: Text) -> Json:
    """A text as the history lists it."""
    status, _, words = STATES.get(text.status, ("Queued", "", ""))
    return {
        "direction": "out" if text.outbound else "in",
        "date": int(text.at.timestamp()),
        "to": text.contact if text.outbound else text.line,
        "body": text.words,
        "status": status if text.outbound else "Received",
        "from": text.line if text.outbound else text.contact,
        "schedule": "",
        "status_code": text.status if text.outbound else "",
        "status_text": words if text.outbound else "",
        "error_code": text.code,
        "error_text": "",
        "message_id": text.id,
        "message_parts": _parts(text.words),
        "message_price": f"{0.0792 * _parts(text.words):.4f}" if text.outbound else "0.0000",
        "from_email": None,
        "list_id": None,
        "custom_string": text.token,
        "contact_id": None,
        "user_id": USER_ID,
        "subaccount_id": SUBACCOUNT_ID,
        "country": "US",
        "carrier": "Sandbox Mobile",
        "first_name": None,
        "last_name": None,
        "_api_username": None,
    }


def inbound_json(text: Text, original: Text | None) -> Json:
    """An inbound text as a rule with `webhook_type: json` posts it."""
    return {
        "originalsenderid": text.line,
        "body": text.words,
        "message": text.words,
        "sms": text.contact,
        "from": text.contact,
        "to": text.line,
        "timestamp": int(text.at.timestamp()),
        "message_id": text.id,
        "original_message_id": original.id if original else "",
        "original_body": original.words if original else "",
        "user_id": USER_ID,
        "subaccount_id": SUBACCOUNT_ID,
        "custom_string": original.token if original else "",
    }


def inbound_form(text: Text, original: Text | None) -> dict[str, str]:
    """The same as a form, under the older names that their archived pages have."""
    return {
        "originalsenderid": text.line,
        "body": text.words,
        "message": text.words,
        "sms": text.contact,
        "from": text.contact,
        "to": text.line,
        "timestamp": str(int(text.at.timestamp())),
        "messageid": text.id,
        "originalmessageid": original.id if original else "",
        "originalmessage": original.words if original else "",
        "user_id": str(USER_ID),
        "subaccount_id": str(SUBACCOUNT_ID),
        "customstring": original.token if original else "",
    }


def receipt_form(text: Text, timestamp: int) -> dict[str, str]:
    """A delivery receipt: always a form."""
    _, status, words = STATES.get(text.status, ("", "", ""))
    return {
        "message_type": "sms",
        "messageid": text.id,
        "custom_string": text.token,
        "status": status,
        "status_code": text.status,
        "status_text": words,
        "error_code": text.code,
        "error_text": "",
        "timestamp": str(timestamp),
        "timestamp_send": str(int(text.at.timestamp())),
        "user_id": str(USER_ID),
        "subaccount_id": str(SUBACCOUNT_ID),
    }


def rule_json(rule: Rule) -> Json:
    """A rule as the API returns it."""
    name = "inbound_rule_id" if rule.kind == "inbound" else "receipt_rule_id"
    return {name: rule.id, "user_id": USER_ID, **rule.body}
