"""Aranda's own API at a far end that plays a script."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.providers.asms.direct import AsmsDirect
from tests.providers.cases.asms_direct.common import direct
from tests.providers.far_end import Answer, FarEnd


def says(value: object) -> Answer:
    """An answer in JSON."""
    return Answer(200, json.dumps(value).encode())


def paths(far_end: FarEnd) -> list[str]:
    """What was asked, without what all of it begins with."""
    return [f"{heard.method} {heard.path.removeprefix('/api/v9/')}" for heard in far_end.heard]


@pytest.fixture
async def aranda(far_end: FarEnd) -> AsyncIterator[AsmsDirect]:
    built = direct(far_end.url)
    yield built
    await built.close()
