"""The nouns of the workspace: people, channels, the app, and a refusal in Slack's words."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Message = dict[str, Any]  # as Slack's history shows it

# Every scope and event that Threadline's manifest asks for, and those that only tests use.
BOT_SCOPES = frozenset({
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write",
    "chat:write.customize", "chat:write.public", "commands", "files:read", "files:write", "groups:history",
    "groups:read", "im:history", "im:read", "im:write", "mpim:read", "reactions:read", "reactions:write",
    "usergroups:read",
    "users:read",
})  # fmt: skip
SUBSCRIPTIONS = frozenset({
    "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_deleted", "channel_left",
    "channel_unarchive", "group_archive", "group_deleted", "group_left", "group_unarchive",
    "member_joined_channel", "message.channels", "message.groups", "message.im", "reaction_added",
    "reaction_removed", "tokens_revoked",
})  # fmt: skip


class Refused(Exception):
    """Slack says no: `ok: false` with this error word and these further fields."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


class Kind(StrEnum):
    """Who somebody is to the workspace."""

    FULL = "full"
    GUEST = "guest"  # in several channels
    LONE_GUEST = "lone_guest"  # in one channel
    STRANGER = "stranger"  # of another workspace
    BOT = "bot"  # another app's bot
    APP = "app"  # the app under test


@dataclass(slots=True)
class Member:
    """A person or a bot."""

    id: str
    name: str
    team_id: str
    kind: Kind = Kind.FULL
    deleted: bool = False

    @property
    def is_bot(self) -> bool:
        """Whether it is a bot: the app's or another's."""
        return self.kind in {Kind.BOT, Kind.APP}

    @property
    def bot_id(self) -> str:
        """The bot's id; empty for a person."""
        return "B" + self.id[1:] if self.is_bot else ""


@dataclass(slots=True)
class Channel:
    """A channel or a direct-message conversation."""

    id: str
    name: str
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    created: int = field(default_factory=lambda: int(time.time()))
    members: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        """As message events name it."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"


@dataclass(slots=True)
class Rules:
    """How the workspace behaves. The times are Slack's own; tests set them small.

    Source: https://docs.slack.dev/apis/events-api/ (3 s to answer; again at once, after 1 and after 5 minutes)
    Source: https://docs.slack.dev/interactivity/handling-user-interaction/ (trigger: 3 s; response_url: 5 uses)
    """

    ack_timeout_s: float = 3.0
    retry_delays_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_life_s: float = 3.0
    response_url_uses: int = 5
    share_delay_s: float = 0.0  # from completing an upload to its message
    keep_history: bool = True  # off for benchmarks: nothing is kept, nothing can be looked up
    echo_own_posts: bool = True  # the bot's own posts come back as events, as they do at Slack
    acks_on_another_socket: bool = False  # Slack does not say; off is the harder case


@dataclass(slots=True)
class AppAccount:
    """The app under test: its ids, its tokens, and what it may do."""

    app_id: str = "A0SANDBOX1"
    bot_token: str = "xoxb-sandbox-bot-token"  # noqa: S105  # opens nothing but this sandbox
    app_token: str = "xapp-sandbox-app-token"  # noqa: S105  # as above
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105  # as above
    scopes: set[str] = field(default_factory=lambda: set(BOT_SCOPES))
    subscriptions: set[str] = field(default_factory=lambda: set(SUBSCRIPTIONS))
    features: dict[str, Any] = field(default_factory=dict)  # as in the manifest: slash_commands, shortcuts, …


class Stamps:
    """Message ids: time in microseconds, never the same twice, always growing."""

    def __init__(self) -> None:
        self._last_us = 0

    def next(self) -> str:
        """A new `ts`."""
        self._last_us = max(time.time_ns() // 1000, self._last_us + 1)
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"
