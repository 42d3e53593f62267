"""The Web API as slack_sdk sees it: what is accepted, what is refused and in which words."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import error_of

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}


def button(**more: object) -> dict[str, Any]:
    return {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, **more}


def actions(*elements: object) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


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


async def test_metadata_payload_is_read_only_when_asked_for(client: AsyncWebClient, channel: Channel) -> None:
    metadata = {"event_type": "text", "event_payload": {"id": "1"}}
    posted = await client.chat_postMessage(channel=channel.id, text="a", metadata=metadata)

    bare = await client.conversations_history(channel=channel.id)
    full = await client.conversations_replies(channel=channel.id, ts=posted["ts"], include_all_metadata=True)

    assert bare["messages"][0]["metadata"] == {"event_type": "text"}
    assert full["messages"][0]["metadata"] == metadata


async def test_history_pages_backwards_and_leaves_replies_out(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    stamps = [await workspace.say(channel, "Dana", str(number)) for number in range(5)]
    await workspace.say(channel, "Dana", "reply", thread_ts=stamps[0])

    first = await client.conversations_history(channel=channel.id, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=channel.id, limit=3, cursor=cursor)

    assert [one["text"] for one in first["messages"]] == ["4", "3", "2"]
    assert [one["text"] for one in second["messages"]] == ["1", "0"]
    assert second["has_more"] is False


async def test_history_bounds_are_exclusive_unless_inclusive(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    stamps = [await workspace.say(channel, "Dana", str(number)) for number in range(3)]

    bounds: dict[str, Any] = {"oldest": stamps[0], "latest": stamps[2]}
    between = await client.conversations_history(channel=channel.id, **bounds)
    including = await client.conversations_history(channel=channel.id, **bounds, inclusive=True)

    assert [one["text"] for one in between["messages"]] == ["1"]
    assert [one["text"] for one in including["messages"]] == ["2", "1", "0"]


async def test_thread_pages_forwards_with_its_root_on_each(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    root = await workspace.say(channel, "Dana", "root")
    replies = [await workspace.say(channel, "Dana", str(number), thread_ts=root) for number in range(4)]

    first = await client.conversations_replies(channel=channel.id, ts=root, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel=channel.id, ts=root, limit=2, cursor=cursor)
    late = await client.conversations_replies(channel=channel.id, ts=root, oldest=replies[2])

    assert [one["text"] for one in first["messages"]] == ["root", "0", "1"]
    assert [one["text"] for one in second["messages"]] == ["root", "2", "3"]
    assert [one["text"] for one in late["messages"]] == ["root", "3"]


async def test_unknown_thread_is_not_found(client: AsyncWebClient, channel: Channel) -> None:
    refused = await error_of(client.conversations_replies(channel=channel.id, ts="1700000000.000001"))

    assert refused == "thread_not_found"


async def test_reaction_is_added_once_and_removed_once(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    ts = await workspace.say(channel, "Dana", "Hi")
    target = {"channel": channel.id, "timestamp": ts}

    await client.reactions_add(**target, name="white_check_mark")
    again = await error_of(client.reactions_add(**target, name="white_check_mark"))
    shown = workspace.reactions(channel, ts)
    await client.reactions_remove(**target, name="white_check_mark")
    gone = await error_of(client.reactions_remove(**target, name="white_check_mark"))

    assert (again, shown, gone) == ("already_reacted", ["white_check_mark"], "no_reaction")
    assert workspace.reactions(channel, ts) == []


async def test_reaction_that_cannot_be_is_refused(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    there = await workspace.say(channel, "Dana", "Hi")

    no_name = await error_of(client.reactions_add(channel=channel.id, timestamp=there, name="Not An Emoji"))
    no_message = await error_of(client.reactions_add(channel=channel.id, timestamp="1.0", name="eyes"))

    assert (no_name, no_message) == ("invalid_name", "message_not_found")


async def test_people_are_told_apart(workspace: Workspace, client: AsyncWebClient) -> None:
    kinds = ("full", "guest", "lone_guest", "stranger", "bot")
    ids = [workspace.add_member(kind, kind=kind).id for kind in kinds]

    users = [(await client.users_info(user=one))["user"] for one in ids]

    flags = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot")
    assert [[name for name in flags if user[name]] for user in users] == [
        [],
        ["is_restricted"],
        ["is_restricted", "is_ultra_restricted"],
        ["is_stranger"],
        ["is_bot"],
    ]
    assert users[3]["team_id"] != users[0]["team_id"]


async def test_channels_are_listed_as_far_as_the_bot_may_know_them(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    other = workspace.add_channel("other", bot=False)
    workspace.add_channel("secret", private=True, bot=False)
    types = "public_channel,private_channel"

    every = await client.conversations_list(types=types)
    own = await client.users_conversations(types=types)

    assert {one["id"] for one in every["channels"]} == {channel.id, other.id}
    assert [one["id"] for one in own["channels"]] == [channel.id]
    assert (await client.conversations_info(channel=other.id))["channel"]["is_member"] is False


async def test_bot_that_joins_a_public_channel_may_post(workspace: Workspace, client: AsyncWebClient) -> None:
    other = workspace.add_channel("other", bot=False)

    await client.conversations_join(channel=other.id)
    posted = await client.chat_postMessage(channel=other.id, text="Here")

    assert posted["channel"] == other.id


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


async def test_upload_into_a_thread_is_a_message_with_the_file(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    up = await client.files_upload_v2(
        channel=channel.id, thread_ts=root["ts"], content="hello", filename="a.txt", initial_comment="See"
    )

    reply = workspace.thread(channel, root["ts"])[1]
    shares = (await client.files_info(file=up["files"][0]["id"]))["file"]["shares"]
    assert (reply["text"], reply["files"][0]["name"]) == ("See", "a.txt")
    assert shares["public"][channel.id][0]["ts"] == reply["ts"]


async def test_upload_completed_twice_is_refused(client: AsyncWebClient, channel: Channel) -> None:
    up = await client.files_upload_v2(channel=channel.id, content="hello", filename="a.txt")
    files = [{"id": up["files"][0]["id"]}]

    refused = await error_of(client.files_completeUploadExternal(files=files, channel_id=channel.id))

    assert refused == "file_not_found"


async def test_late_share_appears_after_the_answer(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    workspace.rules.share_delay_s = 0.01

    up = await client.files_upload_v2(channel=channel.id, content="hello", filename="a.txt")
    at_once = workspace.messages(channel)
    await workspace.wait_for(lambda: workspace.messages(channel), what="the share")

    assert at_once == []
    assert workspace.messages(channel)[0]["files"][0]["id"] == up["files"][0]["id"]


async def test_members_file_needs_the_token(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession, channel: Channel
) -> None:
    ts = await workspace.say(channel, "Dana", "", files=[MemberFile("cat.png", b"PNG")])
    url = workspace.message(channel, ts)["files"][0]["url_private_download"]

    async with session.get(url) as without:
        page = without.content_type
    async with session.get(url, headers={"Authorization": f"Bearer {client.token}"}) as allowed:
        content = await allowed.read()

    assert (page, content) == ("text/html", b"PNG")


@pytest.mark.parametrize(
    ("blocks", "pointer"),
    [
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}], "/blocks/0/text/text"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "/blocks/0/text/text"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
        ([actions(button(text={"type": "plain_text", "text": "x" * 76}))], "/blocks/0/elements/0/text/text"),
        ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
        ([actions(button(action_id="x" * 256))], "/blocks/0/elements/0/action_id"),
        ([actions(button(), button())], "/blocks/0/elements/1/action_id"),
        ([actions(*[button(action_id=str(number)) for number in range(26)])], "/blocks/0/elements"),
        ([actions(button(style="gentle"))], "/blocks/0/elements/0/style"),
        ([{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}], "/blocks/1/block_id"),
        ([{"type": "context", "elements": []}], "/blocks/0/elements"),
        ([{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}], "/blocks/0/elements/0/type"),
        (
            [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text"}]}]}],
            "/blocks/0/elements/0/elements/0",
        ),
        ([{"type": "image", "image_url": "https://example.com/a.png"}], "/blocks/0/alt_text"),
    ],
)
async def test_block_beyond_a_limit_is_named(
    client: AsyncWebClient, channel: Channel, blocks: list[Any], pointer: str
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks") as caught:
        await client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)

    assert f"[json-pointer:{pointer}]" in str(caught.value)


async def test_blocks_within_the_limits_are_taken(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    confirm = {
        "title": {"type": "plain_text", "text": "Sure?"},
        "text": {"type": "mrkdwn", "text": "Really?"},
        "confirm": {"type": "plain_text", "text": "Yes"},
        "deny": {"type": "plain_text", "text": "No"},
    }
    options = [{"text": {"type": "plain_text", "text": "Archive"}, "value": "a"}]
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 150}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}},
        RICH,
        actions(
            button(confirm=confirm, value="x" * 2000), {"type": "overflow", "action_id": "m", "options": options}
        ),
        {"type": "divider"},
    ]

    await client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)

    assert len(workspace.messages(channel)[0]["blocks"]) == 5
