"""ClickSend's automations: the rules that post inbound texts and receipts to us.

A rule of the same name is taken over, not doubled: each rule that matches a text posts it once more. The receipts
of voice calls have a rule of their own, apart from those of lines, because not every account has voice.
Source: https://developers.clicksend.com/docs/automations/sms/
Source: https://developers.clicksend.com/docs/automations/voice
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar
from urllib.parse import quote

from bot.capabilities import RegistersHooks, ReportsOrders
from bot.errors import NotFound
from bot.http import Http, no_answer, raise_for_page
from bot.model import Hook, Line
from bot.phone import read_number
from bot.providers.clicksend.asking import read_data, some_pages
from bot.providers.clicksend.wire import PageWire, RuleWire
from bot.providers.reading import first_of, is_number, read_row

ANY_NUMBER = "*"
MOST_RULE_PAGES = 10


class RuleKind(StrEnum):
    """What a rule posts; also the event's name in our URL. All but the first are the account's."""

    INBOUND = "inbound"
    RECEIPTS = "receipts"
    VOICE = "voice"


OF_LINES = (RuleKind.INBOUND, RuleKind.RECEIPTS)
_PATHS: Mapping[RuleKind, str] = {
    RuleKind.INBOUND: "/automations/sms/inbound",
    RuleKind.RECEIPTS: "/automations/sms/receipts",
    RuleKind.VOICE: "/automations/voice/receipts",
}
# The name of an account's rule; a line's has the number in it.
_NAMES: Mapping[RuleKind, str] = {RuleKind.RECEIPTS: "threadline-receipts", RuleKind.VOICE: "threadline-voice"}


class Hooks(RegistersHooks, ReportsOrders):
    """ClickSend's rules."""

    hook_events: ClassVar[Sequence[str]] = OF_LINES
    _http: Http

    async def list_hooks(self, line: Line) -> Sequence[Hook]:
        """The rules that catch the line's inbound texts, and those for receipts, which are the account's."""
        return [rule.hook() for rule in await self._of_lines() if concerns(rule, line.number)]

    async def connect_hooks(self, line: Line, base_url: str) -> Sequence[Hook]:
        """One rule for the line's inbound texts at `<base_url>/inbound`, and one for receipts, shared by lines."""
        return [await self._connect(line.number, kind, base_url) for kind in OF_LINES]

    async def remove_hooks(self, line: Line, base_url: str) -> int:
        """Remove the line's rule; the receipts' rule goes with the last line."""
        leaving = to_remove(await self._of_lines(), line.number, base_url)
        return sum([await self._remove(rule) for rule in leaving])

    async def connect_reports(self, base_url: str) -> Hook:
        """One rule for the receipts of voice calls, at `<base_url>/voice`."""
        return await self._connect("", RuleKind.VOICE, base_url)

    async def remove_reports(self, base_url: str) -> int:
        """Remove that rule."""
        ours = [rule for rule in await self._rules(RuleKind.VOICE) if is_ours(rule, base_url)]
        return sum([await self._remove(rule) for rule in ours])

    async def _connect(self, number: str, kind: RuleKind, base_url: str) -> Hook:
        url = rule_url(base_url, kind)
        rule = find_rule(await self._rules(kind), number, kind, url)
        if rule is not None and serves(rule, number, url):
            return rule.hook()
        body = rule_body(number, kind, url)
        if rule is not None:
            raise_for_page(await self._http.act("PUT", rule.path(), body))
            return Hook(rule.hook().id, kind, url, connected=True)
        response = await self._http.act("POST", _PATHS[kind], body)
        made = read_rules(PageWire(data=(read_data(response),)), kind)
        if not made:
            raise no_answer(response.call, "unreadable")
        return Hook(made[0].hook().id, kind, url, connected=True)

    async def _remove(self, rule: Rule) -> bool:
        try:
            raise_for_page(await self._http.act("DELETE", rule.path()))
        except NotFound:
            return False
        return True

    async def _of_lines(self) -> list[Rule]:
        return [rule for kind in OF_LINES for rule in await self._rules(kind)]

    async def _rules(self, kind: RuleKind) -> list[Rule]:
        pages = await some_pages(self._http, _PATHS[kind], {}, MOST_RULE_PAGES)
        return [rule for page in pages for rule in read_rules(page, kind)]


