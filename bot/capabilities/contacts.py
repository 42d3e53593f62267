"""Contacts of a line at the provider, and what sorts them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import ClassVar

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    Contact,
    ContactChange,
    ContactFilter,
    CustomField,
    FieldValue,
    Group,
    GroupId,
    Line,
    Number,
    Tag,
    TagId,
)


@runtime_checkable
class KeepsContacts(Protocol):
    """Keeps a line's contacts."""

    @abstractmethod
    def list_contacts(self, line: Line, which: ContactFilter) -> AsyncIterator[Contact]:
        """The line's contacts that match, in the provider's order; one page is held at a time. Raises `UsageError`
        for more custom fields than can be asked for at once."""

    @abstractmethod
    async def read_contact(self, line: Line, number: Number) -> Contact:
        """One contact. Raises `NotFound` for one that the line does not have."""

    @abstractmethod
    async def save_contact(self, line: Line, number: Number, change: ContactChange) -> Contact:
        """Make the contact, or set what `change` sets; the same again changes nothing. Returns it as it is now."""

    @abstractmethod
    async def delete_contact(self, line: Line, number: Number) -> None:
        """Delete a contact. Raises `NotFound`, and `Rejected` for one that has texts and must stay."""


@runtime_checkable
class ImportsContacts(Protocol):
    """Saves many contacts of a line at once."""

    contacts_per_call: ClassVar[int]

    @abstractmethod
    async def import_contacts(self, line: Line, changes: Mapping[Number, ContactChange]) -> Sequence[Contact]:
        """Save up to `contacts_per_call` contacts with one call; returns those that the provider confirms."""


@runtime_checkable
class LabelsContacts(Protocol):
    """Adds one group, tag or field to a contact, and leaves its others alone."""

    @abstractmethod
    async def set_group(self, line: Line, number: Number, group: GroupId, *, member: bool) -> None:
        """Put the contact into the group, or take it out."""

    @abstractmethod
    async def set_tag(self, line: Line, number: Number, tag: TagId, *, tagged: bool) -> None:
        """Put the tag on the contact, or take it off."""

    @abstractmethod
    async def set_field(self, line: Line, number: Number, value: FieldValue) -> None:
        """Fill in one custom field."""


@runtime_checkable
class KeepsGroups(Protocol):
    """Keeps groups of a line's contacts."""

    @abstractmethod
    def list_groups(self, line: Line) -> AsyncIterator[Group]:
        """Every group of the line."""

    @abstractmethod
    async def read_group(self, line: Line, group: GroupId) -> Group:
        """One group. Raises `NotFound`."""

    @abstractmethod
    async def create_group(self, line: Line, name: str, note: str) -> Group:
        """Make a group. A second one of the same name is a second group."""

    @abstractmethod
    async def update_group(self, line: Line, group: GroupId, name: str, note: str) -> Group:
        """Set a group's name and note. Raises `Rejected` or `NotFound` for one that is gone."""

    @abstractmethod
    async def delete_group(self, line: Line, group: GroupId) -> None:
        """Delete a group; its contacts stay. Raises `NotFound`."""


@runtime_checkable
class ListsTags(Protocol):
    """Lists the tags of a line."""

    @abstractmethod
    def list_tags(self, line: Line) -> AsyncIterator[Tag]:
        """Every tag of the line."""


@runtime_checkable
class ListsCustomFields(Protocol):
    """Lists the custom fields of a line's contacts."""

    @abstractmethod
    async def list_custom_fields(self, line: Line) -> Sequence[CustomField]:
        """Every custom field of the line."""
