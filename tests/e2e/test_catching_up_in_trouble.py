"""The network drops while the bot catches up: what was not read is still to be read."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from bot.errors import SlackError
from bot.flows import catchup
from bot.replies import Json
from bot.slack import Slack
from tests.e2e.office import Office


@pytest.mark.parametrize("code", ["unreachable", "ratelimited", "http_403"])
async def test_reply_is_read_after_an_answer_that_says_nothing_of_its_thread(
    closed: Office, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    await closed.start()
    root = await closed.open()
    await closed.settled()
    await closed.stop()
    await closed.say(root, "Yes")
    await closed.see(lambda: closed.workspace.feed.idle, "Slack gave up")
    read, failed = Slack.replies, list[str]()

    async def replies(slack: Slack, channel: str, ts: str, **how: str) -> AsyncGenerator[Json, None]:
        if len(failed) < 2:
            failed.append(ts)
            raise SlackError(code)
        async for message in read(slack, channel, ts, **how):  # type: ignore[arg-type]  # as it was asked
            yield message

    monkeypatch.setattr(Slack, "replies", replies)
    monkeypatch.setattr(catchup, "PATIENCE_S", (0.0, 0.0, 0.0))

    await closed.start()

    await closed.gets("Yes")
    assert failed == [root, root]
