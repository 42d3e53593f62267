"""A command once more, with one thing changed: the rest of it means what it meant."""

from __future__ import annotations

import pytest

from bot.grammar import COMMANDS, Asked, Named, To, parse, quote, verb_of, with_key, with_page, with_word
from bot.model import Number
from tests.test_grammar.contexts import CONTEXT

ANA = Number("+14155550134")
BY_NAME = {command.name: command for command in COMMANDS}


def asked(command: str, text: str) -> Asked:
    return parse(BY_NAME[command], text, CONTEXT)


@pytest.mark.parametrize(
    "text",
    [
        "find",
        "find Maria",
        "find page=2 Maria from=Sales",
        'find "page=2" tag="vip, gold" PAGE=7',
        'find field:"Postal code"=12 blocked=no page=3',
        "find a &amp; b &lt;c&gt; created-after=2026-03-01",
        "find “two words” page=2",
    ],
)
def test_other_page_of_a_list_is_the_same_list(text: str) -> None:
    before, after = asked("contact", text), asked("contact", with_page(text, 12))

    assert after.page == 12
    assert (after.verb, after.values, after.named) == (before.verb, before.values, before.named)


def test_other_page_of_all_groups_needs_no_words() -> None:
    assert with_page("", 2) == "page=2"
    assert asked("group", with_page("page=2", 3)).page == 3


@pytest.mark.parametrize(
    "text",
    [
        "new printer broken",
        "new to=Maria printer &amp; fax broken project=12",
        'new printer TO="Maria Lopez" broken field:317="to=4B"',
        'new "to=Maria" printer broken',
    ],
)
def test_key_gets_another_value_and_nothing_else_changes(text: str) -> None:
    before, after = asked("ticket", text), asked("ticket", with_key(text, "to", quote(ANA)))

    assert after.values == {**before.values, "to": To(ANA, ANA, sure=True)}
    assert after.named == before.named


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Maria", "save Maria first=Maria note=Maria"),
        ("Maria", 'save first=Maria "Maria" note="Maria said: \\"Maria\\""'),
        ("Maria Lopez", 'save field:"Site Name"="A &amp; B" "Maria  Lopez" note="two\nlines"'),
        ("save", "save save note=x"),
    ],
)
def test_name_becomes_a_number_and_nothing_else_changes(typed: str, text: str) -> None:
    _, verb = verb_of("contact", "save")
    before, after = asked("contact", text), asked("contact", with_word(text, verb, typed, quote(ANA)))

    assert after.values == {**before.values, "to": To(ANA, ANA, sure=True)}
    assert after.named == before.named


def test_name_that_is_said_twice_is_changed_at_its_own_place() -> None:
    _, verb = verb_of("list", "remove")

    after = asked("list", with_word("remove Ana Ana", verb, "Ana", "428"))

    assert after.values == {"list": Named(428, "428"), "contact": Named(None, "Ana")}


def test_words_that_do_not_hold_the_name_stay() -> None:
    _, verb = verb_of("contact", "save")

    assert with_word("save Maria", verb, "Omar", quote(ANA)) == "save Maria"
