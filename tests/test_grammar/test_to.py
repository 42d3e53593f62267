"""Whom a command is for: a number in any common form, or a contact's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.grammar.lexer import read
from bot.grammar.to import read_to, take_number, take_to
from bot.grammar.values import To
from bot.model import Number

ANA = Number("+14155550134")

NUMBERS = [
    ("+14155550134 hello", 1, True),
    ("4155550134 hello", 1, True),
    ("(415)555-0134 hello", 1, True),
    ("415-555-0134", 1, True),
    ("415.555.0134 2 pumps", 1, True),
    ("4155550134 2 pumps", 1, True),
    ('"+1 415 555 0134" hello', 1, True),
    ("<tel:+14155550134|+14155550134> hello", 1, True),
    ("+1 415 555 0134 hello", 4, False),
    ("+1 415 555 0134 2 pumps", 4, False),
    ("+1 (415) 555-0134 hello", 3, False),
    ("(415) 555-0134", 2, False),
    ("415 555 0134", 3, False),
]

REFUSED = [
    "415555013 hello",
    "+1 415 hello",
    "123 hello",
    "+999 1234567",
    "911",
]


@pytest.mark.parametrize(("typed", "words", "sure"), NUMBERS)
def test_number_in_any_form_is_read_and_spaced_ones_are_not_sure(typed: str, words: int, sure: bool) -> None:
    assert take_to(read(typed).words, "US") == (To(ANA, ANA, sure), words)


@pytest.mark.parametrize(
    ("typed", "name"), [("Maria hi", "Maria"), ('"Maria  Lopez" hi', "Maria Lopez"), ("7eleven", "7eleven")]
)
def test_anything_else_is_a_contacts_name(typed: str, name: str) -> None:
    assert take_to(read(typed).words, "US") == (To(None, name, sure=False), 1)


@pytest.mark.parametrize("typed", REFUSED)
def test_digits_that_are_no_phone_number_are_refused_as_a_number(typed: str) -> None:
    with pytest.raises(UsageError, match="number"):
        take_to(read(typed).words, "US")


def test_longest_run_that_is_a_number_wins() -> None:
    assert take_to(read("+1 415 555 0134 0134 0134 0134 0134 0134").words, "US")[1] == 4


def test_number_that_could_go_on_is_taken_alone_and_is_not_sure() -> None:
    words = read("030123456 78 pumps").words

    assert take_to(words, "DE") == (To(Number("+4930123456"), "+4930123456", sure=False), 1)


def test_region_decides_for_a_local_number() -> None:
    assert take_to(read("020 7946 0958 hi").words, "GB")[0].number == "+442079460958"


def test_quoted_digits_that_are_no_number_are_a_name() -> None:
    assert take_to(read('"24/7" hi').words, "US")[0] == To(None, "24/7", sure=False)


def test_empty_name_is_refused() -> None:
    with pytest.raises(UsageError, match="Say whom"):
        read_to("  ", "US")


def test_number_alone_is_not_a_name() -> None:
    with pytest.raises(UsageError, match="not a phone number"):
        take_number(read("Maria").words, "US")


@given(st.text(min_size=1))
def test_sure_is_said_only_of_one_word_that_is_a_number(typed: str) -> None:
    words = read(typed).words
    if not words:
        return
    try:
        to, taken = take_to(words, "DE")
    except UsageError:
        return
    assert not to.sure or (taken == 1 and to.number is not None)
