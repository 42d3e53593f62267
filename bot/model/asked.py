"""What is asked of providers, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.lines import Line
from bot.model.words import Delivery, Number


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """A text to send. `token` is random and ours; the provider gives it back where it can."""

    line: Line
    to: Number
    body: str
    author: str  # a name to show at the provider
    token: str
    status_callback: str | None  # a URL that already carries the secret and the token


@dataclass(frozen=True, slots=True)
class SentText:
    """The provider's answer to a text it accepted, or what it says of one that was looked up."""

    text_id: str
    delivery: Delivery = Delivery.ACCEPTED
    code: str = ""
    why: str = ""  # of a failure, as a sentence for a member


@dataclass(frozen=True, slots=True)
class TextLimit:
    """The longest text a provider takes, in characters of each alphabet (GSM: septets, UCS-2: 16-bit units)."""

    gsm: int
    ucs2: int


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as the provider has it."""

    id: str
    event: str
    url: str
    connected: bool


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a credential check learned. `clock_skew_s` is their clock minus ours, None when they sent no date."""

    description: str  # a few words for an admin; no secret in it
    clock_skew_s: float | None
