"""Clicks, commands, shortcuts and submitted modals, as Slack sends them.

Source: https://docs.slack.dev/reference/interaction-payloads/ and
https://docs.slack.dev/interactivity/implementing-slash-commands/
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.model import Channel, Member, Message
from bot.sandbox.slack.reading import buttons_of
from bot.sandbox.wire import Json

DOMAIN = "sandbox"
Values = Mapping[str, Mapping[str, Json]]  # block id → action id → value


class Interactions:
    """What members do to the app's buttons, commands and modals. Each returns the app's answer."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def _base(self, kind: str, member: Member) -> Json:
        team = {"id": self._core.directory.team_id, "domain": DOMAIN}
        return {
            "type": kind,
            "user": {"id": member.id, "username": member.name, "name": member.name, "team_id": member.team_id},
            "team": team,
            "api_app_id": self._core.app.app_id,
            "token": "not-used",
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _response_url(self, channel: Channel, member: Member, message: Message | None = None) -> str:
        known = message or {}
        token = self._core.response_urls.issue(
            channel.id, member.id, known.get("ts", ""), known.get("thread_ts", "")
        )
        return f"{self._core.base_url}/response/{token}"

    async def click(self, channel: Channel, message: Message, action_id: str, member: Member) -> Ack:
        """Somebody clicks a button of a message. Raises `LookupError` when it has no such button."""
        button = _button(message, action_id)
        ephemeral = self._core.ledger.find(channel.id, message["ts"]) is None
        container = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel.id,
            "is_ephemeral": ephemeral,
        }
        if "thread_ts" in message:
            container["thread_ts"] = message["thread_ts"]
        payload = {
            **self._base("block_actions", member),
            "container": container,
            "trigger_id": self._core.triggers.issue(member.id),
            "channel": {"id": channel.id, "name": channel.name},
            "message": dict(message),
            "state": {"values": {}},
            "response_url": self._response_url(channel, member, message),
            "actions": [_action(button)],
        }
        return await self._core.feed.interact("interactive", payload, "interactive.block_actions")

    async def click_in_view(self, view_id: str, action_id: str, member: Member) -> Ack:
        """Somebody clicks a button of a modal or of their App Home."""
        view = self._core.views.by_id[view_id]
        payload = {
            **self._base("block_actions", member),
            "container": {"type": "view", "view_id": view_id},
            "trigger_id": self._core.triggers.issue(member.id),
            "view": view,
            "hash": view["hash"],
            "actions": [_action(_button(view, action_id))],
        }
        return await self._core.feed.interact("interactive", payload, "interactive.block_actions")

    async def slash(self, channel: Channel, member: Member, command: str, text: str = "") -> Ack:
        """Somebody types a command in a channel."""
        payload = {
            "token": "not-used",
            "team_id": self._core.directory.team_id,
            "team_domain": DOMAIN,
            "channel_id": channel.id,
            "channel_name": channel.name or "directmessage",
            "user_id": member.id,
            "user_name": member.name,
            "command": command,
            "text": text,
            "api_app_id": self._core.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel, member),
            "trigger_id": self._core.triggers.issue(member.id),
        }
        return await self._core.feed.interact("slash_commands", payload, f"slash.{command}")

    async def shortcut(self, member: Member, callback_id: str) -> Ack:
        """Somebody uses a global shortcut."""
        payload = {
            **self._base("shortcut", member),
            "callback_id": callback_id,
            "action_ts": self._core.stamps.next(),
            "trigger_id": self._core.triggers.issue(member.id),
        }
        return await self._core.feed.interact("interactive", payload, "interactive.shortcut")

    async def message_shortcut(self, channel: Channel, message: Message, callback_id: str, member: Member) -> Ack:
        """Somebody uses a shortcut on a message."""
        payload = {
            **self._base("message_action", member),
            "callback_id": callback_id,
            "action_ts": self._core.stamps.next(),
            "trigger_id": self._core.triggers.issue(member.id),
            "message_ts": message["ts"],
            "channel": {"id": channel.id, "name": channel.name},
            "message": dict(message),
            "response_url": self._response_url(channel, member, message),
        }
        return await self._core.feed.interact("interactive", payload, "interactive.message_action")

    async def submit(self, view_id: str, member: Member, values: Values) -> Ack:
        """Somebody submits a modal; fields left out of `values` arrive empty. Does what the answer says."""
        view = self._core.views.by_id[view_id]
        view["state"] = {"values": _filled(view, values)}
        payload = {
            **self._base("view_submission", member),
            "trigger_id": self._core.triggers.issue(member.id),
            "view": view,
            "response_urls": [],
        }
        ack = await self._core.feed.interact("interactive", payload, "interactive.view_submission")
        if ack.acked:
            self._obey(view_id, member.id, ack.payload or {})
        return ack

    def _obey(self, view_id: str, user: str, answer: Json) -> None:
        """Source: https://docs.slack.dev/surfaces/modals/ (response_action)"""
        views = self._core.views
        match answer.get("response_action"):
            case None:
                views.close(user)
            case "clear":
                views.close(user, everything=True)
            case "update":
                views.update(view_id, answer["view"])
            case "push":
                views.push(user, answer["view"])
        self._core.bell.ring()

    async def close(self, view_id: str, member: Member, *, everything: bool = False) -> Ack | None:
        """Somebody closes a modal; None when the app did not ask to hear of it."""
        view = self._core.views.by_id[view_id]
        self._core.views.close(member.id, everything=everything)
        if not view.get("notify_on_close"):
            return None
        payload = {**self._base("view_closed", member), "view": view, "is_cleared": everything}
        return await self._core.feed.interact("interactive", payload, "interactive.view_closed")

    def open_home(self, member: Member, tab: str = "home") -> None:
        """Somebody opens the app's home: an event."""
        channel = self._core.directory.direct_message({self._core.bot.id, member.id})
        event: Json = {
            "type": "app_home_opened",
            "user": member.id,
            "channel": channel.id,
            "tab": tab,
            "event_ts": self._core.stamps.next(),
        }
        if member.id in self._core.views.homes:
            event["view"] = self._core.views.homes[member.id]
        self._core.emit(event)


def _button(holder: Json, action_id: str) -> Json:
    buttons = buttons_of(holder)
    for button in buttons:
        if button["action_id"] == action_id:
            return button
    there = ", ".join(button["action_id"] for button in buttons) or "none"
    raise LookupError(f"There is no button {action_id!r} here; there is: {there}.")


def _action(button: Json) -> Json:
    """The clicked element as `actions` carries it. An overflow menu's first option is taken."""
    names = ("type", "action_id", "block_id", "value", "text", "style")
    action = {name: button[name] for name in names if name in button}
    action["action_ts"] = f"{time.time():.6f}"
    if button["type"] == "overflow":
        action["selected_option"] = button["options"][0]
    return action


def _filled(view: Json, values: Values) -> Json:
    """Every input of the view with its value; untouched ones are null."""
    state: Json = {}
    for block in view["blocks"]:
        element = block.get("element")
        if block.get("type") != "input" or not element:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        empty = {"type": element["type"], "value": None}
        state[block_id] = {action_id: {**empty, **values.get(block_id, {}).get(action_id, {})}}
    return state
