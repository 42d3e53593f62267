"""App Home: what one member sees there. Lists come in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from bot.model.kept import Conversation, Message
from bot.model.lines import Line
from bot.model.words import ChannelId, MemberId, Ts

T = TypeVar("T")


class HomeList(StrEnum):
    """A list in App Home. Its word stands in buttons and in the database."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"
    SENDS = "sends"
    DUE = "due"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page of a list, from 1, and whether more follow."""

    page: int
    things: Sequence[T]
    more: bool


@dataclass(frozen=True, slots=True)
class HomeConversation:
    """A conversation, and what was said last in it."""

    conversation: Conversation
    said: Message | None


@dataclass(frozen=True, slots=True)
class HomeSend:
    """A text that waits for a decision: the notice that asks for it, and the text's words."""

    notice: Message
    conversation: Conversation
    words: str


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A payment or a callback that is still to come, and where its card stands."""

    title: str
    state: str
    conversation: Conversation | None
    channel: ChannelId | None
    ts: Ts | None


@dataclass(frozen=True, slots=True)
class LineHealth:
    """How a line does. The last three are '' while all is well, None when nobody has looked yet."""

    line: Line
    last_in_at: datetime | None
    last_out_at: datetime | None
    waiting: int
    oldest_due_at: datetime | None
    channel: str | None  # why what it brings cannot be shown
    reading: str | None  # why its texts cannot be read
    webhooks: str | None  # why they do not work


@dataclass(frozen=True, slots=True)
class Home:
    """Everything that a member sees. `lines` is None for whoever is no admin; `why` says why there is nothing."""

    mine: Part[HomeConversation]
    unclaimed: Part[HomeConversation]
    sends: Part[HomeSend]
    due: Part[HomeCard]
    lines: Part[LineHealth] | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenHome:
    """An App Home that somebody opened lately: what stands there, and which pages of it are shown."""

    member: MemberId
    pages: Mapping[HomeList, int]
    shown: str  # a digest; '' when it must be drawn whatever stands there
    hash: str  # Slack's; '' when nobody knows
