"""Views and what opens them: triggers, modals, App Home, response URLs. No I/O.

Source: https://docs.slack.dev/surfaces/modals/ and https://docs.slack.dev/interactivity/handling-user-interaction/
"""

from __future__ import annotations

import itertools
import time
import uuid
from dataclasses import dataclass

from bot.sandbox.slack.blocks import VIEW_BLOCKS, check_blocks, name_blocks
from bot.sandbox.slack.checks import text_problems
from bot.sandbox.slack.model import Refused, Rules
from bot.sandbox.wire import Json

STACK_DEPTH = 3
VIEW_TYPES = frozenset({"modal", "home"})


class Triggers:
    """Trigger ids: each opens one view, within three seconds."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._numbers = itertools.count(1)
        self._issued: dict[str, tuple[str, float]] = {}
        self._spent: set[str] = set()

    def issue(self, user: str) -> str:
        """A new trigger for something `user` did."""
        trigger = f"{next(self._numbers)}.0.{uuid.uuid4().hex}"
        self._issued[trigger] = (user, time.monotonic())
        return trigger

    def spend(self, trigger: str) -> str:
        """Whose trigger it is. Raises `Refused` when it is unknown, too old or used."""
        if trigger in self._spent:
            raise Refused("exchanged_trigger_id")
        if trigger not in self._issued:
            raise Refused("invalid_trigger_id")
        user, issued_at = self._issued.pop(trigger)
        self._spent.add(trigger)
        if time.monotonic() - issued_at > self._rules.trigger_life_s:
            raise Refused("expired_trigger_id")
        return user


def check_view(view: Json) -> list[str]:
    """Everything wrong with a view; empty when Slack would take it. Pure."""
    if view.get("type") not in VIEW_TYPES:
        return ["must be one of: modal, home [json-pointer:/view/type]"]
    found = check_blocks(view.get("blocks"), limit=VIEW_BLOCKS, where="/view/blocks")
    if view["type"] == "modal" and "title" not in view:
        found.append("missing required field: title [json-pointer:/view]")
    for name in ("title", "submit", "close"):
        if name in view:
            found += text_problems(view[name], 24, f"/view/{name}", plain=True)
    found += _too_long(view)
    inputs = [block for block in view.get("blocks") or () if block.get("type") == "input"]
    if view["type"] == "modal" and inputs and "submit" not in view:
        found.append("missing required field: submit [json-pointer:/view]")
    return found


def _too_long(view: Json) -> list[str]:
    limits = (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255))
    return [
        f"must be less than {most + 1} characters [json-pointer:/view/{name}]"
        for name, most in limits
        if len(str(view.get(name) or "")) > most
    ]


class Views:
    """The modals that are open, a stack for each person, and everybody's App Home."""

    def __init__(self, ids: tuple[str, str, str]) -> None:
        self._team, self._app, self._bot = ids
        self._numbers = itertools.count(1)
        self.by_id: dict[str, Json] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, Json] = {}
        self.offers: dict[tuple[str, str, str], list[Json]] = {}  # what each menu was given while somebody typed

    def open(self, user: str, view: Json) -> Json:
        """A modal alone on the person's screen."""
        for view_id in self.stacks.pop(user, []):
            self.by_id.pop(view_id, None)
        return self.push(user, view)

    def push(self, user: str, view: Json) -> Json:
        """A modal above the one that is open. Raises `Refused` beyond a depth of three."""
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= STACK_DEPTH:
            raise Refused("push_limit_reached")
        self._refuse_external_id(view)
        stored = self._stored(view)
        stored["previous_view_id"] = stack[-1] if stack else None
        stored["root_view_id"] = stack[0] if stack else stored["id"]
        stack.append(stored["id"])
        self.by_id[stored["id"]] = stored
        return stored

    def update(self, view_id: str, view: Json, known_hash: str = "") -> Json:
        """Replace a modal's content. Raises `Refused` when it is gone or no longer the one of `known_hash`."""
        before = self.by_id.get(view_id)
        if before is None:
            raise Refused("not_found")
        if known_hash and known_hash != before["hash"]:
            raise Refused("hash_conflict")
        self._refuse_external_id(view, view_id)
        kept = {name: before[name] for name in ("id", "previous_view_id", "root_view_id")}
        self.by_id[view_id] = {**self._stored(view), **kept}
        return self.by_id[view_id]

    def offered(self, holder: Json, element: Json, answer: Json) -> None:
        """Remember the options that the app gave for a menu."""
        groups = [answer, *answer.get("option_groups", ())]
        options = [option for group in groups for option in group.get("options", ())]
        where = (holder.get("id", ""), element["block_id"], element["action_id"])
        self.offers.setdefault(where, []).extend(options)

    def publish(self, user: str, view: Json, known_hash: str = "") -> Json:
        """Set somebody's App Home."""
        before = self.homes.get(user)
        if known_hash and before and known_hash != before["hash"]:
            raise Refused("hash_conflict")
        stored = self._stored(view)
        if before:
            stored["id"] = before["id"]
        self.homes[user] = self.by_id[stored["id"]] = stored
        return stored

    def close(self, user: str, *, everything: bool = False) -> None:
        """Take the uppermost modal from the screen, or the whole stack."""
        stack = self.stacks.get(user, [])
        for _ in range(len(stack) if everything else min(1, len(stack))):
            self.by_id.pop(stack.pop(), None)

    def _refuse_external_id(self, view: Json, view_id: str = "") -> None:
        """Source: https://docs.slack.dev/reference/methods/views.open#errors (duplicate_external_id)"""
        wanted = view.get("external_id")
        others = (each.get("external_id") for known, each in self.by_id.items() if known != view_id)
        if wanted and wanted in others:
            raise Refused("duplicate_external_id")

    def _stored(self, view: Json) -> Json:
        number = next(self._numbers)
        name_blocks(view["blocks"])
        return {
            "private_metadata": "",
            "callback_id": "",
            "state": {"values": {}},
            **view,
            "id": f"V0SAND{number:05d}",
            "hash": f"{number}.{uuid.uuid4().hex[:8]}",
            "team_id": self._team,
            "app_id": self._app,
            "bot_id": self._bot,
        }


@dataclass(slots=True)
class ResponseUrl:
    """Where an interaction can be answered, and how often still."""

    channel: str
    user: str
    left: int
    message_ts: str = ""  # of the message that was clicked; empty for a slash command
    thread_ts: str = ""


class ResponseUrls:
    """Every response URL that was given out, by its secret last part."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._known: dict[str, ResponseUrl] = {}

    def issue(self, channel: str, user: str, message_ts: str = "", thread_ts: str = "") -> str:
        """A new secret part."""
        token = uuid.uuid4().hex
        self._known[token] = ResponseUrl(channel, user, self._rules.response_url_uses, message_ts, thread_ts)
        return token

    def spend(self, token: str) -> ResponseUrl:
        """Use it once. Raises `Refused` when it is unknown or used up."""
        target = self._known.get(token)
        if target is None:
            raise Refused("expired_url")
        if not target.left:
            raise Refused("used_url")
        target.left -= 1
        return target
