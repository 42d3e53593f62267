"""One ClickSend account: what contacts and the bot do with it, and the rules that tell of it.

Each recipient of a send is accepted or refused on its own. Receipts follow by themselves a moment after the answer
(`Rules.statuses`), or on command (`report`). Webhooks are unsigned, as the real ones.
"""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

from bot.sandbox.bell import PATIENCE_S, Bell
from bot.sandbox.chores import Chores
from bot.sandbox.clicksend import shapes
from bot.sandbox.clicksend.contact_lists import ContactLists
from bot.sandbox.clicksend.shapes import Rule
from bot.sandbox.clicksend.uploads import Uploads
from bot.sandbox.push import Push, Pusher
from bot.sandbox.texts import Text, TextLog, international, wants_in, wants_out
from bot.sandbox.wire import Json, dumps

T = TypeVar("T")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
FAILED_CODE = "301"


@dataclass(slots=True)
class Rules:
    """How the account behaves. Empty `statuses`: a text stays queued until `report`."""

    statuses: tuple[str, ...] = ("200", "201")
    status_delay_s: float = 0.02  # after accepting, and between two receipts
    # How a failed webhook comes again is told in two ways by withdrawn pages; these are the first steps of one.
    retry_delays_s: tuple[float, ...] = (10.0, 60.0, 300.0)
    opt_out_status: str = "RECIPIENT_OPTED_OUT"  # a guess: the word is not published
    throttle_s: float = 0.0  # the same words to the same number within this time are THROTTLED


