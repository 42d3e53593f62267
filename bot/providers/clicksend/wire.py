"""ClickSend's JSON and forms as typed values, and its tables. Pure.

Every field may be missing, null or "", and a number may come as text.
Source: https://developers.clicksend.com/docs/messaging/sms
Source: https://github.com/ClickSend/clicksend-mcp-server/blob/main/src/openapi-specs.yaml
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import Field

from bot.http import Amount, Id, Wire, Words
from bot.model import Delivery, ProviderName

NAME = ProviderName("clicksend")
TITLE = "ClickSend"

KEYS = re.compile(r"[0-9*#]{1,40}")  # that were pressed during a call

OVERLAP_S = 60  # nobody says whether `date_from` counts its own second, or by whose clock

# 300 is a temporary failure that the network tries again, so the text is still on its way.
# Source: https://help.clicksend.com/en/articles/42318-sms-error-codes
RECEIPT_STATES: Mapping[str, Delivery] = {
    "200": Delivery.SENT,
    "201": Delivery.DELIVERED,
    "300": Delivery.SENT,
    "301": Delivery.FAILED,
}

FAILURES: Mapping[str, str] = {"301": "The carrier could not bring it to their phone."}

# A call's receipt has one of two words beside its code, which was also seen to be a word.
# Source: https://developers.clicksend.com/docs/messaging/voice-messaging
CALL_STATES: Mapping[str, Delivery | None] = {"delivered": Delivery.DELIVERED, "undelivered": Delivery.FAILED}

# The words of the history, for rows without a receipt's code. What is held or scheduled has not left.
# Source: https://developers.clicksend.com/docs/messaging/sms
HISTORY_STATES: Mapping[str, Delivery] = {
    "queued": Delivery.ACCEPTED,
    "scheduled": Delivery.ACCEPTED,
    "waitapproval": Delivery.ACCEPTED,
    "sent": Delivery.SENT,
    "completed": Delivery.SENT,
    "failed": Delivery.FAILED,
    "cancelled": Delivery.FAILED,
    "cancelledafterreview": Delivery.FAILED,
}
NOT_LEFT = frozenset({"scheduled", "waitapproval", "cancelled", "cancelledafterreview"})


class EnvelopeWire(Wire):
    """Every JSON answer. `http_code` can tell of a refusal inside an HTTP 200."""

    http_code: int | None = None
    response_code: Words | None = None
    data: object = None


class RecipientWire(Wire):
    """One recipient's part of the answer to a send; its status decides."""

    message_id: Id | None = None
    status: Words | None = None
    custom_string: Id | None = None


class RecipientsWire(Wire):
    """The `data` of the answer to a send; each is read alone, so that an odd one spoils nothing."""

    messages: tuple[object, ...] | None = None
    recipients: tuple[object, ...] | None = None  # of post


class CurrencyWire(Wire):
    """The account's currency."""

    currency_name_short: Words | None = None


class PricedWire(Wire):
    """The `data` of an answer that names a price, as far as it does: some have no currency."""

    total_price: Amount = None
    currency: CurrencyWire | None = Field(None, alias="_currency")


class CostWire(Wire):
    """What one recipient costs: by parts of a message, pages of a fax, or pages of a letter ("1.00" of them)."""

    message_price: Amount = None
    post_price: Amount = None
    message_parts: Amount = None
    message_pages: Amount = None
    post_pages: Amount = None


class PageWire(Wire):
    """The `data` of a list; its rows are read one by one, so that an odd one spoils nothing."""

    current_page: int | None = None
    last_page: int | None = None
    data: tuple[object, ...] | None = None


class HistoryWire(Wire):
    """A text of the history, `direction` "in" or "out"."""

    direction: Words | None = None
    date: Words | None = None
    date_added: Words | None = None  # of pictures
    to: Words | None = None
    from_: Words | None = Field(None, alias="from")
    body: Words | None = None
    status: Words | None = None
    status_code: Words | None = None
    error_code: Words | None = None
    message_id: Id | None = None
    custom_string: Id | None = None


class RuleWire(Wire):
    """An automation: where inbound texts, or receipts, are posted."""

    inbound_rule_id: Words | None = None
    receipt_rule_id: Words | None = None
    dedicated_number: Words | None = None
    rule_name: Words | None = None
    action: Words | None = None
    action_address: Words | None = None
    enabled: Words | None = None


class AccountWire(Wire):
    """What is kept of `GET /account`; the rest of it, which holds the API key, is not."""

    balance: Words | None = None
    currency: CurrencyWire | None = Field(None, alias="_currency")


class InboundWire(Wire):
    """An inbound text, in the spelling of JSON or of the older form.

    Source: https://github.com/ClickSend/integration-n8n (JSON, 2026); the form is in withdrawn documents only.
    """

    message_id: Id | None = None
    messageid: Id | None = None
    from_: Words | None = Field(None, alias="from")
    to: Words | None = None
    originalsenderid: Words | None = None  # our number that they answer; `to` may be missing in a form
    body: Words | None = None
    message: Words | None = None
    timestamp: Words | None = None


class ReceiptWire(Wire):
    """A delivery receipt, in either spelling. `digits` are the keys that were pressed during a call."""

    message_type: Words | None = None
    message_id: Id | None = None
    messageid: Id | None = None
    custom_string: Id | None = None
    customstring: Id | None = None
    status: Words | None = None
    status_code: Words | None = None
    error_code: Words | None = None
    digits: Words | None = None
