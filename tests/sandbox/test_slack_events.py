"""The shapes of events over Socket Mode, and who hears what."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import Listener, heard, settled


async def test_members_message_arrives_as_slack_sends_it(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    ts = await workspace.say(channel, "Dana", "Fish & <chips> https://example.com/a 👍")
    await heard(workspace, listener, 1)

    event, outer = listener.events[0], listener.requests[0].payload
    assert event["text"] == "Fish &amp; &lt;chips&gt; <https://example.com/a> :+1:"
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "Fish & <chips> "},
        {"type": "link", "url": "https://example.com/a"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "+1", "unicode": "1f44d"},
    ]
    assert (event["ts"], event["event_ts"], event["channel_type"]) == (ts, ts, "channel")
    assert event["client_msg_id"]
    assert event["user"] == workspace.member("Dana").id
    assert outer["type"] == "event_callback"
    assert outer["event_id"].startswith("Ev")
    assert outer["authorizations"][0]["user_id"] == workspace.bot.id


async def test_reply_names_its_root_and_the_roots_author(
    workspace: Workspace, channel: Channel, listener: Listener, client: AsyncWebClient
) -> None:
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    await workspace.say(channel, "Dana", "Yes!", thread_ts=root["ts"], broadcast=True)
    await heard(workspace, listener, 2)

    reply = listener.events[1]
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root["ts"], workspace.bot.id)
    assert (reply["subtype"], reply["root"]["ts"]) == ("thread_broadcast", root["ts"])


async def test_mention_of_the_bot_is_two_events_about_one_message(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    ts = await workspace.say(channel, "Dana", "@Threadline note she is early")
    await heard(workspace, listener, 2)

    ids = {one.payload["event_id"] for one in listener.requests}
    assert [one["type"] for one in listener.events] == ["message", "app_mention"]
    assert {one["ts"] for one in listener.events} == {ts}
    assert listener.events[0]["text"] == f"<@{workspace.bot.id}> note she is early"
    assert len(ids) == 2


async def test_bots_own_posts_come_back(
    workspace: Workspace, channel: Channel, listener: Listener, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=channel.id, text="Plain")
    await client.chat_postMessage(channel=channel.id, text="As Maria", username="Maria", icon_emoji=":iphone:")
    await heard(workspace, listener, 2)

    plain, renamed = listener.events
    assert (plain["user"], plain["bot_id"]) == (workspace.bot.id, workspace.bot.bot_id)
    assert (renamed["subtype"], renamed["username"], renamed["bot_id"]) == (
        "bot_message",
        "Maria",
        workspace.bot.bot_id,
    )
    assert "user" not in renamed


async def test_other_bots_message_has_its_ids_and_no_subtype(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.add_member("Robo", kind="bot")
    await workspace.join(channel, "Robo")

    ts = await workspace.say(channel, "Robo", "Beep")
    await workspace.wait_for(lambda: listener.events and listener.events[-1]["ts"] == ts)

    event = listener.events[-1]
    assert "subtype" not in event
    assert (event["bot_id"], event["app_id"]) != ("", "")
    assert event["bot_id"] != workspace.bot.bot_id


async def test_picture_without_words_is_a_file_share(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    await workspace.say(channel, "Dana", "", files=[MemberFile("cat.png", b"PNG")])
    await heard(workspace, listener, 1)

    event = listener.events[0]
    assert (event["subtype"], event["text"]) == ("file_share", "")
    assert event["files"][0]["mimetype"] == "image/png"
    assert "blocks" not in event


async def test_edit_keeps_the_ts_and_says_what_was(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    ts = await workspace.say(channel, "Dana", "Yse")

    await workspace.edit(channel, ts, "Yes")
    await heard(workspace, listener, 2)

    event = listener.events[1]
    assert (event["subtype"], event["hidden"]) == ("message_changed", True)
    assert (event["message"]["ts"], event["message"]["text"], event["previous_message"]["text"]) == (
        ts,
        "Yes",
        "Yse",
    )
    assert event["message"]["edited"]["user"] == workspace.member("Dana").id
    assert event["ts"] != ts


async def test_unfurl_is_a_change_without_an_edit(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    ts = await workspace.say(channel, "Dana", "https://example.com/")

    await workspace.unfurl(channel, ts)
    await heard(workspace, listener, 2)

    event = listener.events[1]
    assert event["subtype"] == "message_changed"
    assert "edited" not in event["message"]
    assert event["message"]["text"] == event["previous_message"]["text"]


async def test_deleted_message_is_gone_and_told(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    ts = await workspace.say(channel, "Dana", "Oops")

    await workspace.delete(channel, ts)
    await heard(workspace, listener, 2)

    event = listener.events[1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
    assert event["previous_message"]["text"] == "Oops"
    assert workspace.messages(channel) == []


async def test_deleted_root_with_replies_leaves_a_tombstone(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    root = await workspace.say(channel, "Dana", "Root")
    await workspace.say(channel, "Dana", "Reply", thread_ts=root)

    await workspace.delete(channel, root)
    await heard(workspace, listener, 3)

    event = listener.events[2]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert [one["text"] for one in workspace.thread(channel, root)] == ["This message was deleted.", "Reply"]


async def test_reaction_names_the_message_and_its_author(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    ts = await workspace.say(channel, "Dana", "Hi")

    await workspace.react(channel, ts, "eyes", "Dana")
    await heard(workspace, listener, 2)

    event, dana = listener.events[1], workspace.member("Dana").id
    assert (event["type"], event["reaction"], event["user"], event["item_user"]) == (
        "reaction_added",
        "eyes",
        dana,
        dana,
    )
    assert event["item"] == {"type": "message", "channel": channel.id, "ts": ts}


async def test_archived_and_left_channels_are_told(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    secret = workspace.add_channel("secret", "Dana", private=True)

    await workspace.archive(channel, "Dana")
    await workspace.remove_bot(secret)
    await workspace.say(secret, "Dana", "Is it gone?")
    await settled(workspace)

    assert [one["type"] for one in listener.events] == ["channel_archive", "group_left"]


async def test_channel_without_the_bot_is_not_heard(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    other = workspace.add_channel("other", "Dana", bot=False)

    await workspace.say(other, "Dana", "@Threadline psst")
    await workspace.say(channel, "Dana", "Loud")
    await settled(workspace)

    assert [one["text"] for one in listener.events] == ["Loud"]


async def test_event_that_nobody_subscribed_to_is_not_sent(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.app.subscriptions.remove("reaction_added")
    ts = await workspace.say(channel, "Dana", "Hi")

    await workspace.react(channel, ts, "eyes", "Dana")
    await settled(workspace)

    assert [one["type"] for one in listener.events] == ["message"]
