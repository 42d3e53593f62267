"""Aranda at a far end."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.http import Call, Response
from bot.providers.asms import Asms
from tests.providers.case import NOW
from tests.providers.cases.asms import ASMS, asms
from tests.providers.cases.asms.common import aranda
from tests.providers.far_end import Answer, FarEnd

READ, ACT = Call("asms", "Aranda", effect=False), Call("asms", "Aranda", effect=True)


@pytest.fixture
async def provider(far_end: FarEnd) -> AsyncIterator[Asms]:
    """Aranda at its far end; every request it made is checked against the OpenAPI file."""
    built = asms(f"{far_end.url}{ASMS.spec.prefix}")
    yield built
    await built.close()
    ASMS.spec.check_all(far_end.heard)


def response(body: bytes, status: int = 200, call: Call = READ, **headers: str) -> Response:
    """An answer as the HTTP room hands it over; `_` in a header's name stands for a dash."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(call, status, named, body, NOW)


def as_json(value: object) -> Answer:
    """It as a 200."""
    return Answer(200, json.dumps(value).encode())


def changed(name: str, **fields: object) -> dict[str, object]:
    """A fixture with other values in some fields."""
    return {**json.loads(aranda(name).body), **fields}
