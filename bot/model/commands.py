"""What members ask of the bot: commands, typed or behind a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.words import ChannelId, ConversationId, MemberId, MessageId, Number, Ts


@dataclass(frozen=True, slots=True)
class Ask:
    """A command and the words behind it. `sure`: the member was shown what will happen, and agreed."""

    command: str  # as the grammar calls it: `text`
    words: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What the buttons under an answer ask for, one each. `once`: the first click decides."""

    member: MemberId
    channel: ChannelId
    asks: tuple[Ask, ...]
    once: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class NewDeed:
    """A line to write. `result` is empty for what was done as it was wanted."""

    who: MemberId
    what: str
    conversation: ConversationId | None = None
    message: MessageId | None = None
    result: str = ""
    about: str = ""  # what it was done to, as people call it: a group, a campaign


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the log of what people did. `what` is a word of ours; '' for a result that is what was wanted."""

    at: datetime
    who: MemberId
    what: str
    contact: Number | None
    contact_name: str | None
    result: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What somebody said to the bot in a thread. `words` are Slack's mark-up, without the mention."""

    channel: ChannelId
    ts: Ts
    thread_ts: Ts
    author: MemberId
    words: str
