"""Cards: what was asked of a provider for a contact, as one message in their thread that is changed in place."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from bot.model.kept import Conversation
from bot.model.lines import Line
from bot.model.words import ChannelId, ConversationId, LineId, MemberId, MessageId, Number, ProviderName

CardId = NewType("CardId", int)
DeedId = NewType("DeedId", int)

CREATE = "create"  # the deed that every card begins with
DROPPED = "dropped"  # the state of a card that nobody will ask for any more
GONE = "gone"  # the state of a card whose thing the provider does not have any more, or not now

# What a card says, as JSON has it. `Any` because each kind reads its own: `PaymentTerms.read(card.says)`.
Says = Mapping[str, Any]


class CardKind(StrEnum):
    """What a card is about. A word in the database: never renamed."""

    PAYMENT = "payment"
    CALLBACK = "callback"
    TICKET = "ticket"
    QUEUED_TICKET = "queued_ticket"


class DeedState(StrEnum):
    """Where one outside effect on a card stands."""

    WAITING = "waiting"  # for a second person's approval
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"  # it surely did not happen; `reason` says why
    UNCERTAIN = "uncertain"  # may have happened; only a person repeats it
    DROPPED = "dropped"  # a person decided that it shall not happen


UNDER_WAY = frozenset({DeedState.QUEUED, DeedState.SENDING})


@dataclass(frozen=True, slots=True)
class CardDeed:
    """One outside effect on a card."""

    id: DeedId
    what: str  # `CREATE`, or a word of the card's kind
    words: str  # what it carries: a note
    member: MemberId
    state: DeedState
    attempts: int  # every claim counts; it fences off a worker that lost its lease
    looks: int  # look-ups since the last try
    reason: str
    settled_by: MemberId | None  # who approved it, or decided what became of it
    claimed_at: datetime | None  # the last try
    created_at: datetime
    code: str = ""  # the provider's, of a refusal
    field: str = ""  # the provider's name of the field for which it refused
    doubted: bool = False  # an earlier try may have happened
    put_off_until: datetime | None = None  # the next try of what waits for long


@dataclass(frozen=True, slots=True)
class Card:
    """One payment, callback or ticket. `deeds` are those that are open and the last others, oldest first."""

    id: CardId
    uid: str
    kind: CardKind
    conversation_id: ConversationId | None
    line_id: LineId | None
    provider: ProviderName
    provider_id: str | None  # None: the provider has it not, or nobody knows as which
    reference: str
    title: str
    says: Says
    state: str  # a word of the kind; '' until the provider said anything
    settled: bool
    author: MemberId
    version: int  # of what the card should say
    message_id: MessageId | None
    created_at: datetime
    state_at: datetime
    remind_at: datetime | None = None  # what nobody did by then is reminded of
    look_due_at: datetime | None = None  # when the provider is asked again; None for what is not followed
    deeds: tuple[CardDeed, ...] = ()

    @property
    def created(self) -> CardDeed | None:
        """The deed that it began with; None for something that was at the provider before."""
        return next((deed for deed in self.deeds if deed.what == CREATE), None)

    @property
    def unfound(self) -> bool:
        """Whether a person said that it was made, and the provider has not shown it yet."""
        created = self.created
        made = created is not None and created.state == DeedState.DONE
        return made and self.provider_id is None and not self.settled

    @property
    def question(self) -> CardDeed | None:
        """The deed of which a person has to say what became of it."""
        return next((deed for deed in self.deeds if deed.state == DeedState.UNCERTAIN), None)

    @property
    def failure(self) -> CardDeed | None:
        """The deed that failed: the one that it began with, or else the last."""
        created = self.created
        if created is not None and created.state == DeedState.FAILED:
            return created
        last = self.deeds[-1] if self.deeds else None
        return last if last is not None and last.state == DeedState.FAILED else None

    @property
    def under_way(self) -> CardDeed | None:
        """The deed that is done now, or next."""
        return next((deed for deed in self.deeds if deed.state in UNDER_WAY), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCard:
    """A card to make. `key` makes it one card however often it comes. It goes into the contact's thread on the
    line, or where there is no line into `channel`. `waits`: for a second person's approval. At `remind_at` the
    provider is asked in any case."""

    key: str
    kind: CardKind
    provider: ProviderName
    author: MemberId
    reference: str
    title: str
    says: Says
    line: LineId | None = None
    contact: Number | None = None
    channel: ChannelId | None = None
    waits: bool = False
    remind_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCardDeed:
    """Something to do to a card. `key` makes it one deed however often it comes; of deeds with one word `once`
    one may happen to a card."""

    key: str
    what: str
    member: MemberId
    once: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell in the card's thread, or in its channel where it has none, once for each `topic`.
    `broadcast`: in the thread and the channel. `to` is mentioned, or else who asked for the card."""

    topic: str
    sentence: str
    broadcast: bool = False
    to: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the provider has of a card now. Without a `provider_id` another card holds the thing."""

    provider_id: str | None
    state: str
    says: Says
    settled: bool
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether a click was the first, and if not, who was before and how far that is."""

    done: bool
    by: MemberId | None = None
    what: str = ""
    state: DeedState | None = None


@dataclass(frozen=True, slots=True)
class CardClaim:
    """A deed that this worker holds. Ages go as those of `Claim` do: no two clocks are compared."""

    card: Card
    deed: CardDeed
    conversation: Conversation | None
    line: Line | None
    claimed_for_s: float = 0.0
    tried_for_s: float = 0.0
    came_back_at: float = field(default_factory=time.monotonic, compare=False)

    @property
    def age_s(self) -> float:
        """Seconds since the last try began."""
        return self.claimed_for_s + time.monotonic() - self.came_back_at

    @property
    def trying_s(self) -> float:
        """Seconds since the first try of what somebody queued."""
        return self.tried_for_s + time.monotonic() - self.came_back_at
