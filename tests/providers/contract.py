"""What every provider that texts must do, whatever its API looks like.

To take a provider in, describe it as a `Case` in its own test file and add it to the list in `test_contract.py`.
Every request made here is checked against the provider's OpenAPI file.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import pytest

from bot.capabilities import ListsTexts, Provider, ReadsWebhooks, RegistersHooks, SendsTexts
from bot.errors import (
    CredentialsRefused,
    OutcomeUnknown,
    ProviderError,
    Throttled,
    Unreachable,
)
from bot.http import quiet_logs
from bot.model import OutgoingText, ProviderEvent, SentText, WebhookRequest
from tests.providers.far_end import Answer, FarEnd, Trouble
from tests.providers.spec import Spec

NOW = datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
SINCE = datetime(2026, 3, 2, 15, 4, 0, 500_000, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"  # for a provider that only reads webhooks

HTML = b"<!doctype html><title>We will be back soon</title>"
UNREADABLE = (HTML, b"", b"null", b"[]", b'"words"', b'{"meta": ', b"\xff\xfe{}", b"[" * 50_000)


def now() -> datetime:
    """The clock of these tests."""
    return NOW


class Texting(Provider, SendsTexts, ListsTexts, ReadsWebhooks, RegistersHooks, Protocol):
    """A provider that does all that texting needs."""

    async def close(self) -> None:
        """Close every connection."""


@dataclass(frozen=True)
class Refusal:
    """An answer to a send that refuses it, and what becomes of it."""

    answer: Answer
    error: type[ProviderError]
    code: str


@dataclass(frozen=True)
class Read:
    """Something that changes nothing, with an answer to it."""

    ask: Callable[[Texting], Awaitable[object]]
    answer: Answer


@dataclass(frozen=True)
class Sample:
    """A webhook as the provider sends it, and what it says."""

    event: str
    body: bytes
    says: ProviderEvent
    query: Mapping[str, str] = field(default_factory=dict)

    def request(self, headers: Mapping[str, str] | None = None) -> WebhookRequest:
        """The webhook as the door hands it over."""
        return WebhookRequest(self.event, headers or {}, {**self.query, "e": self.event}, self.body, NOW)


@dataclass(frozen=True)
class Case:
    """A provider, and what its far end says."""

    name: str
    build: Callable[[str], Texting]  # from the address of its API
    spec: Spec
    text: OutgoingText
    secrets: tuple[str, ...]  # what no error and no log line may hold
    accepted: Answer
    accepted_as: SentText
    refusals: tuple[Refusal, ...]
    wrong_types: tuple[object, ...]  # JSON that an accepted send never is
    reads: Mapping[str, Read]
    samples: tuple[Sample, ...]
    sign: Callable[[bytes, datetime], dict[str, str]] | None = None  # None: the provider signs nothing


@pytest.fixture
async def provider(case: Case, far_end: FarEnd) -> AsyncIterator[Texting]:
    """The provider of the case, at its far end; every request it made is checked afterwards."""
    built = case.build(f"{far_end.url}{case.spec.prefix}")
    yield built
    await built.close()
    for heard in far_end.heard:
        case.spec.check(heard)


def chain(error: BaseException) -> Iterator[BaseException]:
    """An error and all that it drags along."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and each not in seen:
            seen.append(each)
            waiting += [each.__cause__, each.__context__]
    yield from seen


def assert_silent(error: ProviderError, case: Case) -> None:
    """No error in the chain shows a secret; the sentence has no URL and no number."""
    for each in chain(error):
        shown = f"{each!s} {each!r} {each.args!r}"
        assert not [secret for secret in case.secrets if secret in shown]
    assert "http" not in str(error)
    assert not any(character.isdigit() for character in str(error))
    assert str(error).endswith(".")


