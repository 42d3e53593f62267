"""A key that ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import httpx
import pytest

from bot.errors import CredentialsRefused
from bot.http import Api, Http, SessionKey, Upload, raise_for_status
from tests.providers.far_end import Answer, FarEnd
from tests.test_http.conftest import NOW


class Keys:
    """Gives one key after the other."""

    def __init__(self) -> None:
        self.given = 0
        self._numbers = count(1)

    async def fetch(self) -> str:
        self.given = next(self._numbers)
        return f"key-{self.given}"


def client_of(far_end: FarEnd, fetch: Callable[[], Awaitable[str]]) -> Http:
    session = SessionKey("x-authorization", fetch)
    api = Api("example", "Example", far_end.url, {}, judge=raise_for_status, session=session)
    return Http(api, clock=lambda: NOW)


def keys_heard(far_end: FarEnd) -> list[str]:
    return [heard.headers["x-authorization"] for heard in far_end.heard]


async def test_when_calls_follow_each_other_then_one_key_is_fetched(far_end: FarEnd) -> None:
    keys = Keys()
    client = client_of(far_end, keys.fetch)
    far_end.will_answer(Answer(), Answer(), Answer())

    await asyncio.gather(client.read("/a"), client.read("/b"))
    await client.act("POST", "/c", {})
    await client.close()

    assert (keys.given, keys_heard(far_end)) == (1, ["key-1"] * 3)


async def test_when_the_key_is_refused_then_the_call_is_made_again_with_a_new_one(far_end: FarEnd) -> None:
    keys = Keys()
    client = client_of(far_end, keys.fetch)
    far_end.will_answer(Answer(401, b"ended"), Answer(200, b"done"))

    answer = await client.act("POST", "/c", Upload("file", "a.txt", "text/plain", b"words", {"kind": "1"}))
    await client.close()

    assert answer.body == b"done"
    assert keys_heard(far_end) == ["key-1", "key-2"]
    assert b"words" in far_end.heard[1].body
    assert b'name="kind"\r\n\r\n1\r\n' in far_end.heard[1].body


async def test_when_calls_are_refused_together_then_one_new_key_is_fetched() -> None:
    keys = Keys()
    session = SessionKey("x-authorization", keys.fetch)
    calls = [session.async_auth_flow(httpx.Request("GET", "http://127.0.0.1/")) for _ in range(2)]
    for call in calls:
        assert (await anext(call)).headers["x-authorization"] == "key-1"

    again = [await call.asend(httpx.Response(401)) for call in calls]

    assert [request.headers["x-authorization"] for request in again] == ["key-2"] * 2
    assert keys.given == 2


async def test_when_the_new_key_is_refused_as_well_then_that_is_the_answer(far_end: FarEnd) -> None:
    client = client_of(far_end, Keys().fetch)
    far_end.will_answer(*[Answer(401)] * 3)

    with pytest.raises(CredentialsRefused):
        await client.act("POST", "/c", {})
    await client.close()

    assert len(far_end.heard) == 2


async def test_when_no_key_can_be_had_then_the_call_is_not_made(far_end: FarEnd) -> None:
    async def fetch() -> str:
        raise CredentialsRefused("No.", provider="example", code="no_session")

    session = SessionKey("x-authorization", fetch)
    client = Http(
        Api("example", "Example", far_end.url, {}, judge=raise_for_status, session=session), clock=lambda: NOW
    )

    with pytest.raises(CredentialsRefused, match="No"):
        await client.act("POST", "/c", {})
    await client.close()

    assert far_end.heard == []
