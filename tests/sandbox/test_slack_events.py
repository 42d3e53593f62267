"""What the app hears over Socket Mode: the shapes of events, who hears what, redelivery and its disorders."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.trouble import Fault
from tests.sandbox.conftest import Listener, connected


async def heard(workspace: Workspace, listener: Listener, count: int) -> None:
    await workspace.wait_for(lambda: len(listener.events) >= count, what=f"{count} events")


async def settled(workspace: Workspace) -> None:
    await workspace.wait_for(lambda: workspace.feed.idle, what="an answer to every event")


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


async def test_unacked_event_comes_again_with_the_same_id(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.rules.ack_timeout_s = 0.02
    listener.acks = False

    await workspace.say(channel, "Dana", "Hello?")
    await settled(workspace)

    assert len({one.payload["event_id"] for one in listener.requests}) == 1
    assert [one.retry_attempt for one in listener.requests] == [0, 1, 2, 3]
    assert listener.requests[1].retry_reason == "http_timeout"


async def test_event_while_nobody_listens_waits_for_its_retry(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    workspace.rules.retry_delays_s = (0.05,) * 60
    listener = Listener(workspace.core.bell)

    await workspace.say(channel, "Dana", "Anybody?")
    async with connected(workspace, client, listener):
        await heard(workspace, listener, 1)
        await settled(workspace)

    assert listener.requests[0].retry_reason == "connection_failed"


async def test_socket_that_breaks_before_the_ack_has_its_event_delivered_elsewhere(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    listener.acks = False
    await workspace.say(channel, "Dana", "Hello?")
    await heard(workspace, listener, 1)

    workspace.rules.retry_delays_s = (0.05,) * 60
    workspace.sockets.cut()
    second = Listener(workspace.core.bell)
    async with connected(workspace, client, second):
        await heard(workspace, second, 1)

    assert second.requests[0].payload["event_id"] == listener.requests[0].payload["event_id"]


async def test_two_sockets_share_the_events(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    second = Listener(workspace.core.bell)
    async with connected(workspace, client, second):
        for number in range(4):
            await workspace.say(channel, "Dana", str(number))
        await settled(workspace)

    texts = [one["text"] for one in listener.events + second.events]
    assert sorted(texts) == ["0", "1", "2", "3"]
    assert len(listener.events) == len(second.events) == 2


async def test_disconnect_frame_makes_the_client_come_back(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.sockets.disconnect("refresh_requested")
    await workspace.wait_for(lambda: workspace.sockets.opened == 2, what="a second socket")

    await workspace.say(channel, "Dana", "Still there?")
    await heard(workspace, listener, 1)

    assert listener.events[0]["text"] == "Still there?"


async def test_ticket_opens_one_socket_only(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    opened = await client.apps_connections_open(app_token=workspace.app.app_token)

    async with session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(opened["url"])

    assert hello["type"] == "hello"
    assert refused.value.status == 401


async def test_repeated_event_has_the_same_id(workspace: Workspace, channel: Channel, listener: Listener) -> None:
    ts = await workspace.say(channel, "Dana", "Once")
    await settled(workspace)

    repeated = workspace.send_again(ts)
    await heard(workspace, listener, 2)

    assert repeated == 1
    assert len({one.payload["event_id"] for one in listener.requests}) == 1


async def test_held_events_are_released_in_reverse(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    workspace.hold_events("message")
    await workspace.say(channel, "Dana", "first")
    await workspace.say(channel, "Dana", "second")
    await workspace.wait_for(lambda: len(workspace.core.trouble.held) == 2, what="two held events")

    released = workspace.release_events(newest_first=True)
    await heard(workspace, listener, 2)

    assert released == 2
    assert [one["text"] for one in listener.events] == ["second", "first"]


@pytest.mark.parametrize(("kind", "times_heard"), [("twice", 2), ("lose_answer", 2), ("lose", 1)])
async def test_fault_strikes_an_event(
    workspace: Workspace, channel: Channel, listener: Listener, kind: str, times_heard: int
) -> None:
    workspace.core.trouble.add(Fault(where="event.message", kind=kind))

    await workspace.say(channel, "Dana", "Hi")
    await settled(workspace)

    assert len(listener.events) == times_heard
    assert len({one.payload["event_id"] for one in listener.requests}) == 1


async def test_without_history_events_still_flow(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    workspace.keep_history(False)
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    await workspace.say(channel, "Dana", "Reply", thread_ts=root["ts"])
    await heard(workspace, listener, 2)

    assert listener.events[1]["thread_ts"] == root["ts"]
    assert workspace.messages(channel) == []
    assert workspace.core.ledger.posted == 2
