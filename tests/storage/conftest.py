"""A scene for every test of storage."""

from __future__ import annotations

import pytest

from storage.store import Store
from tests.databases import Clock
from tests.storage.scene import LINE, Scene


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A store with one line."""
    return Scene(store, clock, await store.lines.add(LINE))
