"""Contact lists of an account."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    ContactList,
    ContactListId,
    ListedContact,
    ListedContactDetails,
    ListedContactId,
    ListHit,
)


@runtime_checkable
class KeepsContactLists(Protocol):
    """Keeps named lists of contacts, apart from lines."""

    @abstractmethod
    def list_contact_lists(self) -> AsyncIterator[ContactList]:
        """Every list of the account."""

    @abstractmethod
    def search_contact_lists(self, words: str) -> AsyncIterator[ListHit]:
        """Lists and contacts in which the words occur."""

    @abstractmethod
    async def create_contact_list(self, name: str) -> ContactList:
        """Make a list. Raises `Conflict` for a name that the provider says exists."""

    @abstractmethod
    async def delete_contact_list(self, contact_list: ContactListId) -> None:
        """Delete a list, and its contacts with it. Raises `NotFound`."""

    @abstractmethod
    def list_listed_contacts(self, contact_list: ContactListId) -> AsyncIterator[ListedContact]:
        """The contacts of a list. Raises `NotFound` for a list that is gone."""

    @abstractmethod
    async def add_listed_contact(
        self, contact_list: ContactListId, details: ListedContactDetails
    ) -> ListedContact:
        """Put a contact into a list; the same again is a second one. Raises `UsageError` without a number or a
        name."""

    @abstractmethod
    async def remove_listed_contact(self, contact_list: ContactListId, contact: ListedContactId) -> None:
        """Take a contact out of a list, for good. Raises `NotFound`."""
