"""How a provider is described for the contract: what it can be asked, what it then asks, and what comes back.

A provider is one `Case`, and everything it can be asked is one `Operation` of it, or several. The contract does
the rest: `test_contract.py` fails for an operation without a description.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from bot.capabilities import Provider
from bot.errors import BotError, ProviderError
from bot.model import ProviderEvent, TextReceived, TextSent, WebhookRequest
from tests.providers.far_end import Answer
from tests.providers.spec import Spec

NOW = datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
SINCE = datetime(2026, 3, 2, 15, 4, 0, 500_000, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"  # for a provider that only reads webhooks

HTML = b"<!doctype html><title>We will be back soon</title>"
UNREADABLE = (HTML, b"", b"null", b"[]", b'"words"', b'{"meta": ', b"\xff\xfe{}", b"[" * 50_000)

P = TypeVar("P", bound=Provider)
T = TypeVar("T")

Means = Mapping[bytes, type[ProviderError] | None]
# What a body of `UNREADABLE` means where it means something: an error, or None for an answer like any other.
ANY_STATUS: Means = dict.fromkeys(UNREADABLE[1:])  # the status says it all; only a web page comes from elsewhere
EMPTY_LIST: Means = {b"": None}


def now() -> datetime:
    """The clock of these tests."""
    return NOW


async def everything(rows: AsyncIterator[T]) -> list[T]:
    """A list that comes bit by bit, as a whole."""
    return [row async for row in rows]


@dataclass(frozen=True)
class Exchange:
    """One request that an operation makes, and a good answer to it.

    `body` is its JSON, or (as bytes) what its upload holds; None means that it has none. `wrong` is JSON that is
    never an answer to it.
    """

    asks: str  # "GET /dashboards", the path after the spec's prefix
    answer: Answer
    query: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    effect: bool = False  # it sends, spends, makes or changes something
    means: Means = field(default_factory=dict)
    wrong: tuple[object, ...] = ()

    def changed(self, change: Callable[[object], Iterable[object]]) -> Iterator[Answer]:
        """The answer with its JSON changed, one after the other; none for one that holds no JSON."""
        if self.answer.body and "json" in self.answer.headers.get("content-type", "json"):
            for other in change(json.loads(self.answer.body)):
                yield replace(self.answer, body=json.dumps(other).encode())


@dataclass(frozen=True)
class Refusal:
    """An answer that refuses, and what becomes of it. It answers the exchange `at`."""

    answer: Answer
    error: type[ProviderError]
    code: str
    at: int = -1


@dataclass(frozen=True)
class Impossible(Generic[P]):
    """What is refused before anything is asked of the provider."""

    ask: Callable[[P], Awaitable[object]]
    error: type[BotError]


@dataclass(frozen=True)
class Operation(Generic[P]):
    """One thing that can be asked of a provider; `gives` is what comes back when all is well."""

    method: Callable[..., object]  # of the capability: TakesPayments.request_payment
    ask: Callable[[P], Awaitable[object]]
    exchanges: tuple[Exchange, ...]
    gives: object
    refusals: tuple[Refusal, ...] = ()
    impossible: tuple[Impossible[P], ...] = ()
    note: str = ""  # tells two of one method apart
    picks: bool = False  # it may leave out what does not match, all of it too

    @property
    def name(self) -> str:
        """As the table of capabilities has it."""
        return self.method.__qualname__

    @property
    def good(self) -> tuple[Answer, ...]:
        """The answers when all is well."""
        return tuple(each.answer for each in self.exchanges)

    def script(self, at: int, *answers: Answer) -> tuple[Answer, ...]:
        """Good answers, but for `answers` in the place of exchange `at`."""
        return (*self.good[:at], *answers, *self.good[at + 1 :])


@dataclass(frozen=True)
class Sample:
    """A webhook as the provider sends it, and what it says."""

    event: str
    body: bytes
    says: ProviderEvent
    query: Mapping[str, str] = field(default_factory=dict)
    also: tuple[ProviderEvent, ...] = ()

    @property
    def events(self) -> tuple[ProviderEvent, ...]:
        """Everything that it says."""
        return (self.says, *self.also)

    def request(self, headers: Mapping[str, str] | None = None) -> WebhookRequest:
        """The webhook as the door hands it over."""
        return WebhookRequest(self.event, headers or {}, {**self.query, "e": self.event}, self.body, NOW)


@dataclass(frozen=True)
class Case:
    """A provider, and what its far end says. `read_webhook` is described by `samples`."""

    name: str
    of: type[Provider]
    build: Callable[[str], Any]  # from the address of its API
    spec: Spec
    secrets: tuple[str, ...]  # what no error and no log line may hold
    operations: tuple[Operation[Any], ...]
    samples: tuple[Sample, ...] = ()
    sign: Callable[[bytes, datetime], dict[str, str]] | None = None  # None: the provider signs nothing

    @property
    def id(self) -> str:
        """What tells its tests from those of others: its class, as two may be ways to one provider."""
        return self.of.__name__.lower()

    @property
    def posts_texts(self) -> bool:
        """Whether a text is among what it posts to us."""
        return any(isinstance(sample.says, TextReceived | TextSent) for sample in self.samples)
