"""An office whose bot runs, and one whose bot does not run yet."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.e2e.office import Office, office


@pytest.fixture
async def closed(sqlite_url: str) -> AsyncIterator[Office]:
    """An office with a bound line; its bot is not started."""
    async with office(sqlite_url) as made:
        await made.bind()
        yield made


@pytest.fixture
async def team(closed: Office) -> Office:
    """An office whose bot runs."""
    await closed.start()
    return closed


@pytest.fixture
async def each_team(url: str) -> AsyncIterator[Office]:
    """An office whose bot runs, on each of the two databases."""
    async with office(url) as made:
        await made.bind()
        await made.start()
        yield made
