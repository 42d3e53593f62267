"""`chat.*`: posting, changing and deleting messages.

Source: https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.slack.blocks import check_blocks, name_blocks
from bot.sandbox.slack.core import Core
from bot.sandbox.slack.model import Channel, Message, Refused
from bot.sandbox.slack.posts import by_app, put_in_thread
from bot.sandbox.slack.web.params import Params
from bot.sandbox.wire import Json, dumps

LONGEST_TEXT = 40_000  # longer ones are cut
LONGEST_UPDATE = 4_000
LARGEST_METADATA = 16_000  # this stand-in's choice: Slack names no number


def post_message(core: Core, params: Params) -> Json:
    """Post into a channel or a thread."""
    channel = core.directory.writable(params.need("channel"))
    warnings = check_content(core, params)
    root_ts = params.text("thread_ts")
    if root_ts:
        core.ledger.check_root(channel.id, root_ts)
    message = by_app(core.app, core.bot, core.stamps.next(), params.values)
    if root_ts:
        root = core.ledger.find(channel.id, root_ts)
        put_in_thread(message, root, root_ts, broadcast=params.flag("reply_broadcast"))
    core.post(channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": message, **warnings}


def check_content(core: Core, params: Params) -> Json:
    """Raises `Refused` for what Slack would not take; cuts an over-long text and returns the warning."""
    text, blocks = params.text("text"), params.get("blocks")
    if not text and not blocks and not params.get("attachments") and not params.get("markdown_text"):
        raise Refused("no_text")
    if blocks:
        _take_blocks(blocks)
    if params.get("metadata"):
        _take_metadata(params.get("metadata"))
    customized = any(params.get(name) for name in ("username", "icon_emoji", "icon_url"))
    if customized and "chat:write.customize" not in core.app.scopes:
        raise Refused("missing_scope", needed="chat:write.customize", provided=",".join(sorted(core.app.scopes)))
    if len(text) <= LONGEST_TEXT:
        return {}
    params.values["text"] = text[:LONGEST_TEXT]
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


def _take_blocks(blocks: Any) -> None:
    if isinstance(blocks, list) and len(blocks) > 50:
        raise Refused("invalid_blocks", errors=["no more than 50 items allowed [json-pointer:/blocks]"])
    problems = check_blocks(blocks)
    if problems:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_blocks", errors=problems, response_metadata={"messages": messages})
    name_blocks(blocks)


def _take_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or not metadata.get("event_type"):
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if len(dumps(metadata)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")


def own_message(core: Core, params: Params, refusal: str) -> tuple[Channel, Message]:
    """The app's own message at `channel` and `ts`. Raises `Refused` with `refusal` for anybody else's."""
    channel = core.directory.writable(params.need("channel"))
    message = core.ledger.find(channel.id, params.need("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise Refused("message_not_found")
    if message.get("bot_id") != core.bot.bot_id:
        raise Refused(refusal)
    return channel, message


def update(core: Core, params: Params) -> Json:
    """Change an own message: text without blocks removes them, metadata stays unless it is given."""
    if not core.ledger.keep:
        return {"channel": params.need("channel"), "ts": params.need("ts"), "text": params.text("text")}
    channel, message = own_message(core, params, "cant_update_message")
    if len(params.text("text")) > LONGEST_UPDATE:
        raise Refused("msg_too_long")
    check_content(core, params)
    _keep_kind(message, params.get("blocks"))
    previous = dict(message)
    message["text"] = params.text("text")
    message.pop("blocks", None)
    if params.get("blocks"):
        message["blocks"] = params.get("blocks")
    _change_metadata(message, params)
    core.change(channel, message, previous, editor=core.bot.id)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def _keep_kind(message: Message, blocks: Any) -> None:
    """Source: https://docs.slack.dev/reference/methods/chat.update (block_mismatch)"""
    before = [block.get("type") for block in message.get("blocks") or ()]
    after = [block.get("type") for block in blocks or ()]
    if before == ["rich_text"] and after and "rich_text" not in after:
        raise Refused("block_mismatch")


def _change_metadata(message: Message, params: Params) -> None:
    if "metadata" not in params.values:
        return
    message.pop("metadata", None)
    if params.get("metadata"):
        message["metadata"] = params.get("metadata")


def delete(core: Core, params: Params) -> Json:
    """Delete an own message."""
    channel, message = own_message(core, params, "cant_delete_message")
    ts = message["ts"]
    core.erase(channel, message)
    return {"channel": channel.id, "ts": ts}


def post_ephemeral(core: Core, params: Params) -> Json:
    """Show something to one person in a channel."""
    channel = core.directory.writable(params.need("channel"))
    user = params.need("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    check_content(core, params)
    message = by_app(core.app, core.bot, core.stamps.next(), params.values)
    if params.get("thread_ts"):
        message["thread_ts"] = params.text("thread_ts")
    core.whisper(channel, user, message)
    return {"message_ts": message["ts"]}


def get_permalink(core: Core, params: Params) -> Json:
    """The address of a message."""
    channel = core.directory.seen(params.need("channel"))
    message = core.ledger.find(channel.id, params.need("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"https://sandbox.slack.com/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
