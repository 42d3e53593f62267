"""The session lives from `start` to `close`, and no call is made outside of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.model import ChannelId, Post
from bot.slack import Slack
from tests.slack_stub import TOKEN, SlackStub, connected

CHANNEL = ChannelId("C1")
POST = Post(text="Hi")


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with SlackStub() as stub:
        yield stub


async def test_call_before_start_is_refused() -> None:
    slack = Slack(TOKEN, "http://127.0.0.1:1/api/")

    with pytest.raises(RuntimeError):
        await slack.post(CHANNEL, POST, uid="m1")


async def test_call_after_close_reaches_nobody(stub: SlackStub) -> None:
    async with connected(stub.url) as slack:
        pass

    with pytest.raises(RuntimeError):
        await slack.post(CHANNEL, POST, uid="m1")

    assert stub.arrived["chat.postMessage"] == 0


async def test_second_start_and_second_close_do_no_harm(stub: SlackStub) -> None:
    async with connected(stub.url) as slack:
        await slack.start()
        await slack.post(CHANNEL, POST, uid="m1")
        await slack.close()

    assert stub.arrived["chat.postMessage"] == 1
