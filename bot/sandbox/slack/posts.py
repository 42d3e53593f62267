"""Messages in the shapes that Slack's history shows. Pure.

Source: https://docs.slack.dev/reference/events/message/
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from bot.sandbox.slack.model import AppAccount, Member, Message
from bot.sandbox.slack.richtext import rich_text, typed
from bot.sandbox.wire import Json

KEPT = ("blocks", "attachments", "metadata", "mrkdwn")


def by_member(author: Member, ts: str, words: str, files: Sequence[Json] = ()) -> Message:
    """What a person typed."""
    text, leaves = typed(words)
    message: Message = {
        "type": "message",
        "user": author.id,
        "text": text,
        "ts": ts,
        "client_msg_id": str(uuid.uuid4()),
        "team": author.team_id,
        "user_team": author.team_id,
        "source_team": author.team_id,
    }
    if leaves:
        message["blocks"] = [rich_text(leaves, ts[-5:])]
    if files:
        message |= {"files": list(files), "upload": False, "subtype": "file_share", "display_as_bot": False}
    return message


def by_other_bot(author: Member, ts: str, words: str) -> Message:
    """What another app's bot posted: no subtype, its bot id and app id."""
    return {
        "type": "message",
        "user": author.id,
        "text": typed(words)[0],
        "ts": ts,
        "bot_id": author.bot_id,
        "app_id": "A" + author.id[1:],
        "team": author.team_id,
        "bot_profile": {"id": author.bot_id, "name": author.name, "app_id": "A" + author.id[1:]},
    }


def by_app(app: AppAccount, bot: Member, ts: str, params: Json) -> Message:
    """What the app under test posted with `chat.postMessage`: `bot_message` when it chose another name."""
    message: Message = {
        "type": "message",
        "text": params.get("text") or "",
        "ts": ts,
        "bot_id": bot.bot_id,
        "app_id": app.app_id,
        "team": bot.team_id,
    }
    if params.get("username"):
        message |= {"subtype": "bot_message", "username": params["username"], "icons": _icons(params)}
    else:
        message["user"] = bot.id
        message["bot_profile"] = {"id": bot.bot_id, "app_id": app.app_id, "name": bot.name, "team_id": bot.team_id}
    message |= {name: params[name] for name in KEPT if params.get(name)}
    return message


def _icons(params: Json) -> Json:
    if params.get("icon_emoji"):
        return {"emoji": params["icon_emoji"]}
    return {"image_48": params["icon_url"]} if params.get("icon_url") else {}


def put_in_thread(message: Message, root: Message | None, root_ts: str, *, broadcast: bool) -> None:
    """Mark `message` as a reply below `root_ts`. `root` is None when no history is kept."""
    message["thread_ts"] = root_ts
    if root is not None and (parent := root.get("user") or root.get("bot_id")):
        message["parent_user_id"] = parent
    if broadcast:
        message["subtype"] = "thread_broadcast"
        message["root"] = dict(root or {"ts": root_ts})


def without_metadata(message: Message, *, with_payload: bool) -> Message:
    """`message` as a reader gets it: the metadata's payload only when asked for."""
    metadata: Any = message.get("metadata")
    if not metadata or with_payload:
        return message
    return {**message, "metadata": {"event_type": metadata["event_type"]}}
