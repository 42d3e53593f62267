"""Where a conversation stands, as members set it and as a provider keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.kept import Conversation

TELLING = "standings"  # the duty that tells providers


class Aspect(StrEnum):
    """One thing that a provider may keep of a conversation, or of its contact."""

    RESOLVED = "resolved"
    ARCHIVED = "archived"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation shall stand; None leaves it as it is."""

    resolved: bool | None = None
    archived: bool | None = None
    blocked: bool | None = None  # its contact's texts are neither received nor kept


@dataclass(frozen=True, slots=True)
class Untold:
    """What a provider is still to be told of a conversation. `uid` is of this wish alone."""

    uid: str
    conversation: Conversation
    aspect: Aspect
    wanted: bool
    tries: int
