"""What is sent beside texts: voice calls, faxes, letters, postcards; the files for them, and their prices."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    FaxOrder,
    File,
    FileTerms,
    FileUse,
    Hook,
    HostedFile,
    Language,
    LetterOrder,
    MediaOrder,
    OutgoingText,
    PostcardOrder,
    PriceQuote,
    ReturnAddress,
    SentOrder,
    TextSent,
    VoiceOrder,
)


@runtime_checkable
class SendsVoice(Protocol):
    """Calls a number and speaks some words."""

    words_limit: ClassVar[int]  # characters; longer words are cut by the provider in silence

    @abstractmethod
    async def send_voice(self, order: VoiceOrder) -> SentOrder:
        """Queue one call. Raises `UsageError` for words that are empty or over `words_limit`."""

    @abstractmethod
    async def list_languages(self) -> Sequence[Language]:
        """The languages that can be spoken."""


@runtime_checkable
class SendsFaxes(Protocol):
    """Sends a PDF as a fax."""

    @abstractmethod
    async def send_fax(self, order: FaxOrder) -> SentOrder:
        """Queue one fax; the file must be where the provider can fetch it."""


@runtime_checkable
class SendsLetters(Protocol):
    """Prints a PDF and posts it."""

    @abstractmethod
    async def send_letter(self, order: LetterOrder) -> SentOrder:
        """Queue one letter. Raises `UsageError` for an address with an empty part."""

    @abstractmethod
    async def list_return_addresses(self) -> Sequence[ReturnAddress]:
        """Where post may come back to; one of them stands on every letter and postcard."""


@runtime_checkable
class SendsPostcards(Protocol):
    """Prints a postcard and posts it."""

    @abstractmethod
    async def send_postcard(self, order: PostcardOrder) -> SentOrder:
        """Queue one postcard. Raises `UsageError` for an address with an empty part, or other than one or two
        files."""


@runtime_checkable
class ConvertsFiles(Protocol):
    """Takes a file and makes of it what can be sent."""

    file_terms: ClassVar[Mapping[FileUse, FileTerms]]

    @abstractmethod
    async def convert_file(self, file: File, use: FileUse) -> HostedFile:
        """The file in the form that `use` needs, at a URL that lives for a while. Raises `UsageError` for one that
        is too large, before any call."""


@runtime_checkable
class QuotesPrices(Protocol):
    """Says what something would cost. Sends nothing."""

    @abstractmethod
    async def quote_text(self, text: OutgoingText) -> PriceQuote:
        """Of `send_text`."""

    @abstractmethod
    async def quote_media(self, order: MediaOrder) -> PriceQuote:
        """Of `send_media`."""

    @abstractmethod
    async def quote_voice(self, order: VoiceOrder) -> PriceQuote:
        """Of `send_voice`."""

    @abstractmethod
    async def quote_letter(self, order: LetterOrder) -> PriceQuote:
        """Of `send_letter`."""


@runtime_checkable
class FindsOrders(Protocol):
    """Looks for orders whose outcome is unknown, and for texts with pictures. An empty answer proves nothing."""

    @abstractmethod
    async def find_media(self, order: MediaOrder, since: datetime) -> Sequence[TextSent]:
        """Texts at the provider that may be this one, sent at or after `since`."""

    @abstractmethod
    async def find_voice(self, order: VoiceOrder, since: datetime) -> Sequence[SentOrder]:
        """Calls that may be this one: our token, or none and the same words to the same number."""

    @abstractmethod
    async def find_fax(self, order: FaxOrder, since: datetime) -> Sequence[SentOrder]:
        """Faxes that may be this one: our token, or none and the same number."""

    @abstractmethod
    async def find_letter(self, order: LetterOrder, since: datetime) -> Sequence[SentOrder]:
        """Letters that may be this one: the same address."""

    @abstractmethod
    async def find_postcard(self, order: PostcardOrder, since: datetime) -> Sequence[SentOrder]:
        """Postcards that may be this one: the same address."""


@runtime_checkable
class ReportsOrders(Protocol):
    """Has it posted to us what became of voice calls, and which keys were pressed.

    `base_url` is `<public URL>/webhooks/<provider>/<secret>`.
    """

    @abstractmethod
    async def connect_reports(self, base_url: str) -> Hook:
        """Make sure that reports reach `base_url`: the same again changes nothing. Raises `CredentialsRefused` or
        `Rejected` for an account that has no voice calls."""

    @abstractmethod
    async def remove_reports(self, base_url: str) -> int:
        """Remove what `connect_reports` made; returns how many there were."""
