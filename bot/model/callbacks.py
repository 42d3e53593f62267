"""Phone calls we owe, and what else waits in the queues of a contact centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self

from bot.model.cards import Says
from bot.model.words import Number

AcdEventId = NewType("AcdEventId", int)
AgentGroupId = NewType("AgentGroupId", int)
AgentId = NewType("AgentId", int)


class AcdEventKind(StrEnum):
    """What waits in a queue. A kind that is new to us is `UNKNOWN`."""

    VOICE_MAIL = "voice mail"
    FAX = "fax"
    CALLBACK = "callback"
    TEXT = "text"
    EMAIL = "e-mail"
    TICKET = "ticket"
    CHAT = "chat"
    UNKNOWN = "unknown"


class AcdEventStatus(StrEnum):
    """How far it got. A state that is new to us is `UNKNOWN`."""

    ENTERING = "received"
    WAITING = "waiting for an agent"
    IN_TRANSFER = "in transfer"
    TO_AGENT = "going to an agent"
    NEW = "at an agent, unread"
    SEEN = "opened"
    REMIND = "reminder set"
    CHAT_CLOSED = "chat closed"
    DONE = "done"
    ERROR = "failed"
    UNKNOWN = "unknown"


CLOSED = frozenset({AcdEventStatus.CHAT_CLOSED, AcdEventStatus.DONE, AcdEventStatus.ERROR})
UNOPENED = frozenset(
    {
        AcdEventStatus.ENTERING,
        AcdEventStatus.WAITING,
        AcdEventStatus.IN_TRANSFER,
        AcdEventStatus.TO_AGENT,
        AcdEventStatus.NEW,
    }
)


@dataclass(frozen=True, slots=True)
class AcdEvent:
    """Something in a queue. `updated` says that it existed before and was only added to."""

    id: AcdEventId
    kind: AcdEventKind
    kind_id: int
    status: AcdEventStatus
    status_id: int
    group: AgentGroupId | None
    agent: AgentId | None
    sender: str
    subject: str
    data: str  # our own key
    created_at: datetime | None
    changed_at: datetime | None
    updated: bool = False


@dataclass(frozen=True, slots=True)
class AcdWord:
    """An event type or an event status as the contact centre lists it."""

    id: int
    label: str
    means: AcdEventKind | AcdEventStatus


@dataclass(frozen=True, slots=True)
class AgentGroup:
    """A queue's group of agents."""

    id: AgentGroupId
    name: str


@dataclass(frozen=True, slots=True)
class SplitGroup:
    """A queue that is made of a group's configuration and a group's agents."""

    configuration: AgentGroupId
    agents: AgentGroupId


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who takes calls."""

    id: AgentId
    name: str


@dataclass(frozen=True, slots=True)
class CallbackRequest:
    """A call to queue. `data` is ours and unique: by it an unknown outcome is looked up."""

    contact: Number
    group: AgentGroupId | SplitGroup
    subject: str
    data: str
    receiver: Number | None = None  # a service number of the contact centre
    agent: AgentId | None = None  # None: whoever of the group is free
    body: str = ""
    link: str = ""
    priority: int | None = None
    due_at: datetime | None = None  # None: now


@dataclass(frozen=True, slots=True)
class QueuedTicketRequest:
    """A ticket to put into a queue. `sender` is a number or an address; `data` as for a callback."""

    sender: str
    group: AgentGroupId | SplitGroup
    subject: str
    data: str
    receiver: str = ""
    agent: AgentId | None = None
    link: str = ""
    priority: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallbackTerms:
    """What a callback's card says. `status_id` is the contact centre's, for a state that is new to us."""

    contact: Number
    group: AgentGroupId | SplitGroup
    group_name: str
    subject: str
    due_at: datetime | None = None  # None: at once
    agent: AgentId | None = None  # who is wanted, or has it by now
    agent_name: str = ""
    body: str = ""
    link: str = ""
    priority: int | None = None
    receiver: Number | None = None
    status_id: int = -1
    added: bool = False  # one was there before, and this was added to it
    other: str = ""  # where the card of that one stands, if it has one

    @classmethod
    def read(cls, says: Says) -> Self:
        """From the card's own words."""
        return cls(
            contact=Number(says["contact"]),
            group=_group(says["group"]),
            group_name=str(says["group_name"]),
            subject=str(says["subject"]),
            due_at=datetime.fromisoformat(says["due_at"]) if says["due_at"] else None,
            agent=None if says["agent"] is None else AgentId(int(says["agent"])),
            agent_name=str(says["agent_name"]),
            body=str(says["body"]),
            link=str(says["link"]),
            priority=None if says["priority"] is None else int(says["priority"]),
            receiver=Number(says["receiver"]) if says["receiver"] else None,
            status_id=int(says["status_id"]),
            added=bool(says["added"]),
            other=str(says["other"]),
        )

    def says(self) -> Says:
        """For the card."""
        return {
            "contact": self.contact,
            "group": _ids(self.group),
            "group_name": self.group_name,
            "subject": self.subject,
            "due_at": self.due_at.isoformat() if self.due_at else "",
            "agent": self.agent,
            "agent_name": self.agent_name,
            "body": self.body,
            "link": self.link,
            "priority": self.priority,
            "receiver": self.receiver or "",
            "status_id": self.status_id,
            "added": self.added,
            "other": self.other,
        }


def _ids(group: AgentGroupId | SplitGroup) -> list[int]:
    return [group.configuration, group.agents] if isinstance(group, SplitGroup) else [group]


def _group(ids: Sequence[int]) -> AgentGroupId | SplitGroup:
    first, *rest = (AgentGroupId(int(each)) for each in ids)
    return SplitGroup(first, rest[0]) if rest else first
