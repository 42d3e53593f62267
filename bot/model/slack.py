"""What people write and read in Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.model.words import ChannelId, LineId, MemberId, Number, Ts

Block = Mapping[str, object]  # one Slack block, as JSON


class Verdict(StrEnum):
    """What a member's message in a mirrored thread is, before anything is known of its thread."""

    SEND = "send"
    NOTE = "note"  # stays internal
    REFUSE = "refuse"  # cannot be sent as it is; the author is told why


TICKET_NOTE = "ticket"  # the reason of a note that goes to the ticket of its thread


@dataclass(frozen=True, slots=True)
class Reply:
    """What a member, or a bot, wrote in a thread of a line's channel."""

    channel: ChannelId
    ts: Ts
    thread_ts: Ts
    author: MemberId
    words: str
    verdict: Verdict
    reason: str = ""  # of a refusal, or `TICKET_NOTE`
    files: tuple[str, ...] = ()  # ids of those that go to the ticket with it


@dataclass(frozen=True, slots=True)
class Started:
    """A text that a member starts outside a thread: by a command, a form or a button."""

    key: str  # what makes it the same text when it comes twice
    line: LineId
    to: Number
    words: str
    author: MemberId
    asks_location: bool = False


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
    zone: str = ""  # their time zone, as the IANA database calls it; '' when Slack does not say
