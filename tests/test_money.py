"""Amounts: typed, sent by providers, and shown."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.model import Money
from bot.money import MOST, decimal_of, decimals_of, display_money, float_of, money_of, parse_amount, price_of

CURRENCIES = st.sampled_from(["USD", "EUR", "GBP", "JPY", "SEK", "KWD"])
AMOUNTS = st.builds(Money, st.integers(1, MOST), CURRENCIES)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12,50", 1250),
        ("$12.5", 1250),
        ("12.50$", 1250),
        (" $ 12.50 ", 1250),
        ("usd 12.50", 1250),
        ("12.50 USD", 1250),
        (".5", 50),
        ("0.01", 1),
        ("0012", 1200),
        ("1,250", 125_000),
        ("1,250.5", 125_050),
        ("1.250,50", 125_050),
        ("1 250,50", 125_050),
        ("1'250.50", 125_050),
        ("1\u00a0250", 125_000),
        ("1,250,000", 125_000_000),
        ("1.250.000", 125_000_000),
        ("100000000", MOST),
    ],
)
def test_when_an_amount_is_typed_in_a_common_form_then_it_is_read(typed: str, minor: int) -> None:
    assert parse_amount(typed) == Money(minor, "USD")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0", "more than zero"),
        ("0.00", "more than zero"),
        ("-3", "more than zero"),
        ("\u22123", "more than zero"),
        ("$-3", "more than zero"),
        ("(3)", "more than zero"),
        ("12.345", "two decimals"),
        ("1.250", "two decimals"),
        ("12,3456", "two decimals"),
        ("1e9", "plain digits"),
        ("", "plain digits"),
        ("$", "plain digits"),
        ("12.", "plain digits"),
        ("1,25,000", "plain digits"),
        ("1.250,000.00", "plain digits"),
        ("1.2.3", "plain digits"),
        ("12 50", "plain digits"),
        ("twelve", "plain digits"),
        ("١٢", "plain digits"),
        ("nan", "plain digits"),
        ("inf", "plain digits"),
        ("0x10", "plain digits"),
        ("$12$", "plain digits"),
        ("12$50", "plain digits"),
        ("1" * 5000, "plain digits"),
        ("€12", "in USD"),
        ("12 EUR", "in USD"),
        ("100000000.01", "too large"),
    ],
)
def test_when_an_amount_is_none_then_the_sentence_says_how_to_write_it(typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        parse_amount(typed)

    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("1250", "JPY", 1250), ("¥1,250", "JPY", 1250), ("1.250", "KWD", 1250), ("12,5 SEK", "SEK", 1250)],
)
def test_when_the_currency_has_other_decimals_then_they_count(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == Money(minor, currency)


def test_when_the_currency_has_no_decimals_then_one_is_refused() -> None:
    with pytest.raises(UsageError, match="no decimals"):
        parse_amount("12.5", "JPY")


@given(money=AMOUNTS)
def test_when_an_amount_is_shown_then_it_is_read_as_the_same(money: Money) -> None:
    assert parse_amount(display_money(money), money.currency) == money


@given(money=AMOUNTS)
def test_when_an_amount_goes_through_json_as_a_float_then_it_is_the_same(money: Money) -> None:
    sent = json.dumps(float_of(money))

    assert money_of(Decimal(str(json.loads(sent))), money.currency) == money
    assert Decimal(sent) == decimal_of(money)


@given(typed=st.text(max_size=30) | st.from_regex(r"[$€]?[0-9., ']{1,15}", fullmatch=True), currency=CURRENCIES)
def test_when_anything_is_typed_then_it_is_an_amount_or_a_sentence(typed: str, currency: str) -> None:
    with suppress(UsageError):
        assert 0 < parse_amount(typed, currency).minor <= MOST


@given(amount=st.decimals(0, 10_000, places=4), currency=CURRENCIES)
def test_when_a_price_is_rounded_then_it_is_never_below_what_is_paid(amount: Decimal, currency: str) -> None:
    price = decimal_of(price_of(amount, currency))

    assert amount <= price < amount + Decimal(1).scaleb(-decimals_of(currency))


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(125_050, "USD"), "$1,250.50"),
        (Money(-5, "EUR"), "-€0.05"),
        (Money(1250, "JPY"), "¥1,250"),
        (Money(1250, "SEK"), "12.50 SEK"),
        (Money(1250, "KWD"), "1.250 KWD"),
    ],
)
def test_when_an_amount_is_shown_then_it_is_in_its_currency(money: Money, shown: str) -> None:
    assert display_money(money) == shown
