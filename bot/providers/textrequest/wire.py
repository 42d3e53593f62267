"""Text Request's JSON as typed values, and its tables. Pure.

Every field may be missing or null: the documents disagree about which are always there.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
Source: https://github.com/dfilter/text-request-ts-contracts (kept up to date against the live API)
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import AliasChoices, Field

from bot.http import Amount, Flag, Id, Wire, Words
from bot.model import Delivery, ProviderName
from bot.providers.reading import read_word

NAME = ProviderName("textrequest")
TITLE = "Text Request"

# An open set: a word that is not here says nothing. "unclaimed" is internal to their app, so it is left out.
# Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/lib/zod/message.schemas.ts
STATES: Mapping[str, Delivery | None] = {
    "accepted": Delivery.ACCEPTED,
    "queued": Delivery.ACCEPTED,
    "send": Delivery.ACCEPTED,
    "sending": Delivery.ACCEPTED,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "error": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "undelivered": Delivery.FAILED,
}

# 30050 refuses a send, 2100 follows one that was accepted. Undocumented, as integrations met them in 2026.
OPTED_OUT_CODES = frozenset({"30050", "2100"})
FAILURES: Mapping[str, str] = {
    "2001": "Their phone cannot be reached: it may be off, out of service, or no mobile at all.",
    "2100": "They opted out of texts from this line.",
}


class ErrorWire(Wire):
    """The body of a refusal, where there is one."""

    errorCode: Words | None = None  # noqa: N815  # their spelling


class MetaWire(Wire):
    """Where a page stands. `page_size` is theirs: one above 1000 is lowered without a word."""

    page_size: int | None = None
    total_items: int | None = None


class PageWire(Wire):
    """One page of a list; its rows are read one by one, so that an odd one spoils nothing."""

    meta: MetaWire | None = None
    items: tuple[object, ...] | None = None


class MessageWire(Wire):
    """A text in a list, and the answer to a send. `message_id` is null on odd rows."""

    message_id: Id | None = None
    body: Words | None = None
    message_direction: Words | None = None
    response_by_username: Words | None = None
    message_timestamp_utc: Words | None = None
    delivery_status: Words | None = None
    delivery_error: Words | None = None
    mms_media: tuple[Words, ...] | None = None
    customer_phone: Words | None = None
    customer_friendly_name: Words | None = None


class ContactWire(Wire):
    """A contact. Without `opted_out_utc` it says nothing about opting out; null there means opted in."""

    phone_number: Words | None = None
    display_name: Words | None = None
    first_name: Words | None = None
    last_name: Words | None = None
    opted_out_utc: Words | None = None
    is_archived: Flag = None
    is_blocked: Flag = None
    is_resolved: Flag = None

    @property
    def opted_out(self) -> bool | None:
        """None when the provider does not say."""
        return bool(self.opted_out_utc) if "opted_out_utc" in self.model_fields_set else None

    @property
    def name(self) -> str | None:
        """None when they have no name for the number."""
        parts = " ".join(part.strip() for part in (self.first_name, self.last_name) if part and part.strip())
        return (self.display_name or "").strip() or parts or None


class HookWire(Wire):
    """A webhook as they have it. A hook that failed ten times in a row is disconnected."""

    id: Words
    target_url: Words | None = None
    event: Words | None = None
    is_connected: bool | None = None


class MediaWire(Wire):
    """An attachment in a webhook."""

    url: Words | None = None
    mimeType: Words | None = None  # noqa: N815  # their spelling


class TheirNumberWire(Wire):
    """The dashboard in a webhook; `id` is the dashboard's, whatever the connector's titles say."""

    id: Words | None = None
    phoneNumber: Words | None = None  # noqa: N815  # their spelling


class ConversationWire(Wire):
    """The text in a webhook."""

    date: Words | None = None
    consumerPhoneNumber: Words | None = None  # noqa: N815  # their spelling
    messageDirection: Words | None = None  # noqa: N815
    message: Words | None = None
    status: Words | None = None
    consumerFriendlyName: Words | None = None  # noqa: N815
    mmsAttachments: tuple[MediaWire, ...] | None = None  # noqa: N815


class TextWebhookWire(Wire):
    """`msg_received` and `msg_sent`."""

    messageUniqueIdentifier: Id | None = None  # noqa: N815  # their spelling
    yourPhoneNumber: TheirNumberWire  # noqa: N815
    conversation: ConversationWire


class StatusWebhookWire(Wire):
    """`msg_status_updated` and a text's own `status_callback`."""

    message_id: Id | None = None
    status: Words | None = None
    errorCode: Words | None = None  # noqa: N815  # their spelling


class PaymentWebhookWire(Wire):
    """`payment_status_updated`, in each of the spellings that their other webhooks have."""

    payment_id: Id | None = Field(None, validation_alias=AliasChoices("payment_id", "paymentId", "PaymentId"))


class PlaceWire(Wire):
    """A place on earth, in degrees."""

    latitude: Amount = Field(None, validation_alias=AliasChoices("latitude", "Latitude", "lat"))
    longitude: Amount = Field(None, validation_alias=AliasChoices("longitude", "Longitude", "lng", "lon"))

    @property
    def place(self) -> tuple[float, float] | None:
        """North and east of zero; None when it is none."""
        if self.latitude is None or self.longitude is None:
            return None
        on_earth = abs(self.latitude) <= 90 and abs(self.longitude) <= 180
        return (float(self.latitude), float(self.longitude)) if on_earth else None


class LocationWebhookWire(PlaceWire):
    """A question's own `location_callback`."""

    location: object = None


def read_delivery(status: str | None) -> Delivery | None:
    """How far a text got; None for a word that says nothing."""
    return read_word(STATES, status, None)
