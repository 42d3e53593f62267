"""Histories, threads, reactions, people and channels, as the bot may read them."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import error_of


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
