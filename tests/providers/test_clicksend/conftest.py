"""ClickSend at a far end, and what its lists look like."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.providers.clicksend import ClickSend
from tests.providers.cases.clicksend import CLICK_SEND, click_send
from tests.providers.cases.common import fixture
from tests.providers.far_end import Answer, FarEnd
from tests.providers.mangle import Path


@pytest.fixture
async def provider(far_end: FarEnd) -> AsyncIterator[ClickSend]:
    """ClickSend at its far end; every request it made is checked against the OpenAPI file."""
    built = click_send(f"{far_end.url}/v3")
    yield built
    await built.close()
    CLICK_SEND.spec.check_all(far_end.heard)


def asked(far_end: FarEnd) -> list[str]:
    """What was asked, in short."""
    return [f"{heard.method} {heard.path.removeprefix('/v3')}" for heard in far_end.heard]


def history(*rows: dict[str, object], last_page: int = 1, current_page: int = 1) -> Answer:
    """A page of the history."""
    page = {"current_page": current_page, "last_page": last_page, "data": list(rows)}
    return Answer(200, json.dumps({"http_code": 200, "response_code": "SUCCESS", "data": page}).encode())


def rows() -> list[dict[str, object]]:
    """The rows of the history's fixture."""
    found: list[dict[str, object]] = json.loads(fixture("clicksend", "history.json"))["data"]["data"]
    return found


def changed(name: str, at: Path, **fields: object) -> Answer:
    """A fixture with other values in some fields of what is at a place."""
    whole: Any = json.loads(fixture("clicksend", name))
    place = whole
    for part in at:
        place = place[part]
    place |= fields
    return Answer(200, json.dumps(whole).encode())
