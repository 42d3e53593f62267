"""What people type and providers send becomes one form of number, or is refused with a reason."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.model import Number
from bot.phone import display_number, last_four, parse_number, read_number

TYPED = [
    ("4155550134", "US", "+14155550134"),
    ("14155550134", "US", "+14155550134"),
    ("+14155550134", "US", "+14155550134"),
    ("(415) 555-0134", "US", "+14155550134"),
    ("415.555.0134", "US", "+14155550134"),
    (" 415 555 0134 ", "us", "+14155550134"),
    ("tel:+1-415-555-0134", "US", "+14155550134"),
    ("TEL:4155550134", "US", "+14155550134"),
    ("+1 (415)\u00a0555\u20110134", "GB", "+14155550134"),
    ("\u202a+1 415 555 0134\u202c", "US", "+14155550134"),
    ("٤١٥٥٥٥٠١٣٤", "US", "+14155550134"),
    ("020 7946 0123", "GB", "+442079460123"),
    ("+44 (0)20 7946 0123", "US", "+442079460123"),
    ("011 44 20 7946 0123", "US", "+442079460123"),
    ("0044 20 7946 0123", "US", "+442079460123"),
    ("0044 20 7946 0123", "DE", "+442079460123"),
    ("0411 111 111", "AU", "+61411111111"),
    ("0011 1 415 555 0134", "AU", "+14155550134"),
    ("+39 06 1234567", "US", "+39061234567"),
]

REFUSED = [
    ("", "not a phone number"),
    ("Maria", "not a phone number"),
    ("call 4155550134", "not a phone number"),
    ("1-800-FLOWERS", "not a phone number"),
    ("555-0134", "area code"),
    ("72345", "area code"),
    ("+1 415 555 013", "too short"),
    ("41555501345", "too long"),
    ("4155550134 4155550135", "too long"),
    ("+1 415 555 0134, +1 415 555 0135", "not a phone number"),
    ("+999 1234 5678", "country code"),
    ("1234567890", "check the digits"),
    ("415 155 0134", "check the digits"),
    ("415 555 0134 x12", "extension"),
    ("+1 415 555 0134;ext=5", "extension"),
]

SENT = [
    ("14235550142", "+14235550142"),
    (14235550142, "+14235550142"),
    ("4235550142", "+14235550142"),
    ("321-654-7890", "+13216547890"),
    ("+14235550142", "+14235550142"),
    ("+1 (423) 555-0142", "+14235550142"),
    ("+61411111111", "+61411111111"),
    ("61411111111", "+61411111111"),
    ("298212345", "+298212345"),
    ("8615555555555", "+8615555555555"),
    ("+0123456789", None),
    ("72345", "72345"),
    ("+72345", "72345"),
    ("123", "123"),
    ("12345678", "12345678"),
    ("+1234567", "+1234567"),
    ("INFO", "INFO"),
    (" My Shop 24 ", "My Shop 24"),
    ("ELEVENCHARS", "ELEVENCHARS"),
    ("TWELVE CHARS", None),
    ("AT&T", None),
    ("Käse", None),
    ("0411111111", None),
    ("1235550142", None),
    ("12", None),
    ("1234567890123456", None),
    ("²³²³²³²³", None),
    ("", None),
    ("   ", None),
    (None, None),
    (True, None),
    (14235550142.0, None),
    (["14235550142"], None),
    ({"number": "14235550142"}, None),
]

DISPLAYED = [
    ("+14155550134", "+1 415 555 0134"),
    ("+442079460123", "+44 20 7946 0123"),
    ("+61411111111", "+61 411 111 111"),
    ("+5491112345678", "+54 9 11 1234 5678"),
    ("+99912345678", "+99912345678"),
    ("+9802112345678", "+9802112345678"),
    ("72345", "72345"),
    ("My Shop", "My Shop"),
]

LAST_FOUR = [("+14155550134", "0134"), ("72345", "2345"), ("123", "123"), ("My Shop", "My Shop")]

FORM = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9 ]{1,11}")


@pytest.mark.parametrize(("raw", "region", "number"), TYPED)
def test_common_form_when_typed_then_it_is_one_number(raw: str, region: str, number: str) -> None:
    assert parse_number(raw, region) == number


@pytest.mark.parametrize(("raw", "reason"), REFUSED)
def test_no_whole_number_when_typed_then_the_sentence_says_what_to_type(raw: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        parse_number(raw)


def test_local_number_when_the_region_is_unknown_then_the_country_is_asked_for() -> None:
    with pytest.raises(UsageError, match="country code"):
        parse_number("4155550134", "")


def test_number_when_refused_then_the_sentence_does_not_repeat_it() -> None:
    with pytest.raises(UsageError) as refused:
        parse_number("+1 415 555 9876 5432")

    assert "9876" not in str(refused.value)


@pytest.mark.parametrize(("raw", "number"), SENT)
def test_provider_number_when_read_then_it_has_our_form_or_is_none(raw: object, number: str | None) -> None:
    assert read_number(raw) == number


@pytest.mark.parametrize(("number", "shown"), DISPLAYED)
def test_number_when_displayed_then_only_spaces_part_it(number: str, shown: str) -> None:
    assert display_number(Number(number)) == shown


@pytest.mark.parametrize(("number", "end"), LAST_FOUR)
def test_number_when_shortened_then_four_digits_are_left(number: str, end: str) -> None:
    assert last_four(Number(number)) == end


@given(st.text() | st.from_regex(r"[+0-9 ()x-]{0,20}"), st.sampled_from(["US", "GB", "AU", "", "ZZ"]))
def test_anything_when_typed_then_it_is_a_number_or_a_usage_error(raw: str, region: str) -> None:
    try:
        number = parse_number(raw, region)
    except UsageError:
        return

    assert re.fullmatch(r"\+[1-9][0-9]{6,14}", number)


@given(st.text() | st.integers() | st.from_regex(r"\A[+]?[0-9 ()-]{0,20}\Z"))
def test_anything_when_read_then_it_keeps_its_form_and_is_read_again_alike(raw: object) -> None:
    number = read_number(raw)

    if number is not None:
        assert FORM.fullmatch(number)
        assert read_number(number) == number


@given(st.from_regex(r"\A\+[1-9][0-9]{6,14}\Z"))
def test_number_when_displayed_then_no_digit_is_lost(raw: str) -> None:
    shown = display_number(Number(raw))

    assert shown.replace(" ", "") == raw
