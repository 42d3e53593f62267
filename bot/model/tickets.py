"""Tickets of a service desk. A ticket has two ids: people and most calls know it by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, NewType, TypeVar

T = TypeVar("T")

TicketCode = NewType("TicketCode", str)  # like RF-200
TicketId = NewType("TicketId", int)
TicketFileId = NewType("TicketFileId", int)


class TicketKind(StrEnum):
    """What a ticket is about."""

    INCIDENT = "incident"
    PROBLEM = "problem"
    CHANGE = "change"
    SERVICE_CALL = "service call"
    RELEASE = "release"
    UNKNOWN = "unknown"


class TicketRole(StrEnum):
    """What a ticket points at: a thing or a person that the service desk has an id for."""

    SERVICE = "service"
    CATEGORY = "category"
    STATE = "state"
    REASON = "reason"
    GROUP = "group"
    RESPONSIBLE = "responsible"
    COMPANY = "company"
    PROVIDER = "provider"
    UNIT = "unit"
    APPLICANT = "applicant"
    CUSTOMER = "customer"
    CONFIGURATION_ITEM = "configuration item"
    REGISTRY_TYPE = "registry type"
    URGENCY = "urgency"
    IMPACT = "impact"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TicketKey:
    """Both ids of a new ticket."""

    code: TicketCode
    id: TicketId


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A file that hangs on a ticket or on an article."""

    id: TicketFileId
    name: str


@dataclass(frozen=True, slots=True)
class AdditionalField:
    """A field that a project adds to its tickets or configuration items. `name` is empty in what we send."""

    id: str
    values: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the service desk has it. `is_closed` is None in a list, which does not say."""

    code: TicketCode
    id: TicketId | None
    kind: TicketKind
    kind_word: str
    subject: str
    description: str  # plain words; their mark-up is taken off
    solution: str
    state: Choice | None
    project: Choice | None
    roles: Mapping[TicketRole, Choice]  # all the others
    opened_at: datetime | None
    closed_at: datetime | None
    is_closed: bool | None
    files: tuple[TicketFile, ...] = ()
    additional: tuple[AdditionalField, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """A ticket to open. `marker` stands in its description: by it an unknown outcome is looked up."""

    kind: TicketKind
    subject: str
    project: int
    service: int
    category: int
    marker: str
    description: str = ""
    roles: Mapping[TicketRole, int] = field(default_factory=dict)
    additional: tuple[AdditionalField, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketChange:
    """What to set on a ticket; None, and what is not there, stays."""

    subject: str | None = None
    description: str | None = None
    solution: str | None = None
    interface: str | None = None  # the id that another system has for it
    roles: Mapping[TicketRole, int] = field(default_factory=dict)
    additional: tuple[AdditionalField, ...] = ()


class Compare(StrEnum):
    """How a field is compared in a search."""

    EQUAL = "equal to"
    NOT_EQUAL = "not equal to"
    ABOVE = "greater than"
    AT_LEAST = "at least"
    BELOW = "less than"
    AT_MOST = "at most"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a search; `field` is the service desk's name for it."""

    field: str
    compare: Compare
    value: str


@dataclass(frozen=True, slots=True)
class Search:
    """Which tickets or configuration items: those that meet all conditions, or any."""

    conditions: tuple[Condition, ...]
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a search found; `cut` says that there may be more than the service desk gives at once."""

    rows: tuple[T, ...]
    cut: bool


class NoteScope(StrEnum):
    """Which notes a ticket's history shows."""

    NONE = "none"
    PUBLIC = "public"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class TicketStep:
    """One step of a ticket's history. A private note never leaves the team."""

    action: str
    author: str
    at: datetime | None
    field: str = ""
    old: str = ""
    new: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class MenuContext:
    """What was chosen already: menus of a ticket depend on each other. None: not chosen yet."""

    kind: TicketKind | None = None
    project: int | None = None
    service: int | None = None
    category: int | None = None
    state: int | None = None
    group: int | None = None
