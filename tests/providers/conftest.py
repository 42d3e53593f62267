"""A far end for each test, and short time-outs for those that wait for one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.http import client
from tests.providers.far_end import FarEnd


@pytest.fixture
async def far_end() -> AsyncIterator[FarEnd]:
    """A server on this machine."""
    async with FarEnd() as server:
        yield server


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs of a fraction of a second, for clients built after it."""
    monkeypatch.setattr(client, "READ_S", 0.1)
