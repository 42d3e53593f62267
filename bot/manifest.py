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
from bot.grammar import SERVED, hint

Manifest = Mapping[str, object]

EVENTS_PATH = "/slack/events"

COMMANDS_SCOPE = "commands"  # what every slash command and shortcut needs

_HEADER = "# The Slack app. Made by `threadline manifest`; change bot/manifest.py, not this file.\n"


@dataclass(frozen=True, slots=True)
class Scope:
    """A right of the bot token, and what for."""

    name: str
    why: str


# Source: https://docs.slack.dev/reference/scopes
SCOPES: tuple[Scope, ...] = (
    Scope("channels:history", "hears replies in public channels, and reads threads to catch up"),
    Scope("channels:read", "finds public channels, and hears when one is archived"),
    Scope("chat:write", "posts texts, cards and notices, and updates them"),
    Scope("chat:write.customize", "shows a contact's name as the sender of their text"),
    Scope("commands", "hears slash commands and shortcuts"),
    Scope("files:read", "reads the files that are brought to a window"),
    Scope("files:write", "brings files of tickets and articles, charts, and what could not be imported"),
    Scope("groups:history", "the same as channels:history, in private channels it was invited to"),
    Scope("groups:read", "the same as channels:read, in private channels it was invited to"),
    Scope(
        "im:write",
        "opens direct messages: alerts for admins, answers where the bot is not in the channel, files that are "
        "asked for, how far imports and orders are",
    ),
    Scope("reactions:write", "shows with a reaction how far a reply got"),
    Scope("usergroups:read", "knows who is in a user group that a setting names"),
    Scope("users:read", "knows full members from guests, and names who is mentioned"),
)

# What each event that the doors handle needs. Source: https://docs.slack.dev/reference/events
EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
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
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history"),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "usergroups.users.list": ("usergroups:read",),
    "users.conversations": ("channels:read", "groups:read"),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}


# What stands in Slack's menus. Source: https://docs.slack.dev/interactivity/implementing-shortcuts
SHORTCUTS: tuple[Manifest, ...] = (
    {"name": "New text", "type": "global", "callback_id": "new_text", "description": "Texts somebody"},
    {
        "name": "Send as text",
        "type": "message",
        "callback_id": "send_as_text",
        "description": "Sends a note after all",
    },
    {
        "name": "Request payment",
        "type": "message",
        "callback_id": "request_payment",
        "description": "Asks the contact of this thread for a payment",
    },
    {
        "name": "Schedule callback",
        "type": "message",
        "callback_id": "schedule_callback",
        "description": "Has the contact of this thread called back",
    },
    {
        "name": "Create ticket",
        "type": "message",
        "callback_id": "create_ticket",
        "description": "Opens a ticket for the contact of this thread",
    },
)


def manifest() -> Manifest:
    """The app for Socket Mode, which needs no public address."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Threadline",
            "description": "Texts with customers as Slack threads",
            "background_color": "#1d3557",
        },
        "features": _features(),
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
    return {**manifest(), "features": _features(url=request_url), "settings": settings}


def _features(**of_each_command: str) -> Manifest:
    """The bot, its commands and its shortcuts. Mentions come with their ids, which tell whom they mean.

    Source: https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    commands = [
        {
            "command": command.typed,
            "description": command.summary,
            "usage_hint": hint(command),
            "should_escape": True,
            **of_each_command,
        }
        for command in SERVED
    ]
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "threadline", "always_online": True},
        "shortcuts": list(SHORTCUTS),
        "slash_commands": commands,
    }


def as_yaml(app: Manifest) -> str:
    """The manifest as Slack's "From a manifest" takes it."""
    return _HEADER + yaml.safe_dump(dict(app), sort_keys=False, allow_unicode=True)


def missing(granted: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes that a token with those `granted` lacks."""
    have = frozenset(granted)
    return tuple(scope for scope in SCOPES if scope.name not in have)
