"""Contacts at a provider, and what sorts them: groups, tags, custom fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.model.words import Number

GroupId = NewType("GroupId", str)
TagId = NewType("TagId", str)
FieldId = NewType("FieldId", str)


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts that may be texted together. `members` is None when the provider does not count them."""

    id: GroupId
    name: str
    note: str = ""
    members: int | None = None
    by_keyword: bool = False  # contacts join by texting a keyword
    last_text_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A coloured word on contacts. `colour` is `#RRGGBB`, or empty."""

    id: TagId
    name: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that the team added to its contacts."""

    id: FieldId
    name: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a contact has in a custom field."""

    field: FieldId
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as the provider keeps it. Empty words are fields that nobody filled in."""

    number: Number
    first_name: str = ""
    last_name: str = ""
    display_name: str = ""
    note: str = ""
    groups: tuple[GroupId, ...] = ()
    tags: tuple[TagId, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    suppressed: bool = False  # their texts do not push the conversation to the top
    suppressed_reason: str = ""
    archived: bool = False
    blocked: bool = False  # their texts are neither received nor stored
    resolved: bool = False
    opted_out_at: datetime | None = None
    created_at: datetime | None = None
    first_text_at: datetime | None = None
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    texts_in: int | None = None
    texts_out: int | None = None


@dataclass(frozen=True, slots=True)
class ContactChange:
    """What to set on a contact; None leaves a field as it is. A tuple replaces what was there."""

    first_name: str | None = None
    last_name: str | None = None
    display_name: str | None = None
    note: str | None = None
    groups: tuple[GroupId, ...] | None = None
    tags: tuple[TagId, ...] | None = None
    fields: tuple[FieldValue, ...] | None = None
    suppressed: bool | None = None
    suppressed_reason: str | None = None
    archived: bool | None = None
    blocked: bool | None = None
    resolved: bool | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From `after` to `before`, both included; None leaves that end open."""

    after: datetime | None = None
    before: datetime | None = None


ANY_TIME = Span()


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Which contacts: all that match every part. None and empty parts match everybody."""

    number: Number | None = None
    resolved: bool | None = None
    blocked: bool | None = None
    archived: bool | None = None
    suppressed: bool | None = None
    opted_out: bool | None = None
    has_texts: bool | None = None
    created: Span = ANY_TIME
    last_text: Span = ANY_TIME
    last_in: Span = ANY_TIME
    last_out: Span = ANY_TIME
    tags: tuple[TagId, ...] = ()
    groups: tuple[GroupId, ...] = ()
    fields: tuple[FieldValue, ...] = ()
