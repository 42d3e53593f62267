"""Events in the shapes that Slack sends. Pure.

Source: https://docs.slack.dev/apis/events-api/ and https://docs.slack.dev/reference/events/
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from bot.sandbox.slack.model import Channel, Message
from bot.sandbox.wire import Json

MESSAGE_SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def callback(event: Json, ids: tuple[str, str, str], event_id: str) -> Json:
    """The outer part of every event; `ids` are team, app and bot user."""
    team_id, app_id, bot_user_id = ids
    return {
        "team_id": team_id,
        "context_team_id": team_id,
        "context_enterprise_id": None,
        "api_app_id": app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team_id,
                "user_id": bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def _in(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "event_ts": ts, "channel_type": channel.type}


def posted(channel: Channel, message: Message) -> Json:
    """A new message."""
    return {**message, **_in(channel, message["ts"])}


def changed(channel: Channel, message: Message, previous: Message, ts: str) -> Json:
    """A message that is no longer what it was: edited, unfurled, or a tombstone."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": dict(message),
        "previous_message": previous,
        "hidden": True,
        "ts": ts,
        **_in(channel, ts),
    }


def deleted(channel: Channel, previous: Message, ts: str) -> Json:
    """A message that is gone."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": previous,
        "deleted_ts": previous["ts"],
        "hidden": True,
        "ts": ts,
        **_in(channel, ts),
    }


def mention(channel: Channel, message: Message) -> Json:
    """The second event of a message that mentions the app."""
    kept = ("user", "ts", "client_msg_id", "text", "team", "blocks", "files", "thread_ts", "parent_user_id")
    inner = {name: message[name] for name in kept if name in message}
    return {"type": "app_mention", **inner, "channel": channel.id, "event_ts": message["ts"]}


def mentions(message: Message, user_id: str) -> bool:
    """Whether the typed words mention somebody."""
    return any(leaf.get("user_id") == user_id for leaf in _leaves(message))


def _leaves(message: Message) -> Iterator[Json]:
    for block in message.get("blocks", ()):
        for part in block.get("elements", ()):
            yield from (leaf for leaf in part.get("elements", ()) if isinstance(leaf, dict))


def reaction(kind: str, user: str, name: str, item: tuple[str, Message], ts: str) -> Json:
    """`reaction_added` or `reaction_removed` on the message of a channel."""
    channel, message = item
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel, "ts": message["ts"]},
        "item_user": message.get("user", ""),
        "event_ts": ts,
    }


def about_channel(kind: str, channel: Channel, actor: str, ts: str) -> Json:
    """`archive`, `unarchive`, `left` or `deleted`, under the name it has for this kind of channel."""
    prefix = "group" if channel.is_private else "channel"
    who = {"actor_id": actor} if kind == "left" else {"user": actor}
    return {"type": f"{prefix}_{kind}", "channel": channel.id, **who, "event_ts": ts}


def joined(channel: Channel, user: str, team: str, ts: str) -> Json:
    """Somebody came into a channel."""
    letter = "G" if channel.is_private else "C"
    return {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": letter,
        "team": team,
        "event_ts": ts,
    }