class Account:
    """The state of the stand-in."""

    def __init__(self, base_url: str, bell: Bell, pusher: Pusher) -> None:
        self.bell, self.pusher = bell, pusher
        self.uploads, self.lists = Uploads(base_url), ContactLists()
        self.username, self.api_key = "sandbox", "sandbox-clicksend-key"
        self.rules, self.log, self.chores = Rules(), TextLog(), Chores()
        self.numbers: list[str] = []
        self.automations: dict[int, Rule] = {}
        self.refused: dict[str, str] = {}  # number → status
        self.failing: set[str] = set()
        self._numbers = itertools.count(1)

    async def close(self) -> None:
        """End what is under way."""
        await self.chores.close()

    # --- For tests and stories ------------------------------------------------------------------------

    def add_number(self, number: str) -> str:
        """A dedicated number of the account, as E.164."""
        self.numbers.append(international(number))
        return self.numbers[-1]

    async def contact_texts(self, number: str, words: str, to: str = "") -> Text:
        """A contact texts one of our numbers. STOP has later sends to them refused, START ends that."""
        text = self._text(self._line(to), international(number), words, outbound=False)
        original = next(iter(reversed(self.log.accepted(text.contact))), None)
        self.keep(text)
        if wants_out(words):
            self.refuse(number, self.rules.opt_out_status)
        elif wants_in(words):
            self.refused.pop(text.contact, None)
        for rule in self.automations.values():
            if rule.kind == "inbound" and rule.active and rule.catches(text.line):
                self.pusher.push(self._inbound(rule, text, original))
        return text

    async def staff_texts(self, number: str, words: str, to: str = "") -> Text:
        """Somebody texts a contact from the provider's own web page: only the history shows it."""
        text = self._text(self._line(to), international(number), words, outbound=True)
        text.status = "201"
        self.keep(text)
        return text

    def refuse(self, number: str, status: str = "INVALID_RECIPIENT") -> None:
        """Answer texts to this number with this status from now on."""
        self.refused[international(number)] = status

    def fail(self, number: str) -> None:
        """Accept texts to this number and report that they failed, from now on."""
        self.failing.add(international(number))

    def texts_to(self, number: str) -> list[Text]:
        """What the contact's phone got, in order."""
        return self.log.arrived_at(international(number))

    def accepted(self, number: str = "") -> list[Text]:
        """Every accepted text towards a contact (empty: towards anybody), failed ones too, in order."""
        return self.log.accepted(international(number) if number else "")

    def report(self, text: Text, status: str) -> None:
        """A text's status code changes (200, 201, 300, 301): tell the rules for receipts."""
        text.status = status
        self.push_receipts("receipts", shapes.receipt_form(text, int(time.time())), text.id)
        self.bell.tell("reported", text.contact, text)

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = PATIENCE_S, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`. Raises `NeverHappened`."""
        return await self.bell.wait_for(predicate, timeout_s, what)

    # --- For the API ----------------------------------------------------------------------------------

    def quote(self, message: Json) -> Json:
        """One recipient, as `send` would answer it, without sending anything."""
        text = self._outgoing(message)
        return shapes.sent_message(text, self._refusal(text) or "SUCCESS")

    def send(self, message: Json) -> Json:
        """One recipient: accepted and delivered, or refused with a status."""
        text = self._outgoing(message)
        status = self._refusal(text) or "SUCCESS"
        if status == "SUCCESS":
            self._accept(text)
        return shapes.sent_message(text, status)

    def _outgoing(self, message: Json) -> Text:
        contact = international(str(message.get("to") or ""))
        line = international(str(message.get("from") or "")) or self._line("")
        text = self._text(line, contact, str(message.get("body") or ""), outbound=True)
        text.token = str(message.get("custom_string") or "")
        return text

    def _refusal(self, text: Text) -> str:
        if not text.contact:
            return "INVALID_RECIPIENT"
        if not text.words:
            return "EMPTY_MESSAGE"
        if text.line not in self.numbers:
            return "INVALID_SENDER_ID"
        if self._repeats(text):
            return "THROTTLED"
        return self.refused.get(text.contact, "")

    def _repeats(self, text: Text) -> bool:
        newest = next(iter(reversed(self.log.accepted(text.contact))), None) if self.rules.throttle_s else None
        if newest is None or newest.words != text.words:
            return False
        return (datetime.now(UTC) - newest.at).total_seconds() < self.rules.throttle_s

    def _accept(self, text: Text) -> None:
        self.keep(text)
        statuses = (FAILED_CODE,) if text.contact in self.failing else self.rules.statuses
        for number, status in enumerate(statuses, 1):
            self.chores.later(number * self.rules.status_delay_s, partial(self.report, text, status))

    def keep(self, text: Text) -> None:
        """Put a text on the contact's phone and into the log."""
        self.log.add(text)
        self.bell.tell("texted", text.contact, text)

    def push_receipts(self, kind: str, form: Mapping[str, str], lane: str) -> None:
        """Post a receipt to every rule of this kind (`receipts`, `voice`)."""
        for rule in self.automations.values():
            if rule.kind == kind and rule.active:
                self.pusher.push(self._push("receipt", rule, form, lane))

    def add_rule(self, kind: str, body: Json) -> Rule:
        """A new rule; identical ones are kept side by side, as they are there."""
        rule = Rule(next(self._numbers), kind, dict(body))
        self.automations[rule.id] = rule
        self.bell.ring()
        return rule

    # --- Within ---------------------------------------------------------------------------------------

    def _line(self, number: str) -> str:
        wanted = international(number) if number else next(iter(self.numbers), "")
        if wanted not in self.numbers:
            raise LookupError(f"The account has no number {number!r}.")
        return wanted

    def _text(self, line: str, contact: str, words: str, *, outbound: bool) -> Text:
        text_id = str(uuid.uuid4()).upper()
        return Text(id=text_id, line=line, contact=contact, words=words, outbound=outbound)

    def _inbound(self, rule: Rule, text: Text, original: Text | None) -> Push:
        if rule.body.get("webhook_type") == "json":
            return self._push("inbound", rule, shapes.inbound_json(text, original), text.contact, as_json=True)
        return self._push("inbound", rule, shapes.inbound_form(text, original), text.contact)

    def _push(
        self, what: str, rule: Rule, fields: Mapping[str, object], lane: str, *, as_json: bool = False
    ) -> Push:
        return Push(
            where=f"clicksend.hook.{what}",
            url=str(rule.body.get("action_address") or ""),
            body=(dumps(fields) if as_json else urlencode(fields)).encode(),
            content_type=JSON if as_json else FORM,
            lane=f"clicksend:{rule.id}:{lane}",
            retry_delays_s=self.rules.retry_delays_s,
        )
