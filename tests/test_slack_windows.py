"""What is asked of Slack about windows, and the files that are brought to one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.errors import SlackError
from bot.model import File
from bot.slack import Slack
from bot.slack.wire import is_theirs
from tests.slack_stub import TOKEN, Answer, SlackStub, connected


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with SlackStub() as stub:
        yield stub


@pytest.fixture
async def slack(stub: SlackStub) -> AsyncIterator[Slack]:
    async with connected(stub.url) as slack:
        yield slack


def _about(stub: SlackStub, **more: object) -> None:
    """The file is where the stub answers `content`."""
    url = f"{stub.url}content"
    file = {"id": "F1", "name": "a.csv", "mimetype": "text/csv", "url_private_download": url, **more}
    stub.answers("files.info", {"ok": True, "file": file})


async def test_window_is_changed_by_its_id_or_its_mark(slack: Slack, stub: SlackStub) -> None:
    await slack.update_view({"type": "modal"}, view_id="V1")
    await slack.update_view({"type": "modal"}, mark="m1")

    first, second = stub.fields("views.update")
    assert (first["view_id"], "external_id" in first) == ("V1", False)
    assert (second["external_id"], "view_id" in second) == ("m1", False)


async def test_window_that_is_closed_is_not_found(slack: Slack, stub: SlackStub) -> None:
    stub.answers("views.update", {"ok": False, "error": "not_found"})

    with pytest.raises(SlackError) as caught:
        await slack.update_view({"type": "modal"}, view_id="V1")

    assert caught.value.code == "not_found"


async def test_file_is_read_with_the_token(slack: Slack, stub: SlackStub) -> None:
    _about(stub)
    stub.answers("content", Answer(b"one,two", content_type="text/csv"))

    assert await slack.read_file("F1", 7) == File("a.csv", "text/csv", b"one,two")
    assert stub.asked[-1].token == f"Bearer {TOKEN}"


async def test_file_that_is_too_large_is_refused(slack: Slack, stub: SlackStub) -> None:
    _about(stub)
    stub.answers("content", Answer(b"one,two", content_type="text/csv"))

    with pytest.raises(SlackError, match="file_too_large"):
        await slack.read_file("F1", 6)


async def test_page_to_log_in_is_not_taken_for_the_file(slack: Slack, stub: SlackStub) -> None:
    _about(stub)
    stub.answers("content", Answer(b"<html>", content_type="text/html"))

    with pytest.raises(SlackError, match="missing_scope"):
        await slack.read_file("F1", 100)


async def test_token_is_taken_to_nobody_else(slack: Slack, stub: SlackStub) -> None:
    _about(stub, url_private_download="http://127.0.0.1:9/content")

    with pytest.raises(SlackError, match="no_answer"):
        await slack.read_file("F1", 100)


@pytest.mark.parametrize(
    ("url", "theirs"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", True),
        ("http://files.slack.com/files-pri/T1-F1/download/a.csv", False),
        ("https://files.slack.com.example.org/a.csv", False),
        ("https://files.slack.com@example.org/a.csv", False),
        ("https://slack.com/a.csv", False),
    ],
)
def test_slack_keeps_files_at_one_address(url: str, theirs: bool) -> None:
    assert is_theirs(url, "https://slack.com/api/") is theirs
