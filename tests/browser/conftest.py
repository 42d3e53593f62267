"""A Chromium, and the real demo behind its page, once for each module: `pytest -m browser --dist loadfile` keeps a
module's tests in one process, so that there is one demo for them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.desk import ARGUMENTS, PATIENCE_MS, Desk, browser_path, opened, served

HERE = "tests/browser/"
WIDE = {"width": 1440, "height": 900}
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        pytest.fail("The tests in a browser were asked for, and no Chromium or Chrome is installed.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The demo's page; a module may serve another one instead."""
    with served("bot", "demo", "--no-browser", "--port", "0") as found:
        yield found


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """A wide page. Whatever its console complains of fails the test: also a broken security policy."""
    page, complaints = opened(browser, address, viewport=WIDE)
    yield Desk(page)
    page.context.close()
    assert complaints == []
