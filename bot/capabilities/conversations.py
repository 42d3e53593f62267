"""Conversations as the provider lists them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator

from typing_extensions import Protocol, runtime_checkable

from bot.model import Correspondence, CorrespondenceFilter, Line, Number, TextReceived, TextSent


@runtime_checkable
class ListsConversations(Protocol):
    """Lists a line's conversations, and archives them."""

    @abstractmethod
    def list_conversations(self, line: Line, which: CorrespondenceFilter) -> AsyncIterator[Correspondence]:
        """The line's conversations that match, in the provider's order; one page is held at a time."""

    @abstractmethod
    def list_history(self, line: Line, contact: Number) -> AsyncIterator[TextReceived | TextSent]:
        """A conversation's texts, page by page in the provider's order, which nobody promises: sort what is
        shown."""

    @abstractmethod
    async def archive_conversation(self, line: Line, contact: Number) -> None:
        """Take it off the list, until somebody texts again; the same again changes nothing."""

    @abstractmethod
    async def unarchive_conversation(self, line: Line, contact: Number) -> None:
        """Put it back; the same again changes nothing. An opt-out stays."""
