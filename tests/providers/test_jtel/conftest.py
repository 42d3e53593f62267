"""jtel at a far end, and what its answers look like."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.providers.jtel import Jtel
from tests.providers.cases.jtel import JTEL, jt, jtel
from tests.providers.far_end import Answer, FarEnd

PREFIX = JTEL.spec.prefix


@pytest.fixture
async def provider(far_end: FarEnd) -> AsyncIterator[Jtel]:
    """jtel at its far end; every request it made is checked against the OpenAPI file."""
    built = jtel(f"{far_end.url}{PREFIX}")
    yield built
    await built.close()
    JTEL.spec.check_all(far_end.heard)


def asked(far_end: FarEnd) -> list[str]:
    """What was asked, in short."""
    return [f"{heard.method} {heard.path.removeprefix(PREFIX)}" for heard in far_end.heard]


def records(*rows: object) -> Answer:
    """An answer with these rows."""
    return Answer(200, json.dumps({"records": rows, "count": len(rows), "status": 200}).encode())


def row(name: str, **fields: object) -> dict[str, object]:
    """The first row of a fixture, with other values in some fields."""
    found: dict[str, object] = json.loads(jt(name).body)["records"][0]
    return {**found, **fields}
