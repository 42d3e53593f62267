"""A client, and a server for it on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.http import Api, Call, Http, Response, Wire, Words, unjudged
from tests.providers.conftest import far_end, loud
from tests.providers.far_end import FarEnd

__all__ = ["far_end", "loud"]  # fixtures

NOW = datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
EFFECT = Call("example", "Example", effect=True)
READ = Call("example", "Example", effect=False)
KEY = "k3y-Of-The-Account"
WORDS = "Your order is ready."


class Row(Wire):
    """Something they send."""

    id: Words
    count: int | None = None


def http(url: str, key: str = KEY) -> Http:
    """A client of `url`."""
    return Http(Api("example", "Example", url, {"x-api-key": key}, judge=unjudged), clock=lambda: NOW)


def response(call: Call, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> Response:
    """An answer."""
    return Response(call, status, headers or {}, body, NOW)


@pytest.fixture
async def example(far_end: FarEnd) -> AsyncIterator[Http]:
    """A client of it."""
    built = http(far_end.url)
    yield built
    await built.close()
