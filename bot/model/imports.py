"""Importing contacts from a file: what is to be saved, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from bot.model.contacts import ContactChange
from bot.model.words import ChannelId, LineId, MemberId, Number, Ts

ImportId = NewType("ImportId", int)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the file that can be saved. `place` is its number in the file, `cells` what stood in it."""

    place: int
    cells: tuple[str, ...]
    number: Number
    change: ContactChange


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that cannot be saved, or was not, and why."""

    place: int
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class NewImport:
    """A file that was read. Nothing of it is saved until the member says so."""

    member: MemberId
    line: LineId
    file: str  # its name
    header: tuple[str, ...]
    rows: tuple[ImportRow, ...]
    failed: tuple[FailedRow, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """An import that goes on, or was stopped. Of its `rows` the first `done` were tried."""

    id: ImportId
    of: NewImport
    done: int
    tries: int  # of what comes next, without an answer
    stopped: bool
    question: str  # the uid that the button of its message carries; '' until there is one
    channel: ChannelId | None
    ts: Ts | None  # where its message stands
