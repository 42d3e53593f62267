"""Faults: where they strike, how often, and what the caller of each gets."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.bell import Bell, NeverHappened
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.trouble import CALL_KINDS, Fault, Trouble
from tests.sandbox.conftest import error_of


@pytest.fixture
def trouble(sandbox: Sandbox) -> Trouble:
    return sandbox.trouble


async def posts(workspace: Workspace, channel: Channel) -> int:
    return len(workspace.messages(channel))


@pytest.mark.parametrize(("kind", "posted"), [("drop", 0), ("drop_after", 1)])
async def test_dropped_connection_tells_nothing_of_what_was_done(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, kind: str, posted: int
) -> None:
    workspace.core.trouble.add(Fault(where="chat.postMessage", kind=kind))

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=channel.id, text="x")

    assert await posts(workspace, channel) == posted


@pytest.mark.parametrize("kind", ["garbage", "html"])
async def test_unreadable_answer_comes_after_the_post(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, trouble: Trouble, kind: str
) -> None:
    trouble.add(Fault(where="chat.postMessage", kind=kind))

    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=channel.id, text="x")

    assert await posts(workspace, channel) == 1


async def test_throttled_call_names_the_wait_and_does_nothing(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, trouble: Trouble
) -> None:
    trouble.add(Fault(where="chat.*", kind="status", status=429, retry_after_s=7))

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel.id, text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert caught.value.response["error"] == "ratelimited"
    assert await posts(workspace, channel) == 0


async def test_error_word_is_answered_as_often_as_asked(
    channel: Channel, client: AsyncWebClient, trouble: Trouble
) -> None:
    trouble.add(Fault(where="chat.postMessage", kind="error", error="fatal_error", times=2, after=1))

    first = await client.chat_postMessage(channel=channel.id, text="x")
    refused = [await error_of(client.chat_postMessage(channel=channel.id, text="x")) for _ in range(2)]
    last = await client.chat_postMessage(channel=channel.id, text="x")

    assert first["ok"]
    assert refused == ["fatal_error", "fatal_error"]
    assert last["ok"]


@pytest.mark.parametrize(("kind", "posted"), [("hold", 0), ("hold_after", 1)])
async def test_held_call_answers_when_released(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, kind: str, posted: int
) -> None:
    trouble = workspace.core.trouble
    trouble.add(Fault(where="chat.postMessage", kind=kind))

    posting = asyncio.create_task(client.chat_postMessage(channel=channel.id, text="x"))
    await workspace.wait_for(lambda: trouble.held == ["chat.postMessage"])
    while_held = await posts(workspace, channel)
    trouble.release("chat.*")
    answer = await posting

    assert while_held == posted
    assert answer["ok"]
    assert await posts(workspace, channel) == 1


async def test_slow_call_is_answered_in_the_end(
    channel: Channel, client: AsyncWebClient, trouble: Trouble
) -> None:
    trouble.add(Fault(where="auth.test", kind="slow", seconds=0.01))

    answer = await client.auth_test()

    assert answer["ok"]
    assert trouble.struck == ["auth.test slow"]


async def test_endless_fault_ends_when_cleared(client: AsyncWebClient, trouble: Trouble) -> None:
    trouble.add(Fault(where="auth.test", kind="error", error="fatal_error", times=0))

    refused = [await error_of(client.auth_test()) for _ in range(3)]
    trouble.clear()
    answer = await client.auth_test()

    assert refused == ["fatal_error"] * 3
    assert answer["ok"]


def test_unknown_kind_of_fault_is_refused() -> None:
    trouble = Trouble(Bell())

    with pytest.raises(ValueError, match="gremlins"):
        trouble.add(Fault(where="*", kind="gremlins"))


def test_fault_for_pushes_does_not_strike_calls() -> None:
    trouble = Trouble(Bell())

    trouble.add(Fault(where="*", kind="twice"))

    assert trouble.take("chat.postMessage", CALL_KINDS) is None


async def test_bell_wakes_who_waits() -> None:
    bell, seen = Bell(), [0]
    waiting = asyncio.create_task(bell.wait_for(lambda: seen[0] == 2))
    for _ in range(2):
        await asyncio.sleep(0)
        seen[0] += 1
        bell.ring()

    assert await waiting


async def test_bell_that_waits_in_vain_says_for_what() -> None:
    with pytest.raises(NeverHappened, match="the tide did not happen"):
        await Bell().wait_for(lambda: False, 0.01, "the tide")
