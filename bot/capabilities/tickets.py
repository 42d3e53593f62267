"""Tickets of a service desk, its knowledge base, and the things it keeps track of."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    Article,
    ArticleId,
    ArticleSearch,
    Choice,
    ConfigurationItem,
    File,
    Found,
    ItemChange,
    ItemId,
    ItemRequest,
    ItemRole,
    MenuContext,
    NoteScope,
    Search,
    Ticket,
    TicketChange,
    TicketCode,
    TicketFileId,
    TicketKey,
    TicketRequest,
    TicketRole,
    TicketStep,
)


@runtime_checkable
class KeepsTickets(Protocol):
    """Keeps tickets, their history and their files."""

    file_limit: ClassVar[int]  # bytes of one file

    @abstractmethod
    async def create_ticket(self, request: TicketRequest) -> TicketKey:
        """Open one ticket; the same again opens a second one. After `OutcomeUnknown`, look for `request.marker`
        with `find_tickets`. Raises `FieldRefused` for a field that this project wants or does not take."""

    @abstractmethod
    async def find_tickets(self, search: Search) -> Found[Ticket]:
        """Tickets that match, without solution and files. Raises `UsageError` for no condition, a field that does
        not exist, or a comparison that the field's kind does not have."""

    @abstractmethod
    async def read_ticket(self, ticket: TicketCode) -> Ticket:
        """One ticket, whole. Raises `NotFound`."""

    @abstractmethod
    async def update_ticket(self, ticket: TicketCode, change: TicketChange) -> None:
        """Set fields of a ticket. Raises `FieldRefused`, and `Rejected` for a state that cannot be reached."""

    @abstractmethod
    async def list_ticket_steps(self, ticket: TicketCode, notes: NoteScope) -> Sequence[TicketStep]:
        """What happened to a ticket, oldest first."""

    @abstractmethod
    async def attach_file(self, ticket: TicketCode, file: File) -> None:
        """Hang a file on a ticket; the same again is a second one. Raises `UsageError` for one that is too
        large."""

    @abstractmethod
    async def read_ticket_file(self, ticket: TicketCode, file: TicketFileId) -> File:
        """A ticket's file. Raises `NotFound`, and `Unreachable` for one that is larger than we take."""


@runtime_checkable
class TakesTicketNotes(Protocol):
    """Takes notes on tickets."""

    note_limit: ClassVar[int]  # characters of one note

    @abstractmethod
    async def add_note(self, ticket: TicketCode, words: str) -> None:
        """Add one note; the same again is a second one. Raises `UsageError` for words that are empty or over
        `note_limit`."""


@runtime_checkable
class ListsTicketChoices(Protocol):
    """Lists what a ticket's menus offer."""

    ticket_menus: ClassVar[frozenset[TicketRole]]  # that there are; of others an id is typed

    @abstractmethod
    async def list_choices(self, role: TicketRole, context: MenuContext) -> Sequence[Choice]:
        """The menu of `role`, given what was chosen before it: of states those that may follow the one chosen, as
        far as the provider tells. Raises `UsageError` naming what must be chosen first."""


@runtime_checkable
class ListsItemChoices(Protocol):
    """Lists what a configuration item's menus offer."""

    @abstractmethod
    async def list_item_choices(self, role: ItemRole, project: int) -> Sequence[Choice]:
        """The menu of `role` in a project."""


@runtime_checkable
class KeepsKnowledge(Protocol):
    """Finds articles of the knowledge base."""

    @abstractmethod
    async def find_articles(self, search: ArticleSearch) -> Found[Article]:
        """Articles in which the words occur. Raises `UsageError` for fewer than three characters."""

    @abstractmethod
    async def read_article_file(self, article: ArticleId, file: TicketFileId) -> File:
        """An article's file. Raises as `read_ticket_file` does."""

    @abstractmethod
    async def list_article_folders(self, project: int) -> Sequence[Choice]:
        """Where articles of a project are."""

    @abstractmethod
    async def list_article_kinds(self) -> Sequence[Choice]:
        """What kinds of articles there are."""


@runtime_checkable
class KeepsConfigurationItems(Protocol):
    """Keeps track of things: devices, flats, boilers."""

    @abstractmethod
    async def create_item(self, request: ItemRequest) -> ItemId:
        """Make one. Raises `Conflict` for one that is there already, and `FieldRefused`."""

    @abstractmethod
    async def find_items(self, search: Search) -> Found[ConfigurationItem]:
        """Items that match. Raises as `find_tickets` does."""

    @abstractmethod
    async def read_item(self, item: ItemId) -> ConfigurationItem:
        """One item, whole. Raises `NotFound`."""

    @abstractmethod
    async def update_item(self, item: ItemId, change: ItemChange) -> None:
        """Set fields of an item. Raises `FieldRefused`."""
