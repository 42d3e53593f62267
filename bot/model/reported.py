"""What providers say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.lines import Attachment
from bot.model.orders import OrderId
from bot.model.payments import PaymentId
from bot.model.tickets import TicketCode
from bot.model.words import Delivery, Number, ProviderName


@dataclass(frozen=True, slots=True)
class TextReceived:
    """A contact texted one of our numbers."""

    provider: ProviderName
    account: str  # as in Line; empty when the provider does not say
    line_number: Number
    contact: Number
    text_id: str  # the provider's id, unique at that provider; empty where a listing gives none
    body: str
    sent_at: datetime
    contact_name: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSent:
    """A text went out from one of our numbers: by us (an echo), or by somebody at the provider."""

    provider: ProviderName
    account: str
    line_number: Number
    contact: Number
    text_id: str
    body: str
    sent_at: datetime
    author: str | None = None
    token: str | None = None  # our random token, where the provider echoes it
    delivery: Delivery | None = None
    code: str = ""
    why: str = ""  # of a failure, as a sentence for a member
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryReported:
    """How far a text got. At least one of `text_id` and `token` is set."""

    provider: ProviderName
    text_id: str | None
    token: str | None
    delivery: Delivery
    code: str = ""
    why: str = ""  # of a failure, as a sentence for a member
    opted_out: bool = False  # the failure says that the contact wants no texts


@dataclass(frozen=True, slots=True)
class OrderReported:
    """How far a voice call got. At least one of `order_id` and `token` is set."""

    provider: ProviderName
    order_id: OrderId | None
    token: str | None
    delivery: Delivery
    keys: str = ""  # that were pressed during the call
    code: str = ""
    why: str = ""  # of a failure, as a sentence for a member


@dataclass(frozen=True, slots=True)
class OptOutReported:
    """The provider says whether a contact takes texts from one of our numbers.

    `line_number` is None when the provider does not say which; then `account` does.
    """

    provider: ProviderName
    account: str
    line_number: Number | None
    contact: Number
    opted_out: bool
    contact_name: str | None = None


@dataclass(frozen=True, slots=True)
class StandingReported:
    """The provider says how it keeps a conversation and its contact; None for what it does not say.

    It does not say which number, only the `account`.
    """

    provider: ProviderName
    account: str
    contact: Number
    resolved: bool | None = None
    archived: bool | None = None
    blocked: bool | None = None


@dataclass(frozen=True, slots=True)
class PaymentReported:
    """A payment changed. What became of it is read from the provider: of the report only its id is believed."""

    provider: ProviderName
    account: str  # as in Line; empty when the provider does not say
    payment: PaymentId


@dataclass(frozen=True, slots=True)
class LocationShared:
    """A contact answered a question for their location. `token` is the question's, ours and random."""

    provider: ProviderName
    token: str
    latitude: float  # degrees, north is positive
    longitude: float  # degrees, east is positive


@dataclass(frozen=True, slots=True)
class TicketReported:
    """Something happened to a ticket. It only says which one to read again: nothing else in it can be trusted."""

    provider: ProviderName
    ticket: TicketCode


@dataclass(frozen=True, slots=True)
class Nothing:
    """Understood, and nothing to do."""

    provider: ProviderName
    what: str  # a word for the log: an event's name, never content


ProviderEvent = (
    TextReceived
    | TextSent
    | DeliveryReported
    | OrderReported
    | OptOutReported
    | StandingReported
    | PaymentReported
    | LocationShared
    | TicketReported
    | Nothing
)


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """One unread request from a provider, after its path secret was checked.

    `event` is the query's `e` or the route's last part. Header names are lower-case.
    """

    event: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    received_at: datetime


class Signature(StrEnum):
    """What a webhook's own signature says. A wrong one raises `WebhookRefused`."""

    VALID = "valid"
    ABSENT = "absent"
    UNSUPPORTED = "unsupported"  # the provider signs nothing


@dataclass(frozen=True, slots=True)
class WebhookReading:
    """What one webhook said, and whether it proved where it came from."""

    events: tuple[ProviderEvent, ...]
    signature: Signature
