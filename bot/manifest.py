"""The Slack app: what it may do, what it hears, and the manifest that makes it. Pure.

Promise: every scope is here with its reason, and nothing is asked for that this version does not use. The same
list feeds manifest.yml, the README's table and doctor.
Source: https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from bot.errors import UsageError

Manifest = Mapping[str, object]

EVENTS_PATH = "/slack/events"

_HEADER = "# The Slack app. Made by `threadline manifest`; change bot/manifest.py, not this file.\n"


@dataclass(frozen=True, slots=True)
class Scope:
    """A right of the bot token, and what for. `only_live`: nothing but `threadline doctor --live` uses it."""

    name: str
    why: str
    only_live: bool = False


# Source: https://docs.slack.dev/reference/scopes
SCOPES: tuple[Scope, ...] = (
    Scope("channels:history", "hears replies in public channels, and reads threads to catch up"),
    Scope("channels:read", "finds public channels, and hears when one is archived"),
    Scope("chat:write", "posts texts, cards and notices, and updates them"),
    Scope("chat:write.customize", "shows a contact's name as the sender of their text"),
    Scope("files:read", "finds the test file of `threadline doctor --live`", only_live=True),
    Scope("files:write", "uploads and deletes the test file of `threadline doctor --live`", only_live=True),
    Scope("groups:history", "the same as channels:history, in private channels it was invited to"),
    Scope("groups:read", "the same as channels:read, in private channels it was invited to"),
    Scope("im:write", "opens the direct message in which an admin is alerted"),
    Scope("reactions:write", "shows with a reaction how far a reply got"),
    Scope("users:read", "knows full members from guests, and names who is mentioned"),
)

# What each event that the doors handle needs. Source: https://docs.slack.dev/reference/events
EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "tokens_revoked": (),
}

# What each method that bot/slack calls needs. Source: https://docs.slack.dev/reference/methods
METHODS: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # connections:write, of the app-level token
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write", "chat:write.customize"),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history"),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.conversations": ("channels:read", "groups:read"),
    "users.info": ("users:read",),
}


def manifest() -> Manifest:
    """The app for Socket Mode, which needs no public address."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Threadline",
            "description": "Texts with customers as Slack threads",
            "background_color": "#1d3557",
        },
        "features": {"bot_user": {"display_name": "threadline", "always_online": True}},
        "oauth_config": {"scopes": {"bot": [scope.name for scope in SCOPES]}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def to_http(url: str) -> Manifest:
    """The same app for HTTP mode, where Slack posts to this public address. Raises `UsageError` for no https."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise UsageError("--http takes the public address, like https://texts.example.com")
    request_url = url.rstrip("/") + EVENTS_PATH
    settings = {
        "event_subscriptions": {"request_url": request_url, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, "request_url": request_url},
        "org_deploy_enabled": False,
        "socket_mode_enabled": False,
        "token_rotation_enabled": False,
    }
    return {**manifest(), "settings": settings}


def as_yaml(app: Manifest) -> str:
    """The manifest as Slack's "From a manifest" takes it."""
    return _HEADER + yaml.safe_dump(dict(app), sort_keys=False, allow_unicode=True)


def missing(granted: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes that a token with those `granted` lacks."""
    have = frozenset(granted)
    return tuple(scope for scope in SCOPES if scope.name not in have)
