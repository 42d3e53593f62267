"""What is ordered beside texts: voice calls, faxes, letters, postcards, and texts with pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.model.asked import OutgoingText
from bot.model.money import PriceQuote
from bot.model.words import Delivery, Number

OrderId = NewType("OrderId", str)
AddressId = NewType("AddressId", str)


class Voice(StrEnum):
    """Who speaks."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which words are spoken, and the voices that speak it."""

    code: str  # like en-us
    name: str
    voices: frozenset[Voice]


@dataclass(frozen=True, slots=True)
class MediaOrder:
    """A text with files. `media` are URLs of the provider's own, from `upload_media`."""

    text: OutgoingText
    media: tuple[str, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class VoiceOrder:
    """A phone call that speaks some words. `token` is ours; reports give it back."""

    to: Number
    words: str
    language: str
    voice: Voice
    token: str
    asks_key: bool = False  # a key press is waited for
    finds_machine: bool = False  # an answering machine is noticed, and spoken to


@dataclass(frozen=True, slots=True)
class FaxOrder:
    """A PDF as a fax. `sender` is None for the account's own number."""

    to: Number
    file_url: str
    token: str
    sender: Number | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where post goes. `country` is ISO 3166 in two letters."""

    name: str
    line_1: str
    city: str
    state: str
    postal_code: str
    country: str
    line_2: str = ""


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """An address that the provider keeps, to which post comes back."""

    id: AddressId
    address: Address


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """A PDF as a letter."""

    to: Address
    return_to: AddressId
    file_url: str
    token: str
    in_colour: bool = False
    two_sided: bool = False
    priority: bool = False
    address_page_in_file: bool = False  # the file has the address on its first page, where the template has it


@dataclass(frozen=True, slots=True)
class PostcardOrder:
    """A postcard: its front, and its back where there is one, as PDFs."""

    to: Address
    return_to: AddressId
    file_urls: tuple[str, ...]
    token: str


@dataclass(frozen=True, slots=True)
class SentOrder:
    """The provider's answer to an order that it accepted, or what it says of one that was looked up. `price` is
    None when it names none."""

    id: OrderId
    status_word: str
    price: PriceQuote | None
    delivery: Delivery | None = None  # how far it got, where that is told
    keys: str = ""  # that were pressed during a call