# --- What is asked ----------------------------------------------------------------------------------------


def rule_url(base_url: str, kind: RuleKind) -> str:
    """Where a rule posts."""
    return f"{base_url}/{kind}"


def rule_name(number: str, kind: RuleKind, url: str) -> str:
    """The name by which we know our rule again, also when our public address has changed.

    Receipts are the account's, and several bots may share one: each is known by its secret, of which the name
    holds a digest. Two rules of one name would take each other over for ever.
    """
    if kind in _NAMES:
        secret = url.rsplit("/", 2)[-2]
        return f"{_NAMES[kind]}-{sha256(secret.encode()).hexdigest()[:8]}"
    return f"threadline-{''.join(character for character in number if character.isalnum())}"


def rule_body(number: str, kind: RuleKind, url: str) -> Mapping[str, object]:
    """What makes a rule, or sets one right. Receipts have no `webhook_type`: they come as forms."""
    body = {"rule_name": rule_name(number, kind, url), "action": "URL", "action_address": url, "enabled": 1}
    if kind is not RuleKind.INBOUND:
        return {**body, "match_type": 0}
    any_words = {"message_search_type": 0, "message_search_term": ""}
    return {**body, **any_words, "dedicated_number": number, "webhook_type": "json"}


# --- What the answers mean --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as they have it. `number` is a line's, `*`, or empty for receipts, which are the account's."""

    kind: RuleKind
    id: str
    name: str
    number: str
    url: str
    active: bool

    def hook(self) -> Hook:
        """The same in the words of every provider."""
        return Hook(f"{self.kind}-{self.id}", self.kind, self.url, self.active)

    def path(self) -> str:
        """Where it lives."""
        return f"{_PATHS[self.kind]}/{quote(self.id, safe='')}"


def read_rules(page: PageWire, kind: RuleKind) -> list[Rule]:
    """The rules of a page; a row without a number for an id cannot be asked about and is left out."""
    rules: list[Rule] = []
    for wire in filter(None, (read_row(RuleWire, item) for item in page.data or ())):
        rule_id = first_of(wire.inbound_rule_id if kind is RuleKind.INBOUND else wire.receipt_rule_id)
        if is_number(rule_id):
            rules.append(_rule(kind, rule_id, wire))
    return rules


def _rule(kind: RuleKind, rule_id: str, wire: RuleWire) -> Rule:
    number = first_of(wire.dedicated_number)
    return Rule(
        kind=kind,
        id=rule_id,
        name=first_of(wire.rule_name),
        number=read_number(number) or number,
        url=first_of(wire.action_address),
        active=first_of(wire.action).upper() == "URL" and first_of(wire.enabled) != "0",
    )


def concerns(rule: Rule, number: str) -> bool:
    """Whether the rule catches what happens on a line's number; the account's rules catch everything."""
    return rule.kind is not RuleKind.INBOUND or rule.number in {number, ANY_NUMBER}


def is_ours(rule: Rule, base_url: str) -> bool:
    """Whether the rule leads to `base_url`, and not to another secret that begins alike."""
    return rule.url == base_url or rule.url.startswith((f"{base_url}?", f"{base_url}/"))


def find_rule(rules: Iterable[Rule], number: str, kind: RuleKind, url: str) -> Rule | None:
    """Our rule: one that does what we need, else the one that has our URL or our name."""
    name = rule_name(number, kind, url)
    alike = [rule for rule in rules if (rule.url == url and concerns(rule, number)) or rule.name == name]
    return next((rule for rule in alike if serves(rule, number, url)), alike[0] if alike else None)


def serves(rule: Rule, number: str, url: str) -> bool:
    """Whether the rule does what we need."""
    return rule.active and rule.url == url and concerns(rule, number)


def to_remove(rules: Iterable[Rule], number: str, base_url: str) -> list[Rule]:
    """The line's rules of ours; the receipts' rule goes with the last line that needs it."""
    ours = [rule for rule in rules if is_ours(rule, base_url)]
    inbound = [rule for rule in ours if rule.kind is RuleKind.INBOUND]
    leaving = [rule for rule in inbound if rule.number == number]
    receipts = [rule for rule in ours if rule.kind is RuleKind.RECEIPTS]
    return leaving + (receipts if len(leaving) == len(inbound) else [])
