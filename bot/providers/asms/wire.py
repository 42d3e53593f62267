"""What Aranda's subjects share: its names for kinds and roles, values with a name, times, lists. Pure.

Every field may be missing or null: the documents disagree about which are always there.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
Source: https://docs.arandasoft.com/connectors/en/ (the same in words)
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from bot.http import Count, Response, Wire, Words, no_answer
from bot.model import (
    AdditionalField,
    Choice,
    Found,
    ProviderName,
    TicketFile,
    TicketFileId,
    TicketKind,
    TicketRole,
)
from bot.providers.reading import first_of, read_row, read_time

NAME = ProviderName("asms")
TITLE = "Aranda"

T = TypeVar("T")

log = logging.getLogger(__name__)

# As requests take them; only incidents are several.
KINDS: Mapping[TicketKind, str] = {
    TicketKind.INCIDENT: "Incidents",
    TicketKind.PROBLEM: "Problem",
    TicketKind.CHANGE: "Change",
    TicketKind.SERVICE_CALL: "ServiceCall",
    TicketKind.RELEASE: "Release",
}

# A role's id is `<name>Id` in requests and answers, and its name `<name>Name` in answers.
ROLES: Mapping[TicketRole, str] = {
    TicketRole.SERVICE: "service",
    TicketRole.CATEGORY: "category",
    TicketRole.STATE: "state",
    TicketRole.REASON: "reason",
    TicketRole.GROUP: "group",
    TicketRole.RESPONSIBLE: "responsible",
    TicketRole.COMPANY: "company",
    TicketRole.PROVIDER: "provider",
    TicketRole.UNIT: "unit",
    TicketRole.APPLICANT: "applicant",
    TicketRole.CUSTOMER: "customer",
    TicketRole.CONFIGURATION_ITEM: "ci",
    TicketRole.REGISTRY_TYPE: "registryType",
    TicketRole.URGENCY: "urgency",
    TicketRole.IMPACT: "impact",
    TicketRole.PROJECT: "project",
}

_ZONED = re.compile(r"(?:[zZ]|[+-][0-9]{2}:?[0-9]{2})\s*\Z")


class NamedWire(Wire):
    """An id with its name."""

    id: Count = None
    name: Words | None = None

    def choice(self) -> Choice | None:
        """None without an id; zero is how they write that there is none."""
        return Choice(self.id, first_of(self.name)) if self.id else None

    def file(self) -> TicketFile | None:
        """The same as a file; None without an id."""
        return TicketFile(TicketFileId(self.id), first_of(self.name)) if self.id else None


class DetailWire(Wire):
    """What one value of an additional field reads like."""

    value: Words | None = None


class AdditionalWire(Wire):
    """A field that a project adds. `valueDetails` is one object or a list of them: the documents disagree."""

    fieldId: Words  # noqa: N815  # their spelling
    nameField: Words | None = None  # noqa: N815
    values: tuple[Words | None, ...] | None = None
    valueDetails: object = None  # noqa: N815

    def additional(self) -> AdditionalField:
        """The same with values for people: what a list's value reads like, instead of its id."""
        details = self.valueDetails if isinstance(self.valueDetails, list) else [self.valueDetails]
        shown = [first_of(wire.value) for each in details if (wire := read_row(DetailWire, each))]
        kept = tuple(filter(None, shown)) or tuple(filter(None, self.values or ()))
        return AdditionalField(self.fieldId, kept, first_of(self.nameField))


def read_choice(row: Mapping[str, object], name: str) -> Choice | None:
    """`<name>Id` and `<name>Name` of a row; None when there is none, or it cannot be read."""
    wire = read_row(NamedWire, {"id": row.get(f"{name}Id"), "name": row.get(f"{name}Name")})
    return wire.choice() if wire else None


def read_files(rows: tuple[object, ...] | None) -> tuple[TicketFile, ...]:
    """The files in a list of them."""
    wires = [read_row(NamedWire, row) for row in rows or ()]
    return tuple(file for wire in wires if wire and (file := wire.file()))


def read_additional(rows: tuple[object, ...] | None) -> tuple[AdditionalField, ...]:
    """The additional fields in a list of them."""
    wires = [read_row(AdditionalWire, row) for row in rows or ()]
    return tuple(wire.additional() for wire in wires if wire)


def read_local(raw: str | None, zone: tzinfo | None) -> datetime | None:
    """Their time as aware UTC; one that names no zone is in `zone`, and None where that is not known."""
    if zone is None and not _ZONED.search(raw or ""):
        return None
    return read_time(raw, zone=zone or UTC)


def read_list(response: Response, read: Callable[[object], T | None]) -> tuple[T | None, ...]:
    """The rows of a list, None in the place of an odd one, which the log tells; no content is an empty list.

    Raises `Unreadable`'s `ProviderError` for what is no list.
    """
    rows = response.json() if response.body else []
    if not isinstance(rows, list):
        raise no_answer(response.call, "unreadable")
    found = tuple(read(row) for row in rows)
    if None in found:
        log.warning("asms: %d rows of a list cannot be read and are left out", found.count(None))
    return found


def read_found(response: Response, read: Callable[[object], T | None], caps: frozenset[int]) -> Found[T]:
    """The rows of a search, which is cut off without a word at one of `caps`."""
    rows = read_list(response, read)
    return Found(tuple(row for row in rows if row is not None), len(rows) in caps or len(rows) > max(caps))


def read_choices(response: Response) -> tuple[Choice, ...]:
    """A menu."""

    def read(row: object) -> Choice | None:
        wire = read_row(NamedWire, row)
        return wire.choice() if wire else None

    return tuple(choice for choice in read_list(response, read) if choice)
