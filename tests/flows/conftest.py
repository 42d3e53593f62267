"""A bot with a real database, no Slack and no provider."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.bridge import Bridge
from bot.model import MemberId
from bot.settings import Settings
from bot.slack import Identity, Slack
from storage.store import Store

OURS = Identity(MemberId("U0BOT"), "B0BOT", "T0TEAM", "https://example.slack.com/", frozenset())

Made = Callable[..., Bridge]


@pytest.fixture
def url(sqlite_url: str) -> str:
    """One database is enough here: flows hold no SQL."""
    return sqlite_url


@pytest.fixture
def made(store: Store) -> Made:
    """Make a bridge with these settings, variable in lower case → value."""

    def make(**values: str) -> Bridge:
        return Bridge(store, Slack("xoxb-", "http://127.0.0.1/"), {}, Settings.explicit(values), OURS)

    return make
