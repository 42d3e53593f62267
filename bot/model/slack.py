"""What people write and read in Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.model.words import ChannelId, MemberId, Ts

Block = Mapping[str, object]  # one Slack block, as JSON


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
