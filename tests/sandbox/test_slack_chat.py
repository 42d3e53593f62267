"""Posting, changing and deleting: what is accepted, what is refused and in which words."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import error_of

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}


async def test_auth_test_names_the_bot_and_its_scopes(workspace: Workspace, client: AsyncWebClient) -> None:
    answer = await client.auth_test()

    assert answer["user_id"] == workspace.bot.id
    assert answer["bot_id"] == workspace.bot.bot_id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_reply_posted_below_a_root_is_in_its_thread(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    reply = await client.chat_postMessage(channel=channel.id, text="Reply", thread_ts=root["ts"])

    assert [one["text"] for one in workspace.thread(channel, root["ts"])] == ["Root", "Reply"]
    assert reply["message"]["parent_user_id"] == workspace.bot.id
    assert workspace.messages(channel)[0]["reply_count"] == 1


async def test_broadcast_reply_is_in_the_channel_too(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    await client.chat_postMessage(channel=channel.id, text="Loud", thread_ts=root["ts"], reply_broadcast=True)

    assert [one["text"] for one in workspace.messages(channel)] == ["Root", "Loud"]
    assert workspace.messages(channel)[1]["subtype"] == "thread_broadcast"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [SECTION] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "v" * 20_000}}},
            "metadata_too_large",
        ),
        ({"text": "x", "thread_ts": "1700000000.000001"}, "thread_not_found"),
    ],
)
async def test_post_that_slack_would_not_take_is_refused(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, content: dict[str, Any], error: str
) -> None:
    refused = await error_of(client.api_call("chat.postMessage", json={"channel": channel.id, **content}))

    assert refused == error
    assert workspace.messages(channel) == []


async def test_over_long_text_is_cut_with_a_warning(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    answer = await client.chat_postMessage(channel=channel.id, text="x" * 40_001)

    assert len(workspace.messages(channel)[0]["text"]) == 40_000
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]


async def test_channel_the_bot_cannot_post_in_is_refused(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    closed = workspace.add_channel("closed", "Dana")
    await workspace.archive(closed, "Dana")
    secret = workspace.add_channel("secret", "Dana", private=True, bot=False)
    other = workspace.add_channel("other", "Dana", bot=False)

    refused = [
        await error_of(client.chat_postMessage(channel=one, text="x")) for one in ("C1", secret.id, other.id)
    ]
    refused.append(await error_of(client.chat_postMessage(channel=closed.id, text="x")))

    assert refused == ["channel_not_found", "channel_not_found", "not_in_channel", "is_archived"]


async def test_persons_id_as_channel_is_their_direct_messages(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    await client.chat_postMessage(channel=workspace.member("Dana").id, text="Psst")

    assert [one["text"] for one in workspace.messages(workspace.direct_messages("Dana"))] == ["Psst"]


async def test_wrong_tokens_are_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession, channel: Channel
) -> None:
    app = sandbox.workspace.app

    async def with_token(token: str, method: str) -> str:
        client = AsyncWebClient(token=token, base_url=sandbox.slack_api_url, session=session, retry_handlers=[])
        return await error_of(client.api_call(method))

    assert await with_token("xoxb-wrong", "auth.test") == "invalid_auth"
    assert await with_token(app.bot_token, "apps.connections.open") == "not_allowed_token_type"
    assert await with_token(app.app_token, "chat.postMessage") == "not_allowed_token_type"
    assert await with_token(app.bot_token, "chat.sing") == "unknown_method"


async def test_missing_scope_names_what_is_needed_and_given(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    workspace.app.scopes.clear()
    workspace.app.scopes.add("users:read")

    with pytest.raises(SlackApiError) as caught:
        await client.reactions_add(channel=channel.id, timestamp="1.0", name="eyes")

    answer = caught.value.response
    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("reactions:write", "users:read")


async def test_update_without_blocks_removes_them_and_keeps_metadata(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    metadata = {"event_type": "text", "event_payload": {"id": "1"}}
    posted = await client.chat_postMessage(channel=channel.id, text="a", blocks=[SECTION], metadata=metadata)

    await client.chat_update(channel=channel.id, ts=posted["ts"], text="b")

    message = workspace.message(channel, posted["ts"])
    assert "blocks" not in message
    assert message["metadata"] == metadata
    assert message["text"] == "b"


async def test_update_that_slack_would_not_make_is_refused(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    theirs = await workspace.say(channel, "Dana", "Mine")
    rich = await client.chat_postMessage(channel=channel.id, text="x", blocks=[RICH])

    async def refused(ts: str, **content: Any) -> str:
        return await error_of(client.chat_update(channel=channel.id, ts=ts, **content))

    assert await refused(theirs, text="x") == "cant_update_message"
    assert await refused("1700000000.000001", text="x") == "message_not_found"
    assert await refused(rich["ts"], text="x" * 4_001) == "msg_too_long"
    assert await refused(rich["ts"], text="x", blocks=[SECTION]) == "block_mismatch"


async def test_ephemeral_is_seen_by_one_person_and_not_kept(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    dana = workspace.member("Dana")

    await client.chat_postEphemeral(channel=channel.id, user=dana.id, text="Only you")

    assert [workspace.words(one["message"]) for one in workspace.ephemerals(dana)] == ["Only you"]
    assert workspace.messages(channel) == []


async def test_permalink_of_a_reply_names_its_thread(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    root = await workspace.say(channel, "Dana", "root")
    reply = await workspace.say(channel, "Dana", "reply", thread_ts=root)

    link = (await client.chat_getPermalink(channel=channel.id, message_ts=reply))["permalink"]

    assert link.endswith(f"/p{reply.replace('.', '')}?thread_ts={root}&cid={channel.id}")
