"""Orders as they are kept: what a member wants to be sent, how far it got, and where they are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.money import PriceQuote
from bot.model.orders import Address, FaxOrder, LetterOrder, OrderId, PostcardOrder, VoiceOrder
from bot.model.words import ChannelId, Delivery, MemberId, Number, ProviderName, Ts

OrderNumber = NewType("OrderNumber", int)  # ours; an `OrderId` is the provider's
Wanted = VoiceOrder | FaxOrder | LetterOrder | PostcardOrder


class OrderKind(StrEnum):
    """Ways to reach people beside texts; also the verb that orders one."""

    VOICE = "voice"
    FAX = "fax"
    LETTER = "letter"
    POSTCARD = "postcard"


class OrderState(StrEnum):
    """How far an order got. What became of it after the provider took it is its `delivery`."""

    WAITING = "waiting"  # for the member's say
    QUEUED = "queued"
    SENDING = "sending"  # under way, or looked for
    DONE = "done"  # the provider has it
    FAILED = "failed"  # surely not sent
    UNCERTAIN = "uncertain"  # may have been sent; never sent again by itself


class OrderDecision(StrEnum):
    """What a person said of an order in doubt."""

    WENT_OUT = "went_out"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class OrderDecided:
    """Whether a click was the first, and if not, who was before; nobody where the order tells by itself."""

    done: bool
    by: MemberId | None = None
    how: OrderDecision | None = None


_KINDS: Mapping[type, OrderKind] = {
    VoiceOrder: OrderKind.VOICE,
    FaxOrder: OrderKind.FAX,
    LetterOrder: OrderKind.LETTER,
    PostcardOrder: OrderKind.POSTCARD,
}


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order that was asked for. Addresses of files in `what` are empty where `files` has their ids at Slack: a
    provider keeps a file for minutes, so each is brought there when the order is sent."""

    member: MemberId
    provider: ProviderName
    what: Wanted
    whom: str  # as people call it
    files: tuple[str, ...] = ()
    price: PriceQuote | None = None  # that the member was shown

    @property
    def kind(self) -> OrderKind:
        """What it is."""
        return _KINDS[type(self.what)]

    @property
    def number(self) -> Number | None:
        """The number that it goes to; None for post."""
        return self.what.to if isinstance(self.what, VoiceOrder | FaxOrder) else None

    @property
    def lane(self) -> str:
        """The same for two orders that could be taken for each other: one of them is under way at a time."""
        to = self.what.to
        where = _spoken(to) if isinstance(to, Address) else to
        return f"{self.provider}:{self.kind}:{where}"


@dataclass(frozen=True, slots=True)
class OrderPlace:
    """Where members are told of an order: a message of ours, in a contact's thread or a direct message."""

    channel: ChannelId
    ts: Ts
    thread_ts: Ts | None


@dataclass(frozen=True, slots=True)
class Order:
    """An order, and what became of it. `attempts` tells one try from another; `looks` counts what was asked about
    it since it came into its state."""

    number: OrderNumber
    of: NewOrder
    state: OrderState
    asked_at: datetime
    attempts: int = 0
    looks: int = 0
    tried_for_s: float = 0.0  # since the member's say
    called_at: datetime | None = None  # when the provider was asked for it; None: it surely was not
    order_id: OrderId | None = None
    paid: PriceQuote | None = None  # what the provider charged, as far as it says
    delivery: Delivery | None = None
    keys: str = ""  # that were pressed during a call
    code: str = ""
    why: str = ""  # of what went wrong last, as a sentence
    place: OrderPlace | None = None
    news: int = 0  # counts what members are to be told
    doubted_at: datetime | None = None  # since when an earlier try may have gone out
    decided: OrderDecision | None = None  # by a person, while nobody knew
    decided_by: MemberId | None = None

    @property
    def tried_at(self) -> datetime | None:
        """When it may have gone out first; None: it surely did not."""
        return self.doubted_at or self.called_at

    @property
    def bad(self) -> bool:
        """Whether somebody should look after it."""
        lost = self.state in (OrderState.FAILED, OrderState.UNCERTAIN)
        return lost or self.delivery is Delivery.FAILED


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """An order that something is to be done about. `fresh`: it is to be sent now; else one that is under way or
    done is looked for."""

    order: Order
    fresh: bool


def _spoken(address: Address) -> str:
    """An address without what is written in one way or another."""
    parts = (address.name, address.line_1, address.line_2, address.city, address.state)
    spoken = (" ".join(part.split()).casefold() for part in (*parts, address.postal_code, address.country))
    return "|".join(spoken)
