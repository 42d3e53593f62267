"""What is typed behind a command is what is asked for, or a sentence that says what to type instead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from bot.errors import UsageError
from bot.grammar import COMMANDS, Asked, parse
from bot.grammar.values import Named, To, Value
from tests.test_grammar.contexts import CONTEXT, at
from tests.test_grammar.examples import EXAMPLES

BY_NAME = {command.name: command for command in COMMANDS}

REFUSED = [
    # what is missing
    ("text Maria", "/text needs <words>.", "/text <to> <words> [from=]"),
    ('text Maria ""', "/text needs <words>.", "Usage"),
    ("text locate", "/text locate needs <to> and <words>.", "Usage: /text locate <to> <words>"),
    ("pay Maria", "/pay needs <amount> and <description>.", "Usage: /pay <to> <amount> <description>"),
    ("line connect Sales", "/line connect needs #channel.", "Usage"),
    ("dialler add 538 Mustermann", "/dialler add needs <number…>.", "Usage"),
    ("ticket update RF-200", "at least one of the keys", "Usage: /ticket update <code>"),
    ("group edit 538 from=Sales", "at least one of the keys", "Usage"),
    ("ticket find", "Say what to look for", "Usage: /ticket find [words]"),
    ("ticket find page=2", "Say what to look for", "Usage"),
    # what is too much
    ("text archive Maria Lopez", '"Lopez" is too much', '"Maria Lopez"'),
    ("callback types now", '"now" is too much.', "Usage: /callback types"),
    ("pay remind 1042 1043", '"1043" is too much. Usage: /pay remind <id>', ""),
    # what is not known
    ("contact save Maria fist=Ana", "fist= is not known here. Did you mean first=?", "Usage"),
    ("contact save Maria zzz=1", "Known are first=, last=", "and others"),
    ("callback types a=b", "a= is not known here", "in quotes"),
    ("threadline audti", 'does not know "audti"', "Did you mean /threadline audit?"),
    ("threadline templates", 'does not know "templates"', "doctor, stats, audit"),
    ("send email", 'does not know "email"', "voice, fax, letter, postcard"),
    ("contact fnd maria", '"maria" is too much', "Did you mean /contact find?"),
    ("ticket fnd", "no ticket's code", "Did you mean /ticket find?"),
    ("ticket ci", "After /ticket ci comes find or show or new or update.", ""),
    ("ticket ci shwo 4", "Did you mean /ticket ci show?", ""),
    ("dialler clnoe 538 Summer", "Did you mean /dialler clone?", "Usage"),
    # what cannot be
    ("text 415555013 hi", "too short", "Usage"),
    ("pay Maria Deposit 45", '"Deposit" is no amount', "45.50"),
    ("group edit VIP name=x", '"VIP" is no id', "1042"),
    ("pay list sort=size", 'sort cannot be "size": it is amount or contact or date or status.', "Usage"),
    ("pay list sort=dat", "Did you mean date?", "Usage"),
    ("pay list desc asc", "order stands there twice", "Usage"),
    ("contact find blocked=perhaps", "blocked is yes or no.", "Usage"),
    ("contact find blocked=", "blocked is empty.", "Usage"),
    ("contact find created-after=soon", '"soon" is not a date', "2026-03-01"),
    ("contact save Maria field:=1", "with a name", "Usage"),
    ("contact save Maria field:A=1 field:A=2", "once for each", "Usage"),
    ("callback Maria priority=201", "from 0 to 200", "Usage"),
    ("callback Maria priority=high", "priority is a whole number", "Usage"),
    ("callback Maria mon", "Say a time as well", "Usage: /callback <to> [when] [subject]"),
    ("callback Maria crm=example.com", "no web address", "https://example.com/page.pdf"),
    ("send fax Maria http://[", "no web address", "Usage"),
    ("send voice Maria hi voice=robot", "female or male", "Usage"),
    ("line connect Sales #", "is no channel: write it like #sales", "Usage"),
    ("threadline audit by=@", "is no by: write it like @dana", "Usage"),
    ("dialler contact Mustermann", "no contact of the dialler", "<id|data:…>"),
    ("dialler add 538 M " + "4155550134 " * 7, "6 numbers at most", "Usage"),
    ("text history Maria page=0", "page is a whole number", "Usage"),
]


def asked(line: str) -> Asked:
    name, _, text = line.partition(" ")
    return parse(BY_NAME[name], text, CONTEXT)


@pytest.mark.parametrize(
    ("line", "verb", "values"),
    [(f"{name} {text}", verb, values) for name, table in EXAMPLES.items() for text, verb, values in table],
)
def test_example_is_understood(line: str, verb: str, values: Mapping[str, Value]) -> None:
    understood = asked(line)

    assert understood.verb.id == verb
    assert understood.values == values


def test_every_verb_has_an_example() -> None:
    shown = {(name, verb) for name, table in EXAMPLES.items() for _, verb, _ in table}

    assert shown == {(command.name, verb.id) for command in COMMANDS for verb in command.verbs}


@pytest.mark.parametrize(("line", "sentence", "also"), REFUSED)
def test_what_cannot_be_understood_says_what_to_type(line: str, sentence: str, also: str) -> None:
    with pytest.raises(UsageError) as refused:
        asked(line)

    assert sentence in str(refused.value)
    assert also in str(refused.value)
    assert len(str(refused.value)) < 300


def test_keys_with_a_prefix_are_kept_by_their_names() -> None:
    understood = asked('contact save Maria field:Zip=12 "field:Postal code=1 2" field:"Site Name"="B 7"')

    assert understood.named == {"field": {"Zip": "12", "Postal code": "1 2", "Site Name": "B 7"}}


def test_fields_alone_are_enough_to_change_something() -> None:
    assert asked("ticket update RF-200 field:317=4B").named == {"field": {"317": "4B"}}


def test_list_has_a_page_and_it_is_no_value() -> None:
    assert asked("pay list page=3 desc").page == 3
    assert asked("pay list").page == 1
    assert not asked("pay list page=3").has("page")


def test_value_is_found_by_its_name_and_kind() -> None:
    understood = asked("text Maria hello from=Sales")

    assert understood.value("to", To).name == "Maria"
    assert understood.find("from", Named) == Named(None, "Sales")
    assert understood.find("from", str) is None
    assert understood.has("from")
    with pytest.raises(KeyError):
        understood.value("when", datetime)


@pytest.mark.parametrize(
    ("line", "name", "word", "text"),
    [
        ("dialler Summer", "campaign", "#7", "#7"),
        ('dialler contacts "Summer sale" page=2', "campaign", "#7", "contacts #7 page=2"),
        ("dialler add data=&amp;lt; A Ana 4155550134", "campaign", "#7", "add data=&amp;lt; #7 Ana 4155550134"),
        ('dialler update data:"a b" city=Bonn', "contact", "#7", "update #7 city=Bonn"),
        ("dialler clone Summer Autumn", "to", "Fall", "clone Summer Fall"),
    ],
)
def test_one_word_is_exchanged_and_the_rest_stays_as_it_was_typed(
    line: str, name: str, word: str, text: str
) -> None:
    assert asked(line).instead(name, word) == text


def test_nothing_is_exchanged_for_what_was_not_typed() -> None:
    with pytest.raises(KeyError):
        asked("dialler").instead("campaign", "#7")


def test_digits_alone_are_a_phone_number_where_the_line_is() -> None:
    norway = at("2026-03-04 12:00", "Europe/Oslo", "NO")

    assert parse(BY_NAME["callback"], "22334455", norway).verb.id == "queue"
    assert parse(BY_NAME["callback"], "#22334455", norway).verb.id == "show"
    assert parse(BY_NAME["callback"], "22334455", CONTEXT).verb.id == "show"
    assert parse(BY_NAME["pay"], "22334455", norway).verb.id == "show"
