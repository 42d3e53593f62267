"""ClickSend's automations: the rules that post inbound texts and receipts to us. Pure.

A rule of the same name is taken over, not doubled: each rule that matches a text posts it once more.
Source: https://developers.clicksend.com/docs/automations/sms/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from bot.http import Unreadable
from bot.model import Hook, Line
from bot.phone import read_number
from bot.providers.clicksend.wire import PageWire, RuleWire, first_of

ANY_NUMBER = "*"


class RuleKind(StrEnum):
    """What a rule posts; also the event's name in our URL."""

    INBOUND = "inbound"
    RECEIPTS = "receipts"


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
        return f"{rules_path(self.kind)}/{quote(self.id, safe='')}"


def rules_path(kind: RuleKind) -> str:
    """Where rules of a kind live."""
    return f"/automations/sms/{kind}"


def rule_url(base_url: str, kind: RuleKind) -> str:
    """Where a rule posts."""
    return f"{base_url}/{kind}"


def rule_name(line: Line, kind: RuleKind) -> str:
    """The name by which we know our rule again."""
    if kind is RuleKind.RECEIPTS:
        return "threadline-receipts"
    return f"threadline-{''.join(character for character in line.number if character.isalnum())}"


def rule_body(line: Line, kind: RuleKind, url: str) -> Mapping[str, object]:
    """What makes a rule, or sets one right. Receipts have no `webhook_type`: they come as forms."""
    body = {"rule_name": rule_name(line, kind), "action": "URL", "action_address": url, "enabled": 1}
    if kind is RuleKind.RECEIPTS:
        return {**body, "match_type": 0}
    any_words = {"message_search_type": 0, "message_search_term": ""}
    return {**body, **any_words, "dedicated_number": line.number, "webhook_type": "json"}


def read_rules(page: PageWire, kind: RuleKind) -> list[Rule]:
    """The rules of a page; a row without an id cannot be asked about and is left out."""
    rules: list[Rule] = []
    for item in page.data or ():
        try:
            wire = RuleWire.read_fields(item)
        except Unreadable:
            continue
        rule_id = first_of(wire.inbound_rule_id if kind is RuleKind.INBOUND else wire.receipt_rule_id)
        if rule_id:
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


def concerns(rule: Rule, line: Line) -> bool:
    """Whether the rule catches what happens on the line."""
    return rule.kind is RuleKind.RECEIPTS or rule.number in {line.number, ANY_NUMBER}


def is_ours(rule: Rule, base_url: str) -> bool:
    """Whether the rule leads to `base_url`, and not to another secret that begins alike."""
    return rule.url == base_url or rule.url.startswith((f"{base_url}?", f"{base_url}/"))


def find_rule(rules: Iterable[Rule], line: Line, kind: RuleKind, url: str) -> Rule | None:
    """Our rule: one that does what we need, else the one that has our URL or our name."""
    name = rule_name(line, kind)
    alike = [rule for rule in rules if (rule.url == url and concerns(rule, line)) or rule.name == name]
    return next((rule for rule in alike if serves(rule, line, url)), alike[0] if alike else None)


def serves(rule: Rule, line: Line, url: str) -> bool:
    """Whether the rule does what we need."""
    return rule.active and rule.url == url and concerns(rule, line)


def to_remove(rules: Iterable[Rule], line: Line, base_url: str) -> list[Rule]:
    """The line's rules of ours; the receipts' rule goes with the last line that needs it."""
    ours = [rule for rule in rules if is_ours(rule, base_url)]
    inbound = [rule for rule in ours if rule.kind is RuleKind.INBOUND]
    leaving = [rule for rule in inbound if rule.number == line.number]
    receipts = [rule for rule in ours if rule.kind is RuleKind.RECEIPTS]
    return leaving + (receipts if len(leaving) == len(inbound) else [])