class SendingContract:
    """Sending one text."""

    async def test_when_it_is_accepted_then_its_id_comes_back(
        self, case: Case, provider: Texting, far_end: FarEnd
    ) -> None:
        far_end.will_answer(case.accepted)

        sent = await provider.send_text(case.text)

        assert sent == case.accepted_as
        assert len(far_end.heard) == 1
        assert case.text.body in json.dumps(json.loads(far_end.heard[0].body), ensure_ascii=False)

    async def test_when_it_is_refused_then_it_is_certain_and_not_tried_again(
        self, case: Case, provider: Texting, far_end: FarEnd
    ) -> None:
        for refusal in case.refusals:
            far_end.will_answer(refusal.answer)
            far_end.heard.clear()

            with pytest.raises(refusal.error) as caught:
                await provider.send_text(case.text)

            assert type(caught.value) is refusal.error
            assert (caught.value.provider, caught.value.code) == (case.name, refusal.code)
            assert (caught.value.certain, caught.value.retryable) == (refusal.error.certain, False)
            assert len(far_end.heard) == 1
            assert_silent(caught.value, case)

    @pytest.mark.parametrize("status", [401, 403])
    async def test_when_the_key_is_refused_then_it_says_so(
        self, case: Case, provider: Texting, far_end: FarEnd, status: int
    ) -> None:
        far_end.will_answer(Answer(status, HTML))

        with pytest.raises(CredentialsRefused) as caught:
            await provider.send_text(case.text)

        assert caught.value.certain
        assert_silent(caught.value, case)

    @pytest.mark.parametrize(
        ("headers", "wait_s"),
        [
            ({}, None),
            ({"retry-after": "39"}, 39.0),
            (
                {"date": "Mon, 02 Mar 2026 15:05:00 GMT", "retry-after": "Mon, 02 Mar 2026 15:05:20 GMT"},
                20.0,
            ),
            ({"retry-after": "soon"}, None),
        ],
    )
    async def test_when_it_is_throttled_then_it_surely_did_not_leave(
        self, case: Case, provider: Texting, far_end: FarEnd, headers: dict[str, str], wait_s: float | None
    ) -> None:
        far_end.will_answer(Answer(429, b"", headers))

        with pytest.raises(Throttled) as caught:
            await provider.send_text(case.text)

        assert (caught.value.certain, caught.value.retryable) == (True, True)
        assert caught.value.retry_after_s == wait_s
        assert len(far_end.heard) == 1
        assert_silent(caught.value, case)

    @pytest.mark.parametrize("status", [301, 303, 408, 500, 502, 503, 504])
    async def test_when_the_status_tells_nothing_then_it_may_have_left(
        self, case: Case, provider: Texting, far_end: FarEnd, status: int
    ) -> None:
        headers = {"location": f"{far_end.url}/elsewhere", "retry-after": "1"}
        far_end.will_answer(Answer(status, HTML, headers), case.accepted)

        await self._assert_unknown(case, provider, far_end)

    @pytest.mark.usefixtures("impatient")
    @pytest.mark.parametrize("trouble", list(Trouble))
    async def test_when_it_breaks_after_it_left_then_it_may_have_left(
        self, case: Case, provider: Texting, far_end: FarEnd, trouble: Trouble
    ) -> None:
        far_end.will_answer(Answer(200, case.accepted.body[:20], trouble=trouble), case.accepted)

        await self._assert_unknown(case, provider, far_end)

    async def test_when_the_answer_is_unreadable_then_it_may_have_left(
        self, case: Case, provider: Texting, far_end: FarEnd
    ) -> None:
        for body in (*UNREADABLE, *(json.dumps(each).encode() for each in case.wrong_types)):
            far_end.will_answer(Answer(200, body), case.accepted)
            far_end.heard.clear()

            await self._assert_unknown(case, provider, far_end)

    async def test_when_nobody_listens_then_it_surely_did_not_leave(self, case: Case, far_end: FarEnd) -> None:
        async with FarEnd() as gone:
            url = gone.url
        provider = case.build(url)

        with pytest.raises(Unreachable) as caught:
            await provider.send_text(case.text)
        await provider.close()

        assert (caught.value.certain, caught.value.retryable) == (True, True)
        assert_silent(caught.value, case)

    async def test_when_logs_are_quiet_then_no_line_shows_what_was_sent(
        self, case: Case, provider: Texting, far_end: FarEnd, loud: pytest.LogCaptureFixture
    ) -> None:
        quiet_logs()
        far_end.will_answer(case.accepted, Answer(400, case.accepted.body))

        await provider.send_text(case.text)
        with pytest.raises(ProviderError):
            await provider.send_text(case.text)

        assert len(far_end.heard) == 2
        assert not [secret for secret in case.secrets if secret in loud.text]

    async def _assert_unknown(self, case: Case, provider: Texting, far_end: FarEnd) -> None:
        with pytest.raises(OutcomeUnknown) as caught:
            await provider.send_text(case.text)
        assert (caught.value.certain, caught.value.retryable) == (False, False)
        assert len(far_end.heard) == 1
        assert_silent(caught.value, case)


class ReadingContract:
    """Whatever changes nothing there."""

    async def test_when_the_connection_breaks_once_then_the_read_is_repeated(
        self, case: Case, provider: Texting, far_end: FarEnd
    ) -> None:
        for read in case.reads.values():
            far_end.heard.clear()
            far_end.will_answer(Answer(trouble=Trouble.CUT), read.answer, read.answer)

            await read.ask(provider)

            assert far_end.heard[0] == far_end.heard[1]

    async def test_when_it_fails_then_nothing_happened_and_later_may_be_better(
        self, case: Case, provider: Texting, far_end: FarEnd
    ) -> None:
        for read in case.reads.values():
            for answer in (Answer(500, HTML), Answer(503, b""), Answer(200, HTML), Answer(200, b'{"data": {}')):
                far_end.will_answer(answer)

                with pytest.raises(Unreachable) as caught:
                    await read.ask(provider)

                assert (caught.value.certain, caught.value.retryable) == (True, True)
                assert_silent(caught.value, case)

    @pytest.mark.parametrize(("status", "error"), [(401, CredentialsRefused), (429, Throttled)])
    async def test_when_it_is_refused_then_it_says_why(
        self, case: Case, provider: Texting, far_end: FarEnd, status: int, error: type[ProviderError]
    ) -> None:
        for read in case.reads.values():
            far_end.will_answer(Answer(status, HTML))

            with pytest.raises(error) as caught:
                await read.ask(provider)

            assert_silent(caught.value, case)
