"""A far end for each test, short time-outs for those that wait for one, and every log line."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.http import client
from tests.providers.far_end import FarEnd, Within


@pytest.fixture
async def far_end(request: pytest.FixtureRequest) -> AsyncIterator[FarEnd]:
    """A server on this machine; without sockets for a test that is marked `within`."""
    async with Within() if request.node.get_closest_marker("within") else FarEnd() as server:
        yield server


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs of a fraction of a second, for clients built after it."""
    monkeypatch.setattr(client, "READ_S", 0.1)


@pytest.fixture
def loud(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Every log line there is; the levels of httpx and httpcore are put back afterwards."""
    loggers = [logging.getLogger(name) for name in ("httpx", "httpcore")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.NOTSET)
    with caplog.at_level(logging.DEBUG):
        yield caplog
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
