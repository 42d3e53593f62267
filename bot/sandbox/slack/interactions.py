"""Clicks, commands, shortcuts and submitted modals, as Slack sends them.

Source: https://docs.slack.dev/reference/interaction-payloads/ and
https://docs.slack.dev/interactivity/implementing-slash-commands/
"""

from __future__ import annotations

import time

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.elements import options_problems
from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.fields import Gesture, Values, chosen_of, elements_of, mistakes_in, values_of
from bot.sandbox.slack.modals import ResponseUrl, check_view
from bot.sandbox.slack.model import Channel, Member, Message, Refused
from bot.sandbox.slack.web.responses import answer_interaction
from bot.sandbox.wire import Json

DOMAIN = "sandbox"


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

    async def click(self, channel: Channel, message: Message, gesture: Gesture, member: Member) -> Ack:
        """Somebody uses an element of a message. Raises `LookupError` when it has no such element."""
        element = _element(message, gesture)
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
            "state": {"values": values_of(message, gesture.values)},
            "response_url": self._response_url(channel, member, message),
            "actions": [_action(element, gesture)],
        }
        return await self._core.feed.interact("interactive", payload, "interactive.block_actions")

    async def click_in_view(self, view_id: str, gesture: Gesture, member: Member) -> Ack:
        """Somebody uses an element of a modal or of their App Home."""
        view = self._core.views.by_id[view_id]
        element = _element(view, gesture)
        view["state"] = {"values": values_of(view, gesture.values)}
        payload = {
            **self._base("block_actions", member),
            "container": {"type": "view", "view_id": view_id},
            "trigger_id": self._core.triggers.issue(member.id),
            "view": view,
            "hash": view["hash"],
            "actions": [_action(element, gesture)],
        }
        return await self._core.feed.interact("interactive", payload, "interactive.block_actions")

    async def suggest(self, holder: Json, gesture: Gesture, words: str, member: Member) -> Ack:
        """Somebody types into a menu whose options the app knows; they are in the answer's payload.

        Raises `Refused` for options that Slack would not take.
        """
        element = _element(holder, gesture)
        where = {"type": "view", "view_id": holder["id"]} if "hash" in holder else {"type": "message"}
        payload = {
            **self._base("block_suggestion", member),
            "container": where,
            "action_id": element["action_id"],
            "block_id": element["block_id"],
            "value": words,
            ("view" if "hash" in holder else "message"): holder,
        }
        ack = await self._core.feed.interact("interactive", payload, "interactive.block_suggestion")
        problems = options_problems(ack.payload or {})
        if problems:
            raise Refused("invalid_options", errors=problems)
        self._core.views.offered(holder, element, ack.payload or {})
        return ack

    async def slash(self, channel: Channel, member: Member, command: str, text: str = "") -> Ack:
        """Somebody types a command in a channel. What the app says in its answer is shown there."""
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
        ack = await self._core.feed.interact("slash_commands", payload, f"slash.{command}")
        if ack.payload:
            answer_interaction(self._core, ResponseUrl(channel.id, member.id, 1), ack.payload)
        return ack

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
        """Somebody submits a modal; fields left out of `values` arrive as they began. Does what the answer says.

        Raises `ValueError` when Slack would not send it as it is filled in, `Refused` when the answer holds a view
        or errors that Slack would not take.
        """
        view = self._core.views.by_id[view_id]
        state = values_of(view, values)
        mistakes = list(mistakes_in(view, state, self._core.views.offers))
        if mistakes:
            raise ValueError(f"Slack does not send this form: {'; '.join(mistakes)}")
        view["state"] = {"values": state}
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
                views.update(view_id, _fit(answer))
            case "push":
                views.push(user, _fit(answer))
            case "errors":
                _refuse_unknown(views.by_id[view_id], answer.get("errors"))
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


def _element(holder: Json, gesture: Gesture) -> Json:
    elements = list(elements_of(holder))
    for element in elements:
        if element["action_id"] == gesture.action_id and gesture.block_id in {"", element["block_id"]}:
            return element
    there = ", ".join(element["action_id"] for element in elements) or "none"
    raise LookupError(f"There is no button {gesture.action_id!r} here; there is: {there}.")


def _action(element: Json, gesture: Gesture) -> Json:
    """The element as `actions` carries it. Of an overflow menu, the first option is taken if none is named."""
    names = ("type", "action_id", "block_id", "value", "text", "style")
    action = {name: element[name] for name in names if name in element}
    action["action_ts"] = f"{time.time():.6f}"
    if element["type"] == "overflow":
        action["selected_option"] = element["options"][0]
    return action | chosen_of(element, gesture.chosen)


def _refuse_unknown(view: Json, errors: object) -> None:
    """Source: https://docs.slack.dev/surfaces/modals#displaying_errors (the block_id of an input)"""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise Refused("invalid_errors")


def _fit(answer: Json) -> Json:
    """The view of an answer. Raises `Refused` when Slack would not take it."""
    view = answer.get("view")
    problems = check_view(view) if isinstance(view, dict) else ["missing required field: view"]
    if problems or not isinstance(view, dict):
        raise Refused("invalid_view", errors=problems)
    return view
