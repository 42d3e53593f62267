"""Text Request at a far end, and what its lists look like."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.providers.textrequest import TextRequest
from tests.providers.cases.textrequest import TEXT_REQUEST, text_request, tr
from tests.providers.far_end import Answer, FarEnd


@pytest.fixture
async def provider(far_end: FarEnd) -> AsyncIterator[TextRequest]:
    """Text Request at its far end; every request it made is checked against the OpenAPI file."""
    built = text_request(f"{far_end.url}/api/v3")
    yield built
    await built.close()
    TEXT_REQUEST.spec.check_all(far_end.heard)


def asked(far_end: FarEnd) -> list[str]:
    """What was asked, in short."""
    return [f"{heard.method} {heard.path.removeprefix('/api/v3')}" for heard in far_end.heard]


def page(items: list[dict[str, object]], total: int, size: int = 200) -> Answer:
    """A page of a list."""
    meta = {"page": 0, "page_size": size, "total_items": total}
    return Answer(200, json.dumps({"meta": meta, "items": items}).encode())


def row(number: int, at: datetime, **more: object) -> dict[str, object]:
    """A text in a list."""
    return {
        "message_id": f"m{number}",
        "body": f"Text {number}",
        "message_direction": "R",
        "message_timestamp_utc": at.replace(tzinfo=None).isoformat(),
        "customer_phone": "14235550142",
        **more,
    }


def rows(name: str) -> list[dict[str, object]]:
    """The rows of a fixture that is a page of a list."""
    found: list[dict[str, object]] = json.loads(tr(name).body)["items"]
    return found


def changed(name: str, **fields: object) -> Answer:
    """A fixture with other values in some fields."""
    return Answer(200, json.dumps({**json.loads(tr(name).body), **fields}).encode())
