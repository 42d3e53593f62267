"""What the words of a command mean. Values only.

A `To`, `Named`, … is what was typed, read but not looked up: no store and no provider was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.model import Number


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a command needs to know of who typed it, and where.

    `region` (ISO 3166) is the line's and decides for local numbers; `zone` is the member's; `now` is aware.
    """

    region: str
    zone: tzinfo
    now: datetime


@dataclass(frozen=True, slots=True)
class To:
    """Whom a command is for: a number, or else a contact's name that is still to be found.

    `sure`: it was one unspaced or quoted number. Otherwise sending asks first.
    """

    number: Number | None
    name: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A thing at a provider. `id` is set when digits were typed, alone and unquoted; `name` is what was typed."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class DiallerKey:
    """A dialler contact: by its id, or by the free key that another system gave it. One of the two is set."""

    id: int | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class AgentGroup:
    """Who is to call back: a group, or the pair of a configuration group's and an agent group's ids."""

    group: Named | None = None
    pair: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A member or a channel. `id` is None when Slack sent only the name."""

    id: str | None
    name: str


Value = (
    str
    | int
    | bool
    | datetime
    | To
    | Named
    | DiallerKey
    | AgentGroup
    | Mention
    | tuple[Number, ...]
    | tuple[Named, ...]
    | tuple[str, ...]
)
