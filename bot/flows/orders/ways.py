"""What a provider is asked for each kind of order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.bridge import Bridge
from bot.capabilities import (
    ConvertsFiles,
    FindsOrders,
    QuotesPrices,
    SendsFaxes,
    SendsLetters,
    SendsPostcards,
    SendsVoice,
)
from bot.errors import SlackError, UsageError
from bot.flows.scopes import needs_scope
from bot.model import FaxOrder, FileUse, LetterOrder, PostcardOrder, PriceQuote, SentOrder, VoiceOrder
from bot.model.kept_orders import OrderKind, Wanted

C = TypeVar("C")

USES: Mapping[OrderKind, FileUse] = {
    OrderKind.FAX: FileUse.FAX,
    OrderKind.LETTER: FileUse.LETTER,
    OrderKind.POSTCARD: FileUse.POSTCARD,
}
_CANNOT = "The provider of this order is not set up here any more. Ask an admin."


@dataclass(frozen=True, slots=True)
class Brought:
    """A file, and where the provider finds it for some minutes."""

    name: str
    url: str


async def send(provider: object, what: Wanted) -> SentOrder:
    """Have it sent. Raises what the provider raises, `UsageError` for a provider that cannot."""
    match what:
        case VoiceOrder():
            return await _able(provider, SendsVoice).send_voice(what)
        case FaxOrder():
            return await _able(provider, SendsFaxes).send_fax(what)
        case LetterOrder():
            return await _able(provider, SendsLetters).send_letter(what)
        case PostcardOrder():
            return await _able(provider, SendsPostcards).send_postcard(what)


async def find(provider: object, what: Wanted, since: datetime) -> Sequence[SentOrder]:
    """Orders at the provider that may be this one. Raises as `send` does."""
    finds = _able(provider, FindsOrders)
    match what:
        case VoiceOrder():
            return await finds.find_voice(what, since)
        case FaxOrder():
            return await finds.find_fax(what, since)
        case LetterOrder():
            return await finds.find_letter(what, since)
        case PostcardOrder():
            return await finds.find_postcard(what, since)


async def quote(provider: object, what: Wanted) -> PriceQuote | None:
    """What it will cost; None where the provider names no price before. Raises `ProviderError`, `UsageError`."""
    if not isinstance(provider, QuotesPrices):
        return None
    match what:
        case VoiceOrder():
            return await provider.quote_voice(what)
        case LetterOrder():
            return await provider.quote_letter(what)
        case _:
            return None


async def with_files(bridge: Bridge, provider: object, what: Wanted, files: Sequence[str]) -> Wanted:
    """The order with its files where the provider finds them, which is for some minutes.

    Raises `SlackError` when a file cannot be read, `UsageError` for one that the provider does not take,
    `ProviderError`.
    """
    match what:
        case PostcardOrder() if files:
            sides = [await bring(bridge, provider, each, OrderKind.POSTCARD) for each in files]
            return replace(what, file_urls=tuple(side.url for side in sides))
        case LetterOrder() if files:
            return replace(what, file_url=(await bring(bridge, provider, files[0], OrderKind.LETTER)).url)
        case FaxOrder() if files:
            return replace(what, file_url=(await bring(bridge, provider, files[0], OrderKind.FAX)).url)
        case _:
            return what


async def bring(bridge: Bridge, provider: object, file_id: str, kind: OrderKind) -> Brought:
    """Bring one file to the provider. Raises as `with_files` does."""
    converts = _able(provider, ConvertsFiles)
    terms = converts.file_terms[USES[kind]]
    try:
        with needs_scope("files:read"):
            file = await bridge.slack.read_file(file_id, terms.most_bytes)
    except SlackError as error:
        if error.code != "file_too_large":
            raise
        raise UsageError(terms.sentence) from error
    return Brought(file.name, (await converts.convert_file(file, USES[kind])).url)


def _able(provider: object, capability: type[C]) -> C:
    if isinstance(provider, capability):
        return provider
    raise UsageError(_CANNOT)
