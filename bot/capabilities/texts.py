"""Texts: sending, listing, pictures, locations, and what is posted to us."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import ClassVar

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    File,
    Hook,
    HostedFile,
    Line,
    MediaOrder,
    Number,
    OutgoingText,
    SentText,
    TextLimit,
    TextReceived,
    TextSent,
    WebhookReading,
    WebhookRequest,
)


@runtime_checkable
class SendsTexts(Protocol):
    """Sends a text, and can look for one whose outcome is unknown."""

    text_limit: ClassVar[TextLimit]

    @abstractmethod
    async def send_text(self, text: OutgoingText) -> SentText:
        """Send one text with one call."""

    @abstractmethod
    async def find_texts(self, text: OutgoingText, since: datetime) -> Sequence[TextSent]:
        """Texts at the provider that may be `text`: same line, contact and words (or our token), sent at or
        after `since`. An empty answer proves nothing."""


@runtime_checkable
class ListsTexts(Protocol):
    """Lists what went over a line, for catching up and for lines without webhooks."""

    tells_opt_outs: ClassVar[bool]  # whether `read_opt_out` can say

    @abstractmethod
    def list_texts(self, line: Line, since: datetime) -> AsyncIterator[TextReceived | TextSent]:
        """Everything of `line` in both directions at or after `since`, oldest first where the provider can."""

    @abstractmethod
    async def read_opt_out(self, line: Line, contact: Number) -> bool | None:
        """Whether the provider holds the contact as opted out; None when it cannot say."""


@runtime_checkable
class SendsMedia(Protocol):
    """Sends a text with pictures or files."""

    @abstractmethod
    async def upload_media(self, file: File) -> HostedFile:
        """Bring a file to the provider, so that a text can carry its URL. Raises `UsageError` for a kind or a size
        that the provider does not take, before any call."""

    @abstractmethod
    async def send_media(self, order: MediaOrder) -> SentText:
        """Send one text with its files with one call. Raises `UsageError` for a subject or words that are too
        long, or too many files."""


@runtime_checkable
class AsksLocations(Protocol):
    """Asks a contact where they are."""

    location_limit: ClassVar[TextLimit]  # of the words, beside the way to share the location

    @abstractmethod
    async def ask_location(self, text: OutgoingText, location_callback: str) -> SentText:
        """Send the words with a way to share the location; the answer is posted to `location_callback`, a URL that
        already carries the secret and the token. Raises `UsageError` for words that are too long with it."""


@runtime_checkable
class ReadsWebhooks(Protocol):
    """Reads what the provider posts to us. Pure: no I/O."""

    @abstractmethod
    def read_webhook(self, request: WebhookRequest) -> WebhookReading:
        """What the request says. Raises `WebhookRefused` for a wrong or stale signature, `WebhookUnreadable`
        for content that cannot be understood. An unknown event is `Nothing`."""


@runtime_checkable
class RegistersHooks(Protocol):
    """Registers our webhooks at the provider. `base_url` is `<public URL>/webhooks/<provider>/<secret>`."""

    hook_events: ClassVar[Sequence[str]]  # every event of a line that we need a webhook for

    @abstractmethod
    async def list_hooks(self, line: Line) -> Sequence[Hook]:
        """Every hook the provider has for the line, ours or not."""

    @abstractmethod
    async def connect_hooks(self, line: Line, base_url: str) -> Sequence[Hook]:
        """Make sure that every event we need reaches `base_url`: existing hooks are found first and kept,
        disconnected ones reconnected, missing ones made. Returns ours."""

    @abstractmethod
    async def remove_hooks(self, line: Line, base_url: str) -> int:
        """Remove the line's hooks whose URL starts with `base_url`; returns how many."""
