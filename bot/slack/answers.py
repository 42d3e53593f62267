"""Reads Slack's answers: from JSON to the words of `bot/model.py`. Pure.

Promise: an answer without what it must hold is a `SlackError` with the code `no_answer`, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import SlackError
from bot.model import ChannelId, Member, MemberId, MemberKind, Post, Ts
from bot.slack.failures import no_answer

Json = Mapping[str, object]

EVENT_TYPE = "threadline_message"

# Slack stamps messages with its clock and we look back by ours: this much difference is forgiven.
CLOCK_MARGIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is. `url` ends with a slash."""

    bot_user_id: MemberId
    bot_id: str
    team_id: str
    url: str
    scopes: frozenset[str]

    def permalink(self, channel: ChannelId, ts: Ts) -> str:
        """The address of a message that opens a thread. Pure; asks nobody."""
        return permalink(self.url, channel, ts, None)


@dataclass(frozen=True, slots=True)
class Channel:
    """A Slack channel as the bot sees it. `name` has no #, and is empty for a direct message."""

    id: ChannelId
    name: str
    is_member: bool
    is_archived: bool


def text_at(answer: Json, name: str) -> str:
    """The text under `name`; raises `SlackError` when it is absent or empty. Pure."""
    value = answer.get(name)
    if isinstance(value, str) and value:
        return value
    raise no_answer()


def texts_at(answer: Json, name: str) -> tuple[str, ...]:
    """The list of texts under `name`; raises `SlackError` when it is no such list. Pure."""
    value = answer.get(name)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise no_answer()


def object_at(answer: Json, name: str) -> Json:
    """The object under `name`; raises `SlackError` when there is none. Pure."""
    value = answer.get(name)
    if isinstance(value, dict):
        return value
    raise no_answer()


def objects_at(answer: Json, name: str) -> tuple[Json, ...]:
    """The list of objects under `name`; raises `SlackError` when it is no such list. Pure."""
    value = answer.get(name)
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return tuple(value)
    raise no_answer()


def next_cursor(page: Json) -> str | None:
    """Where the next page starts; None after the last one. Pure.

    Raises `SlackError` for a page that has more and does not say where: to stop there would pass for the end.
    Source: https://docs.slack.dev/reference/methods/conversations.replies
    """
    metadata = page.get("response_metadata")
    cursor = metadata.get("next_cursor") if isinstance(metadata, dict) else None
    if isinstance(cursor, str) and cursor:
        return cursor
    if page.get("has_more") is True:
        raise no_answer()
    return None


def identity(answer: Json, scopes: str) -> Identity:
    """Read auth.test and its `x-oauth-scopes` header. Pure.

    Raises `SlackError` with Slack's word `not_allowed_token_type` when the token is not a bot's.
    Source: https://docs.slack.dev/reference/methods/auth.test
    """
    if not answer.get("bot_id"):
        raise SlackError("not_allowed_token_type")
    return Identity(
        bot_user_id=MemberId(text_at(answer, "user_id")),
        bot_id=text_at(answer, "bot_id"),
        team_id=text_at(answer, "team_id"),
        url=text_at(answer, "url").rstrip("/") + "/",
        scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
    )


def permalink(url: str, channel: ChannelId, ts: Ts, thread_ts: Ts | None) -> str:
    """The address of a message; `thread_ts` is the root's when the message is a reply. Pure.

    Source: https://docs.slack.dev/reference/methods/chat.getPermalink
    """
    address = f"{url}archives/{channel}/p{ts.replace('.', '')}"
    return address if thread_ts is None else f"{address}?thread_ts={thread_ts}&cid={channel}"


def post_metadata(uid: str) -> dict[str, object]:
    """The mark by which a post is found again. Everybody in the workspace can read it: an id, nothing else. Pure.

    Source: https://docs.slack.dev/reference/methods/chat.postMessage
    """
    return {"event_type": EVENT_TYPE, "event_payload": {"k": uid}}


