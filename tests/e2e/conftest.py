"""An office whose bot runs, and one whose bot does not run yet."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.e2e.office import QUICK, Office, office


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
async def till(closed: Office) -> Office:
    """An office in which everybody may ask for payments, and whose admin is Dana."""
    await closed.start(QUICK, threadline_rights="pay=everyone", threadline_admins=closed.dana.id)
    return closed


@pytest.fixture
async def centre(closed: Office) -> Office:
    """An office with a contact centre at jtel; its bot runs, and Dana is its admin."""
    await closed.start(QUICK, **closed.with_jtel, threadline_admins=closed.dana.id)
    return closed


@pytest.fixture
async def desk(closed: Office) -> Office:
    """An office with a service desk at Aranda; its bot runs, and Dana is its admin."""
    await closed.start(QUICK, **closed.with_asms, asms_calls_per_minute="0", threadline_admins=closed.dana.id)
    return closed


@pytest.fixture
async def each_desk(url: str) -> AsyncIterator[Office]:
    """The same as `desk`, on each of the two databases."""
    async with office(url) as made:
        await made.bind()
        await made.start(QUICK, **made.with_asms, asms_calls_per_minute="0", threadline_admins=made.dana.id)
        yield made


@pytest.fixture
async def each_team(url: str) -> AsyncIterator[Office]:
    """An office whose bot runs, on each of the two databases."""
    async with office(url) as made:
        await made.bind()
        await made.start()
        yield made
