"""What is kept: conversations and messages."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.lines import Attachment, Line
from bot.model.slack import Member
from bot.model.words import (
    ChannelId,
    ConversationId,
    Delivery,
    Direction,
    Kind,
    MemberId,
    MessageId,
    Number,
    OptOut,
    State,
    Ts,
)


class Status(StrEnum):
    """Where a conversation stands, as its root card says."""

    NEW = "new"  # nobody has answered yet
    OPEN = "open"  # the contact's turn is over: we owe an answer
    WAITING = "waiting"  # for the contact
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One contact and one line, for ever."""

    id: ConversationId
    line: Line
    contact: Number
    contact_name: str | None
    generation: int  # of the root card: how many were opened
    root_channel: ChannelId | None
    root_ts: Ts | None
    status: Status
    owner: MemberId | None
    opted_out: OptOut | None
    archived: bool  # put away at the provider until somebody texts
    blocked: bool  # the provider takes no texts of the contact
    replied: bool  # a member has answered at least once
    card: int  # version of what the root card should say
    first_text_at: datetime | None
    last_in_at: datetime | None
    last_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """A row of the engine: one outside effect."""

    id: MessageId
    uid: str
    kind: Kind
    direction: Direction
    state: State
    attempts: int  # every claim counts; it fences off a worker that lost its lease
    looks: int  # look-ups since the last try
    conversation_id: ConversationId | None
    body: str
    attachments: tuple[Attachment, ...]
    author: str  # member id of a reply; a name for an echo; empty for ours
    channel: ChannelId | None
    ts: Ts | None
    thread_ts: Ts | None
    token: str
    asks_location: bool  # it goes out with a question for the contact's location
    broadcast: bool
    reason: str  # why a row is dead, or what a notice says: a word of the tables in views
    code: str  # the provider's or Slack's code behind the reason
    subject_id: MessageId | None  # the message that a notice is about
    delivery: Delivery | None
    settled_by: MemberId | None  # who pressed a notice's button
    settled_how: str
    wanted: str  # the sign that should be seen in Slack
    shown: str  # the sign that is seen
    occurred_at: datetime
    claimed_at: datetime | None  # the last try
    tried_at: datetime | None  # the first try since somebody queued it


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this worker holds: nobody else delivers it until its lease ends.

    `conversation` is None for an alert, and for a reply whose thread is not known yet. Ages are told by the
    clock that wrote the row, and go on by the process's own: no two clocks are compared.
    """

    message: Message
    conversation: Conversation | None
    pace: str = ""
    author: Member | None = None  # who wrote a reply, as Slack told lately
    claimed_for_s: float = 0.0  # when it came back from the database
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


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of a conversation."""

    channel: ChannelId
    ts: Ts
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether a click decided, and if not, who did before and how."""

    done: bool
    by: MemberId | None = None
    how: str = ""
    subject: Message | None = None


class Wish(StrEnum):
    """What a contact's words say about texts to them."""

    NONE = ""
    STOP = "stop"
    START = "start"  # lifts what a STOP marked
    START_ALL = "start all"  # lifts what the provider said as well


class Accepted(StrEnum):
    """What became of a text."""

    NEW = "new"
    KNOWN = "known"
    UNBOUND = "unbound"  # kept until its line is added
