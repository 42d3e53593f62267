"""What the cards of tickets say, and what is done to a ticket from its card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from bot.model.cards import Says
from bot.model.tickets import AdditionalField, Choice, TicketKind, TicketRole

# A state of a card; every other one is the id of the service desk's.
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TicketTerms:
    """What a ticket's card says: what it is opened with, and how the service desk has it by now.

    `state` and `has` are the service desk's, None and empty until it told. `moves` counts the changes of the
    state that were seen; `files` are the ids of the files that were seen, all that there are while `files_known`;
    `noted_at` is when the last note was written that the thread was told of.
    """

    subject: str
    kind: TicketKind
    project: int
    service: int
    category: int
    description: str = ""
    roles: Mapping[TicketRole, int] = field(default_factory=dict)
    additional: tuple[AdditionalField, ...] = ()
    state: Choice | None = None
    has: Mapping[TicketRole, Choice] = field(default_factory=dict)
    moves: int = 0
    files: tuple[int, ...] = ()
    files_known: bool = True
    noted_at: datetime | None = None

    @classmethod
    def read(cls, says: Says) -> Self:
        """From the card's own words."""
        return cls(
            subject=str(says["subject"]),
            kind=TicketKind(says["kind"]),
            project=int(says["project"]),
            service=int(says["service"]),
            category=int(says["category"]),
            description=str(says["description"]),
            roles={TicketRole(role): int(number) for role, number in says["roles"].items()},
            additional=tuple(map(_additional, says["additional"])),
            state=_choice(says["state"]),
            has={TicketRole(role): Choice(*each) for role, each in says["has"].items()},
            moves=int(says["moves"]),
            files=tuple(says["files"]),
            files_known=bool(says.get("files_known", True)),
            noted_at=datetime.fromisoformat(says["noted_at"]) if says["noted_at"] else None,
        )

    def says(self) -> Says:
        """For the card."""
        return {
            "subject": self.subject,
            "kind": self.kind.value,
            "project": self.project,
            "service": self.service,
            "category": self.category,
            "description": self.description,
            "roles": {role.value: number for role, number in self.roles.items()},
            "additional": [[each.id, list(each.values), each.name] for each in self.additional],
            "state": None if self.state is None else [self.state.id, self.state.name],
            "has": {role.value: [choice.id, choice.name] for role, choice in self.has.items()},
            "moves": self.moves,
            "files": list(self.files),
            "files_known": self.files_known,
            "noted_at": self.noted_at.isoformat() if self.noted_at else "",
        }


@dataclass(frozen=True, slots=True)
class TicketMove:
    """Another state for a ticket, and what may go with it."""

    state: Choice
    reason: int | None = None
    solution: str = ""

    @classmethod
    def read(cls, words: str) -> Self:
        """From what a deed carries."""
        carried = json.loads(words)
        return cls(Choice(*carried["state"]), carried["reason"], carried["solution"])

    def words(self) -> str:
        """For a deed to carry."""
        state = [self.state.id, self.state.name]
        return json.dumps({"state": state, "reason": self.reason, "solution": self.solution})


def _additional(said: Any) -> AdditionalField:
    number, values, name = said
    return AdditionalField(number, tuple(values), name)


def _choice(said: Any) -> Choice | None:
    return None if said is None else Choice(*said)
