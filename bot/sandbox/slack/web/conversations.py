"""`conversations.*` and `users.conversations`: channels, their members and what was written in them.

Source: https://docs.slack.dev/reference/methods/conversations.history and its neighbours
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import TypeVar

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.ledger import between
from bot.sandbox.slack.model import Channel, Message, Refused
from bot.sandbox.slack.posts import without_metadata
from bot.sandbox.slack.web.params import Params
from bot.sandbox.wire import Json

T = TypeVar("T")


def cursor_after(place: str) -> str:
    """A cursor that goes on after `place`. Pure."""
    return base64.b64encode(f"next:{place}".encode()).decode()


def _place(cursor: str) -> str:
    try:
        word, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refused("invalid_cursor") from error
    if word != "next":
        raise Refused("invalid_cursor")
    return place


def _page(messages: list[Message], cursor: str, params: Params) -> Json:
    payload = params.flag("include_all_metadata")
    answer: Json = {
        "messages": [without_metadata(message, with_payload=payload) for message in messages],
        "has_more": bool(cursor),
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def history(core: Core, params: Params) -> Json:
    """A channel's own messages, newest first; replies only when they were broadcast."""
    channel = _readable(core, params)
    latest, inclusive = params.text("latest"), params.flag("inclusive")
    found = between(core.ledger.timeline(channel.id), params.text("oldest"), latest, inclusive=inclusive)
    if params.text("cursor"):
        found = between(found, "", _place(params.text("cursor")), inclusive=False)
    limit = params.number("limit", 100, 999)
    page = found[-limit:]
    cursor = cursor_after(page[0]["ts"]) if len(found) > limit else ""
    return {**_page(page[::-1], cursor, params), "pin_count": 0}


def replies(core: Core, params: Params) -> Json:
    """A thread, oldest first. Its root comes with every page, whatever the bounds."""
    channel = _readable(core, params)
    root = core.ledger.find(channel.id, params.need("ts"))
    if root is None:
        raise Refused("thread_not_found")
    if root.get("thread_ts", root["ts"]) != root["ts"]:
        return _page([root], "", params)
    below = core.ledger.replies(channel.id, root["ts"])
    inclusive = params.flag("inclusive")
    found = between(below, params.text("oldest"), params.text("latest"), inclusive=inclusive)
    if params.text("cursor"):
        found = between(found, _place(params.text("cursor")), "", inclusive=False)
    limit = params.number("limit", 1000, 1000)
    page = found[:limit]
    cursor = cursor_after(page[-1]["ts"]) if len(found) > limit else ""
    return _page([root, *page], cursor, params)


def _readable(core: Core, params: Params) -> Channel:
    channel = core.directory.seen(params.need("channel"))
    if core.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _object(core: Core, channel: Channel) -> Json:
    found: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_org_shared": False,
        "context_team_id": core.directory.team_id,
    }
    if channel.is_im:
        others = channel.members - {core.bot.id}
        return found | {"user": next(iter(others), core.bot.id)}
    return found | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": core.bot.id in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def info(core: Core, params: Params) -> Json:
    """One channel."""
    channel = core.directory.seen(params.need("channel"))
    found = _object(core, channel)
    if params.flag("include_num_members"):
        found["num_members"] = len(channel.members)
    return {"channel": found}


def _listed(core: Core, channels: Iterable[Channel], params: Params) -> Json:
    types = set(params.names("types") or ["public_channel"])
    chosen = [channel for channel in channels if _type(channel) in types]
    if params.flag("exclude_archived"):
        chosen = [channel for channel in chosen if not channel.is_archived]
    page, cursor = paged(chosen, params)
    return {
        "channels": [_object(core, channel) for channel in page],
        "response_metadata": {"next_cursor": cursor},
    }


def _type(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def paged(items: list[T], params: Params) -> tuple[list[T], str]:
    """One page of `items` and the cursor of the next; an empty one at the end."""
    cursor = params.text("cursor")
    start = int(_place(cursor)) if cursor else 0
    end = start + params.number("limit", 100, 1000)
    return items[start:end], cursor_after(str(end)) if end < len(items) else ""


def listing(core: Core, params: Params) -> Json:
    """Every channel the app may know of."""
    return _listed(core, core.directory.visible(), params)


def of_app(core: Core, params: Params) -> Json:
    """`users.conversations`: the channels the app is in."""
    return _listed(core, core.directory.joined(), params)


def members(core: Core, params: Params) -> Json:
    """The ids of a channel's members."""
    channel = core.directory.seen(params.need("channel"))
    page, cursor = paged(sorted(channel.members), params)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def open_direct(core: Core, params: Params) -> Json:
    """The direct messages with somebody."""
    users = set(params.names("users"))
    if not users or not users <= core.directory.members.keys():
        raise Refused("user_not_found" if users else "users_list_not_supplied")
    channel = core.directory.direct_message(users | {core.bot.id})
    return {"channel": _object(core, channel) if params.flag("return_im") else {"id": channel.id}}


def join(core: Core, params: Params) -> Json:
    """The app comes into a public channel."""
    channel = core.directory.seen(params.need("channel"))
    if channel.is_archived:
        raise Refused("is_archived")
    core.enter(channel, core.bot.id)
    return {"channel": _object(core, channel)}
