"""What every operation of every provider must do, whatever its API looks like.

Each of its requests in turn meets all that can go wrong, while those before it go well. Every request made here is
checked against the provider's OpenAPI file, and that file's answers are read.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from bot.errors import (
    ContactOptedOut,
    CredentialsRefused,
    OutcomeUnknown,
    ProviderError,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.http import quiet_logs
from tests.providers.case import HTML, UNREADABLE, Case, Exchange, Operation
from tests.providers.far_end import Answer, FarEnd, Heard, Trouble
from tests.providers.mangle import mangled, with_news

Asked = Operation[Any]

DATE = "Mon, 02 Mar 2026 15:05:00 GMT"
THROTTLES: tuple[tuple[Mapping[str, str], float | None], ...] = (
    ({}, None),
    ({"retry-after": "39"}, 39.0),
    ({"date": DATE, "retry-after": "Mon, 02 Mar 2026 15:05:20 GMT"}, 20.0),
    ({"retry-after": "soon"}, None),
)


@pytest.fixture
async def provider(case: Case, far_end: FarEnd) -> AsyncIterator[Any]:
    """The provider of the case, at its far end; every request it made is checked afterwards."""
    built = case.build(f"{far_end.url}{case.spec.prefix}")
    yield built
    await built.close()
    case.spec.check_all(far_end.heard)


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


def assert_silent(error: BaseException, case: Case) -> None:
    """No error in the chain shows a secret; the sentence has no URL and no number."""
    for each in chain(error):
        shown = f"{each!s} {each!r} {each.args!r}"
        assert not [secret for secret in case.secrets if secret in shown]
    assert "http" not in str(error)
    assert not any(character.isdigit() for character in str(error))
    assert str(error).endswith(".")


def assert_asked(heard: Heard, exchange: Exchange, case: Case) -> None:
    """The request is the one that was described."""
    assert f"{heard.method} {heard.path.removeprefix(case.spec.prefix)}" == exchange.asks
    assert dict(heard.query) == dict(exchange.query)
    if isinstance(exchange.body, bytes):
        assert exchange.body in heard.body
    elif exchange.body is None:
        assert heard.body == b""
    else:
        assert json.loads(heard.body) == exchange.body


async def refused(operation: Asked, provider: Any, case: Case) -> ProviderError:
    """The error that the operation raises."""
    with pytest.raises(ProviderError) as caught:
        await operation.ask(provider)
    assert caught.value.provider == case.name
    assert_silent(caught.value, case)
    return caught.value


async def attempted(operation: Asked, provider: Any) -> object:
    """What it gives, or the error that it raises."""
    try:
        return await operation.ask(provider)
    except ProviderError as error:
        return error


def no_answer(exchange: Exchange) -> type[ProviderError]:
    """What it is when nothing usable came back."""
    return OutcomeUnknown if exchange.effect else Unreachable


def surprises(operation: Asked, at: int) -> set[type[ProviderError]]:
    """What an odd answer to request `at` may be taken for, or lead to: a refusal, which also an answer without
    rows may be where one is described for this request, or no answer to this request or a later one."""
    exchanges = operation.exchanges
    described = {each.error for each in operation.refusals if range(len(exchanges))[each.at] == at}
    meant = {each for each in exchanges[at].means.values() if each is not None}
    return {Rejected, ContactOptedOut, *described, *meant, *map(no_answer, exchanges[at:])}


async def breaks(case: Case, operation: Asked, at: int, trouble: Trouble) -> None:
    """Ask while the connection of request `at` breaks: a read is tried twice, anything else is in doubt."""
    exchange = operation.exchanges[at]
    broken = Answer(200, exchange.answer.body[:20], trouble=trouble)
    async with FarEnd() as far_end:
        provider = case.build(f"{far_end.url}{case.spec.prefix}")
        far_end.will_answer(*operation.script(at, broken, exchange.answer if exchange.effect else broken))

        assert type(await refused(operation, provider, case)) is no_answer(exchange)
        assert len(far_end.heard) <= at + (1 if exchange.effect else 2)
        await provider.close()
    case.spec.check_all(far_end.heard)


class OperationContract:
    """Of one operation of one provider."""

    async def test_when_all_is_well_then_it_asks_and_gives_what_is_described(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        far_end.will_answer(*operation.good)

        given = await operation.ask(provider)

        assert given == operation.gives
        for heard, exchange in zip(far_end.heard, operation.exchanges, strict=True):
            assert_asked(heard, exchange, case)

    @pytest.mark.within
    async def test_when_it_is_refused_then_it_says_why_and_is_not_tried_again(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for refusal in operation.refusals:
            at = range(len(operation.exchanges))[refusal.at]
            far_end.will_answer(*operation.script(at, refusal.answer))
            far_end.heard.clear()

            error = await refused(operation, provider, case)

            assert (type(error), error.code) == (refusal.error, refusal.code)
            assert len(far_end.heard) == at + 1

    @pytest.mark.within
    async def test_when_it_is_impossible_then_nothing_is_asked(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for impossible in operation.impossible:
            with pytest.raises(impossible.error) as caught:
                await impossible.ask(provider)

            assert type(caught.value) is impossible.error
            assert str(caught.value).endswith(".")
            assert not [secret for secret in case.secrets if secret in str(caught.value)]
        assert far_end.heard == []

    @pytest.mark.within
    async def test_when_the_key_is_refused_then_it_says_so(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, status in product(range(len(operation.exchanges)), (401, 403)):
            far_end.will_answer(*operation.script(at, Answer(status, HTML)))

            assert type(await refused(operation, provider, case)) is CredentialsRefused

    @pytest.mark.within
    async def test_when_it_is_throttled_then_nothing_happened_and_it_says_how_long(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, (headers, wait_s) in product(range(len(operation.exchanges)), THROTTLES):
            far_end.will_answer(*operation.script(at, Answer(429, b"", headers)))
            far_end.heard.clear()

            error = await refused(operation, provider, case)

            assert (type(error), error.retry_after_s) == (Throttled, wait_s)
            assert (error.certain, error.retryable) == (True, True)
            assert len(far_end.heard) == at + 1

    @pytest.mark.within
    async def test_when_the_status_tells_nothing_then_only_a_read_is_certain(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        headers = {"location": f"{far_end.url}/elsewhere", "retry-after": "1"}
        for (at, exchange), status in product(enumerate(operation.exchanges), (301, 303, 408, 500, 502, 503, 504)):
            far_end.will_answer(*operation.script(at, Answer(status, HTML, headers), exchange.answer))
            far_end.heard.clear()

            error = await refused(operation, provider, case)

            assert type(error) is no_answer(exchange)
            assert (error.certain, error.retryable) == (not exchange.effect, not exchange.effect)
            assert len(far_end.heard) == at + 1

    @pytest.mark.usefixtures("impatient")
    async def test_when_it_breaks_after_it_left_then_only_a_read_is_certain(
        self, case: Case, operation: Asked
    ) -> None:
        troubles = product(range(len(operation.exchanges)), Trouble)
        await asyncio.gather(*(breaks(case, operation, at, trouble) for at, trouble in troubles))

    async def test_when_a_connection_breaks_once_then_only_a_read_is_repeated(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, exchange in enumerate(operation.exchanges):
            if not exchange.effect:
                far_end.will_answer(*operation.script(at, Answer(trouble=Trouble.CUT), exchange.answer))
                far_end.heard.clear()

                assert await operation.ask(provider) == operation.gives
                assert far_end.heard[at] == far_end.heard[at + 1]

    async def test_when_nobody_listens_then_nothing_happened(self, case: Case, operation: Asked) -> None:
        async with FarEnd() as gone:
            provider = case.build(f"{gone.url}{case.spec.prefix}")

        if operation.exchanges:
            assert type(await refused(operation, provider, case)) is Unreachable
        await provider.close()

    @pytest.mark.within
    async def test_when_the_answer_is_unreadable_then_only_a_read_is_certain(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, exchange in enumerate(operation.exchanges):
            for body in (*UNREADABLE, *(json.dumps(each).encode() for each in exchange.wrong)):
                far_end.will_answer(*operation.script(at, Answer(200, body)))
                far_end.heard.clear()
                meant = exchange.means.get(body, no_answer(exchange))

                if meant is None:
                    await operation.ask(provider)
                else:
                    assert type(await refused(operation, provider, case)) is meant
                    assert len(far_end.heard) == at + 1 or body in exchange.means

    @pytest.mark.within
    async def test_when_one_part_of_the_answer_is_odd_then_it_is_read_or_in_doubt(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, exchange in enumerate(operation.exchanges):
            for answer in exchange.changed(mangled):
                far_end.will_answer(*operation.script(at, answer))

                outcome = await attempted(operation, provider)

                if isinstance(outcome, ProviderError):
                    assert type(outcome) in surprises(operation, at)
                    assert_silent(outcome, case)
                else:
                    assert outcome is None or type(outcome) is type(operation.gives)

    @pytest.mark.within
    async def test_when_the_answer_has_new_fields_then_it_is_read_as_ever(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, exchange in enumerate(operation.exchanges):
            for answer in exchange.changed(with_news):
                far_end.will_answer(*operation.script(at, answer))

                assert await operation.ask(provider) == operation.gives

    @pytest.mark.within
    async def test_when_the_answer_is_made_from_the_openapi_file_then_it_is_read(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd
    ) -> None:
        for at, exchange in enumerate(operation.exchanges):
            for body in case.spec.answers_to(*exchange.asks.split(" ")):
                far_end.will_answer(*operation.script(at, Answer(200, body)))

                given = await operation.ask(provider)

                assert type(given) is type(operation.gives)
                assert bool(given) is bool(operation.gives) or operation.picks

    async def test_when_logs_are_quiet_then_no_line_shows_what_was_asked(
        self, case: Case, operation: Asked, provider: Any, far_end: FarEnd, loud: pytest.LogCaptureFixture
    ) -> None:
        quiet_logs()
        for at, exchange in enumerate(operation.exchanges):
            far_end.will_answer(*operation.script(at, exchange.answer))
            await operation.ask(provider)
            far_end.will_answer(*operation.script(at, Answer(400, exchange.answer.body)))
            await refused(operation, provider, case)

        assert not [secret for secret in case.secrets if secret in loud.text]
