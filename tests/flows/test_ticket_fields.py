"""Every field that `/ticket` takes is one that the service desk has, under its name there."""

from __future__ import annotations

import pytest

from bot.errors import UsageError
from bot.flows.commands.ticket.finding import conditions_of
from bot.flows.commands.ticket.item_writing import set_name
from bot.flows.commands.ticket.items import condition_of
from bot.flows.commands.ticket.menus import KEYS, chosen
from bot.grammar import Asked, parse, verb_of
from bot.grammar.shapes import Key, Kind
from bot.model import Choice, Condition, Search
from bot.providers.asms import items, tickets
from bot.providers.asms.asking import search_body
from bot.views.answers import sentence
from tests.test_grammar.contexts import CONTEXT
from tests.views.cases import leaves, words
from tests.views.check_blocks import check_post

COMMAND, FIND = verb_of("ticket", "find")
ITEM_FIND, ITEM_NEW = verb_of("ticket", "ci find")[1], verb_of("ticket", "ci new")[1]
UPDATE, ITEM_UPDATE = verb_of("ticket", "update")[1], verb_of("ticket", "ci update")[1]
VALUES = {Kind.DATE: ["2026-03-01"], Kind.NAMED: ["5", "Boilers"], Kind.CHOICE: ["call"]}
HAVE_NAMES = {"category", "risk", "unit"}  # of configuration items, which can be compared by their names


def _asked(words: str) -> Asked:
    return parse(COMMAND, words, CONTEXT)


def _ticket_conditions(key: Key) -> list[Condition]:
    values = VALUES.get(key.kind, ["x"])
    return [each for value in values for each in conditions_of(_asked(f"find {key.name}={value}"))]


def _item_conditions(key: Key) -> list[Condition]:
    values = VALUES.get(key.kind, ["x"])[: 2 if key.name in HAVE_NAMES else 1]
    asked = [_asked(f"ci find {key.name}={value}") for value in values]
    return [condition_of(key.name, each.values[key.name]) for each in asked]


@pytest.mark.parametrize("key", FIND.keys, ids=lambda key: key.name)
def test_field_of_a_ticket_can_be_compared_so(key: Key) -> None:
    found = _ticket_conditions(key)

    assert len(found) == len(VALUES.get(key.kind, ["x"]))
    assert search_body(Search(tuple(found)), tickets.FIELDS, None)


def test_every_field_of_a_ticket_can_be_typed_but_the_console() -> None:
    typed = {condition.field for key in FIND.keys for condition in _ticket_conditions(key)}

    assert set(tickets.FIELDS) - typed == {"ConsoleType"}


@pytest.mark.parametrize("key", ITEM_FIND.keys, ids=lambda key: key.name)
def test_field_of_an_item_can_be_compared_so(key: Key) -> None:
    assert search_body(Search(tuple(_item_conditions(key))), items.FIELDS, None)


def test_every_field_of_an_item_can_be_typed() -> None:
    typed = {condition.field for key in ITEM_FIND.keys for condition in _item_conditions(key)}

    assert set(items.FIELDS) - typed == {"Name"}  # which free words are compared with


def test_every_field_of_an_item_can_be_set() -> None:
    suffix = {Kind.NAMED: "Id"}
    new, changed = (
        {set_name(key.name) + suffix.get(key.kind, "") for key in verb.keys if key.name not in ("price", "field")}
        for verb in (ITEM_NEW, ITEM_UPDATE)
    )

    assert new == items.WORDS | items.IDS | items.MOMENTS | {"projectId", "categoryId", "responsibleId"}
    assert changed == items.WORDS | items.IDS | items.MOMENTS | items.ONLY_LATER


def test_everything_that_a_ticket_points_at_can_be_set() -> None:
    assert set(KEYS.values()) == {key.name for key in UPDATE.keys if key.kind is Kind.NAMED}


def test_names_that_the_service_desk_has_do_nothing_in_the_sentence_that_tells_them() -> None:
    menu = [Choice(1, "<@U0EVIL>\n<#C0EVIL>"), Choice(2, "x" * 9_000)]

    with pytest.raises(UsageError) as caught:
        chosen(menu, "Plumbers", "group")

    post = sentence(str(caught.value))
    check_post(post)
    assert {leaf["type"] for leaf in leaves(post)} == {"text"}
    assert "\n" not in words(post)