def post_blocks(post: Post) -> list[dict[str, object]]:
    """The blocks as the SDK takes them. Pure."""
    return [dict(block) for block in post.blocks]


def our_uid(message: Json, bot_id: str) -> str | None:
    """The uid that our bot posted `message` under; None when it is not ours, or was posted without one. Pure."""
    metadata = message.get("metadata")
    if message.get("bot_id") != bot_id or not isinstance(metadata, dict):
        return None
    payload = metadata.get("event_payload")
    if metadata.get("event_type") != EVENT_TYPE or not isinstance(payload, dict):
        return None
    uid = payload.get("k")
    return uid if isinstance(uid, str) else None


def root_uid(messages: tuple[Json, ...], ts: Ts, bot_id: str) -> str | None:
    """Our uid of the root `ts` in a page of its thread; None when somebody else wrote it. Pure.

    Raises `SlackError` with Slack's word `thread_not_found` when the root is gone, a tombstone included: whose
    it was can no longer be told.
    """
    root = next((message for message in messages if message.get("ts") == ts), None)
    if root is None or root.get("subtype") == "tombstone":
        raise SlackError("thread_not_found")
    return our_uid(root, bot_id)


def look_back(since: datetime) -> str:
    """`since`, less the margin for clocks, as Slack writes an instant. Pure."""
    return f"{(since - CLOCK_MARGIN).timestamp():.6f}"


def channel(answer: Json) -> Channel:
    """Read a conversation. Pure. Source: https://docs.slack.dev/reference/methods/conversations.info"""
    return Channel(
        id=ChannelId(text_at(answer, "id")),
        name=str(answer.get("name") or ""),
        is_member=answer.get("is_member") is True,
        is_archived=answer.get("is_archived") is True,
    )


def member(user: Json, team_id: str) -> Member:
    """Read a user. Pure. Source: https://api.slack.com/types/user"""
    zone = user.get("tz")
    return Member(
        id=MemberId(text_at(user, "id")),
        name=_name(user),
        kind=_kind(user, team_id),
        zone=zone if isinstance(zone, str) else "",
    )


def _name(user: Json) -> str:
    """Any of the three may be absent, null or empty."""
    profile = user.get("profile")
    shown = profile if isinstance(profile, dict) else {}
    names = (shown.get("display_name"), shown.get("real_name"), user.get("real_name"), user.get("name"))
    return next((name.strip() for name in names if isinstance(name, str) and name.strip()), str(user.get("id")))


def _kind(user: Json, team_id: str) -> MemberKind:
    """Whoever is not surely a full member of our workspace is something else."""
    if user.get("deleted") is True:
        return MemberKind.GONE
    # Slackbot's user object does not say that it is a bot (observed).
    if user.get("is_bot") is True or user.get("id") == "USLACKBOT":
        return MemberKind.BOT
    if user.get("is_stranger") is True or not _belongs(user, team_id):
        return MemberKind.FOREIGN
    if user.get("is_restricted") is True or user.get("is_ultra_restricted") is True:
        return MemberKind.GUEST
    return MemberKind.MEMBER


def _belongs(user: Json, team_id: str) -> bool:
    """In an Enterprise organization `team_id` may be another workspace of the person, or the organization.

    Source: https://api.slack.com/types/user
    """
    if user.get("team_id") == team_id:
        return True
    enterprise = user.get("enterprise_user")
    teams = enterprise.get("teams") if isinstance(enterprise, dict) else None
    return isinstance(teams, list) and team_id in teams


def share_ts(file: Json, channel: ChannelId) -> Ts | None:
    """The message that shows the file in `channel`; None while there is none. Pure.

    Source: https://docs.slack.dev/reference/objects/file-object
    """
    shares = file.get("shares")
    if not isinstance(shares, dict):
        return None
    for visibility in ("public", "private"):
        shown = shares.get(visibility)
        messages = shown.get(channel) if isinstance(shown, dict) else None
        if isinstance(messages, list) and messages and isinstance(messages[0], dict):
            return Ts(text_at(messages[0], "ts"))
    return None
