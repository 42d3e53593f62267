"""The nouns and ids of the bot. Frozen values only; no I/O, no rules.

Instants are aware datetimes in UTC. Phone numbers are E.164 (`+14235550142`), or bare digits for a short code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

LineId = NewType("LineId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
ProviderName = NewType("ProviderName", str)
Number = NewType("Number", str)
ChannelId = NewType("ChannelId", str)
MemberId = NewType("MemberId", str)
Ts = NewType("Ts", str)  # Slack's message id, unique in a channel. Text, never a float.

Block = Mapping[str, object]  # one Slack block, as JSON


class Delivery(StrEnum):
    """How far an outbound text got. It never steps back: see `DELIVERY_RANK`."""

    ACCEPTED = "accepted"  # the provider has it
    SENT = "sent"  # it left towards the carrier
    DELIVERED = "delivered"  # it is on the handset
    FAILED = "failed"  # it will not arrive


DELIVERY_RANK: Mapping[Delivery, int] = {
    Delivery.ACCEPTED: 1,
    Delivery.SENT: 2,
    Delivery.DELIVERED: 3,
    Delivery.FAILED: 3,
}


class State(StrEnum):
    """Where one outside effect stands."""

    SCHEDULED = "scheduled"  # waits for a person or a time; blocks nobody
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"  # the far end accepted it
    DEAD = "dead"  # refused for good, or cancelled
    UNCERTAIN = "uncertain"  # may have happened; only a person repeats it


class Direction(StrEnum):
    """The two lanes of a conversation."""

    IN = "in"  # towards Slack
    OUT = "out"  # towards the contact


class Kind(StrEnum):
    """What a row in `messages` does when it is delivered."""

    ROOT = "root"  # opens the conversation's thread
    TEXT = "text"  # mirrors a contact's text
    ECHO = "echo"  # mirrors a text sent to the contact from elsewhere
    REPLY = "reply"  # sends a member's words to the contact
    NOTE = "note"  # stays internal; nothing is delivered
    NOTICE = "notice"  # tells the thread something, maybe with buttons
    ALERT = "alert"  # tells the alert channel or an admin


class OptOut(StrEnum):
    """Who says that the contact wants no texts."""

    KEYWORD = "keyword"  # the contact's own STOP, as we read it
    PROVIDER = "provider"  # the provider's event or refusal


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file of a text, at the provider."""

    url: str
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A number the business owns at a provider, mirrored in a Slack channel.

    `account` is the provider's id of the number's home (Text Request: dashboard id; ClickSend: empty).
    """

    id: LineId
    provider: ProviderName
    account: str
    number: Number
    channel: ChannelId
    name: str
    broadcasts: bool = True  # texts that nobody attends to are also sent to the channel
    removed: bool = False


# --- What providers say -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextReceived:
    """A contact texted one of our numbers."""

    provider: ProviderName
    account: str  # as in Line; empty when the provider does not say
    line_number: Number
    contact: Number
    text_id: str  # the provider's id, unique at that provider
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
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryReported:
    """How far a text got. At least one of `text_id` and `token` is set."""

    provider: ProviderName
    text_id: str | None
    token: str | None
    delivery: Delivery
    code: str = ""


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
class Nothing:
    """Understood, and nothing to do."""

    provider: ProviderName
    what: str  # a word for the log: an event's name, never content


ProviderEvent = TextReceived | TextSent | DeliveryReported | OptOutReported | Nothing


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


# --- What is asked of providers -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """A text to send. `token` is random and ours; the provider gives it back where it can."""

    line: Line
    to: Number
    body: str
    author: str  # a name to show at the provider
    token: str
    status_callback: str | None  # a URL that already carries the secret and the token


@dataclass(frozen=True, slots=True)
class SentText:
    """The provider's answer to a text it accepted."""

    text_id: str
    delivery: Delivery = Delivery.ACCEPTED


@dataclass(frozen=True, slots=True)
class TextLimit:
    """The longest text a provider takes, in characters of each alphabet (GSM: septets, UCS-2: 16-bit units)."""

    gsm: int
    ucs2: int


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as the provider has it."""

    id: str
    event: str
    url: str
    connected: bool


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a credential check learned. `clock_skew_s` is their clock minus ours, None when they sent no date."""

    description: str  # a few words for an admin; no secret in it
    clock_skew_s: float | None


# --- What is kept ---------------------------------------------------------------------------------------


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

    `conversation` is None for an alert, and for a reply whose thread is not known yet. `subject` is what a
    notice is about.
    """

    message: Message
    conversation: Conversation | None
    subject: Message | None = None


class Verdict(StrEnum):
    """What a member's message in a mirrored thread is, before anything is known of its thread."""

    SEND = "send"
    NOTE = "note"  # stays internal
    REFUSE = "refuse"  # cannot be sent as it is; the author is told why


@dataclass(frozen=True, slots=True)
class Reply:
    """What a member, or a bot, wrote in a thread of a line's channel."""

    channel: ChannelId
    ts: Ts
    thread_ts: Ts
    author: MemberId
    words: str
    verdict: Verdict
    reason: str = ""  # of a refusal


@dataclass(frozen=True, slots=True)
class Change:
    """An edit or a deletion of such a message. `words` and the rest are of the newer form."""

    channel: ChannelId
    ts: Ts
    thread_ts: Ts
    deleted: bool
    changed_at: Ts
    words: str = ""
    verdict: Verdict = Verdict.SEND
    reason: str = ""


# --- What people read -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Post:
    """A message for Slack, as a view made it. `text` is the fallback for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()
    username: str | None = None
    icon_emoji: str | None = None
    broadcast: bool = False


class MemberKind(StrEnum):
    """Whether a person in Slack may text contacts."""

    MEMBER = "member"
    GUEST = "guest"
    FOREIGN = "foreign"  # of another workspace
    BOT = "bot"
    GONE = "gone"  # deactivated


@dataclass(frozen=True, slots=True)
class Member:
    """The person in Slack."""

    id: MemberId
    name: str
    kind: MemberKind
