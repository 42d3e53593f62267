"""The outbound dialler: campaigns, the contacts they call, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.words import Number

CampaignId = NewType("CampaignId", int)
DiallerContactId = NewType("DiallerContactId", int)
UserData = NewType("UserData", str)  # the team's own key; several contacts may have the same

DiallerKey = DiallerContactId | UserData


@dataclass(frozen=True, slots=True)
class Campaign:
    """Contacts to call one after the other."""

    id: CampaignId
    name: str
    data: str = ""


class ResultKind(StrEnum):
    """What a result code means for the contact."""

    DONE = "done"
    ABORTED = "aborted"
    LATER = "later"
    APPOINTMENT = "appointment"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ResultCode:
    """How a call may end in a campaign. `label` is in the language that was asked for."""

    id: int
    label: str
    kind: ResultKind


@dataclass(frozen=True, slots=True)
class DiallerContact:
    """A contact that a campaign calls. `fields` are further ones, by the dialler's names."""

    id: DiallerContactId
    campaign: CampaignId | None
    name: str
    first_name: str = ""
    company: str = ""
    numbers: tuple[Number, ...] = ()
    data: str = ""
    link: str = ""
    comment: str = ""
    result_code: int | None = None
    next_try_at: datetime | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiallerContactRequest:
    """A contact to import, into a campaign by its id or by its name."""

    campaign: CampaignId | str
    name: str
    numbers: tuple[Number, ...]
    data: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiallerContactChange:
    """What to set on a contact: fields by the dialler's names, numbers by their places from 1. The rest stays."""

    fields: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[int, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiallerCall:
    """One call of a contact's history, as far as it is told."""

    contact: DiallerContactId | None
    began_at: datetime | None
    outbound: bool | None
    result: str  # the result code's label
