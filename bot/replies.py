"""Which of Slack's message events count, and as what. Pure.

Promise 4: whatever a person writes in a thread is something here: to be sent, kept internal, or refused with a
reason. Promise 5 begins here: what comes from a bot or a workflow is never to be sent.
Source of the shapes: https://docs.slack.dev/reference/events/message
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.markup import is_for_the_ticket, leading_mention, read_words, starts_as_note
from bot.model import TICKET_NOTE, Change, ChannelId, MemberId, Mentioned, Reply, SharedFile, Ts, Verdict

Json = Mapping[str, object]

_READABLE = frozenset({"hosted", "snippet"})
_PLAIN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
# White space, what nobody sees, and the marks of bold, quotes and lists may stand before the first word.
_GROUP_FIRST = re.compile(r"(?:[\s\u200b\u2060\ufeff*_~`>•]|&gt;)*<!(?:here|channel|everyone|subteam\^)")


def read_event(event: Json, *, bot_id: str) -> Reply | Change | None:
    """What a `message` event is to us; None for what is no reply in a thread. `bot_id` is our own."""
    match event.get("subtype"):
        case "message_changed":
            return _read_edit(event, bot_id)
        case "message_deleted":
            return _read_deletion(event, bot_id)
        case _:
            return read_message(event, _word(event, "channel"), bot_id=bot_id)


def read_message(message: Json, channel: str, *, bot_id: str) -> Reply | None:
    """A message as an event or a thread's listing shows it; None for our own, for roots and for Slack's own
    (joins, topics, pins)."""
    ts, thread_ts = _word(message, "ts"), _word(message, "thread_ts")
    if not thread_ts or thread_ts == ts or not channel or _is_ours(message, bot_id):
        return None
    subtype = _word(message, "subtype")
    if subtype != "bot_message" and subtype not in _PLAIN:
        return None
    verdict, reason = _verdict(message)
    return Reply(
        channel=ChannelId(channel),
        ts=Ts(ts),
        thread_ts=Ts(thread_ts),
        author=MemberId(_word(message, "user") or _word(message, "bot_id")),
        words=read_words(message),
        verdict=verdict,
        reason=reason,
        files=tuple(file.id for file in read_files(message)) if reason == TICKET_NOTE else (),
    )


def read_mention(event: Json, *, bot_user: MemberId) -> Mentioned | None:
    """What a person says to the bot in a thread; None when it begins otherwise, is an edit, or no person's."""
    thread_ts = _word(event, "thread_ts")
    is_said = event.get("subtype") in (None, "", "thread_broadcast") and not event.get("bot_id")
    if not (is_said and thread_ts and event.get("user") and bot_user and leading_mention(event) == bot_user):
        return None
    return Mentioned(
        channel=ChannelId(_word(event, "channel")),
        ts=Ts(_word(event, "ts")),
        thread_ts=Ts(thread_ts),
        author=MemberId(_word(event, "user")),
        words=_word(event, "text").partition(f"<@{bot_user}>")[2] or _word(event, "text").partition(">")[2],
    )


def _verdict(message: Json) -> tuple[Verdict, str]:
    """To be sent, kept internal (and, with `TICKET_NOTE`, for a ticket), or refused and why."""
    if message.get("bot_id") or message.get("subtype") == "bot_message" or not message.get("user"):
        return Verdict.NOTE, ""
    if starts_as_note(message) or leading_mention(message) or _calls_a_group(message):
        return Verdict.NOTE, ""
    if is_for_the_ticket(message):
        return Verdict.NOTE, TICKET_NOTE
    if message.get("files"):
        return Verdict.REFUSE, "files"
    if not read_words(message).strip():
        return Verdict.REFUSE, "empty"
    return Verdict.SEND, ""


def _calls_a_group(message: Json) -> bool:
    """It begins with @here, @channel, @everyone or a user group: meant for colleagues."""
    return _GROUP_FIRST.match(_word(message, "text")) is not None


def _is_ours(message: Json, bot_id: str) -> bool:
    return bool(bot_id) and message.get("bot_id") == bot_id


def _read_edit(event: Json, bot_id: str) -> Change | None:
    """A person's edit with other words; unfurls and language marks change a message without one."""
    message, before = _part(event, "message"), _part(event, "previous_message")
    if message.get("subtype") == "tombstone":
        return _deletion(event, _word(message, "ts"), _word(message, "thread_ts"))
    edited = _part(message, "edited")
    if not edited or message.get("text") == before.get("text"):
        return None
    reply = read_message(message, _word(event, "channel"), bot_id=bot_id)
    return None if reply is None else edit_of(reply, Ts(_word(edited, "ts") or _word(event, "ts")))


def edit_of(reply: Reply, changed_at: Ts) -> Change:
    """The change that made a message read as `reply`."""
    return Change(
        channel=reply.channel,
        ts=reply.ts,
        thread_ts=reply.thread_ts,
        deleted=False,
        changed_at=changed_at,
        words=reply.words,
        verdict=reply.verdict,
        reason=reply.reason,
    )


def _read_deletion(event: Json, bot_id: str) -> Change | None:
    """A deletion; of our own posts only a root card's counts."""
    before = _part(event, "previous_message")
    ts = _word(event, "deleted_ts") or _word(before, "ts")
    thread_ts = _word(before, "thread_ts") or ts
    if _is_ours(before, bot_id) and thread_ts != ts:
        return None
    return _deletion(event, ts, thread_ts)


def _deletion(event: Json, ts: str, thread_ts: str) -> Change | None:
    channel = _word(event, "channel")
    if not channel or not ts:
        return None
    at = Ts(_word(event, "event_ts") or _word(event, "ts") or ts)
    return Change(ChannelId(channel), Ts(ts), Ts(thread_ts or ts), deleted=True, changed_at=at)


def read_files(message: Json) -> tuple[SharedFile, ...]:
    """The files that a message shows and that can be read: not those that were deleted, are elsewhere, or hidden.

    Source: https://docs.slack.dev/reference/objects/file-object (mode)
    """
    listed = message.get("files")
    files = [file for file in listed if isinstance(file, Mapping)] if isinstance(listed, list) else []
    return tuple(
        SharedFile(_word(file, "id"), _word(file, "name") or _word(file, "title"), _number(file, "size"))
        for file in files
        if _word(file, "id") and _word(file, "mode") in _READABLE
    )


def edited_at(message: Json) -> Ts | None:
    """When a listed message was edited last, None when it was not."""
    ts = _word(_part(message, "edited"), "ts")
    return Ts(ts) if ts else None


def _word(value: Json, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _number(value: Json, name: str) -> int:
    found = value.get(name)
    return found if isinstance(found, int) else 0


def _part(value: Json, name: str) -> Json:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}
