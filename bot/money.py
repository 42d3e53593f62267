"""Amounts: what people type, what providers send, and how an amount is shown. Pure.

Promises: nothing is guessed and nothing is rounded in silence. What may be read in two ways is refused with a
sentence that shows how to write it; a provider's floating point never changes a cent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from bot.errors import UsageError
from bot.model import Money

MOST = 10**10  # minor units: a hundred million dollars; whatever is larger is a slip of the finger

# Every other currency has two. Source: https://www.iso.org/iso-4217-currency-codes.html (list one)
_DECIMALS: Mapping[str, int] = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"), 0),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_SYMBOLS: Mapping[str, str] = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}

_MARKS = re.compile(r"[A-Za-z]{3}|[$€£¥]")
_SPACES = re.compile(r"[\s'’_]+")
_PLAIN = re.compile(r"[0-9]+")
# Separators of thousands, all alike, then maybe a decimal mark that is another one.
_GROUPED = re.compile(r"[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,]([0-9]+))?")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)|[.,]([0-9]+)")


def decimals_of(currency: str) -> int:
    """How many decimals a currency has."""
    return _DECIMALS.get(currency.upper(), 2)


def parse_amount(raw: str, currency: str = "USD") -> Money:
    """The amount a person typed, in `currency`: `12,50`, `$12.5`, `1,250.00`, `1 250`. Above zero.

    `1,250` is grouped, as it is written where Text Request takes payments. Raises `UsageError` for anything
    else, and for another currency's mark.
    """
    digits = _without_mark(raw.strip(), currency)
    if digits.startswith(("-", "\u2212", "(")):
        raise UsageError(f"An amount is more than zero. Write it like {_example(currency)}.")
    whole, fraction = _parts(digits, currency)
    if len(fraction) > decimals_of(currency):
        raise UsageError(_too_many_decimals(currency))
    minor = int(whole + fraction.ljust(decimals_of(currency), "0"))
    if minor == 0:
        raise UsageError(f"An amount is more than zero. Write it like {_example(currency)}.")
    if minor > MOST:
        raise UsageError("That amount is too large for one payment. Check it, or ask for it in parts.")
    return Money(minor, currency)


def _without_mark(typed: str, currency: str) -> str:
    """The rest of it, when the only mark stands at one end and is this currency's."""
    marks = _MARKS.findall(typed)
    if not marks:
        return typed
    rest = typed.removeprefix(marks[0]).strip() if typed.startswith(marks[0]) else typed.removesuffix(marks[0])
    if len(marks) > 1 or not 0 < len(rest) < len(typed):
        raise UsageError(_no_amount(currency))
    if marks[0].upper() not in (currency, _SYMBOLS.get(currency)):
        raise UsageError(f"Amounts here are in {currency}. Write it like {_example(currency)}.")
    return rest.strip()


def _parts(digits: str, currency: str) -> tuple[str, str]:
    """The digits before and after the decimal mark."""
    spaced = _SPACES.sub(" ", digits)
    if len(spaced) > 40:
        raise UsageError(_no_amount(currency))
    if _PLAIN.fullmatch(spaced):
        return spaced, ""
    if (grouped := _GROUPED.fullmatch(spaced)) and (grouped[1] != "." or grouped[2] or spaced.count(".") > 1):
        fraction = grouped[2] or ""
        whole = spaced[: len(spaced) - len(fraction) - 1] if fraction else spaced
        return re.sub(r"[^0-9]", "", whole), fraction
    if decimal := _DECIMAL.fullmatch(spaced):
        return decimal[1] or "0", decimal[2] or decimal[3]
    raise UsageError(_no_amount(currency))


def _example(currency: str) -> str:
    return display_money(Money(1250 * 10 ** decimals_of(currency) // 100, currency))


def _no_amount(currency: str) -> str:
    return f"That is not an amount. Write it in plain digits, like {_example(currency)}."


def _too_many_decimals(currency: str) -> str:
    most = ("no decimals", "one decimal", "two decimals", "three decimals")[decimals_of(currency)]
    return f"An amount in {currency} has {most} at the most. Write it like {_example(currency)}."


# --- From and to providers --------------------------------------------------------------------------------


def money_of(amount: Decimal, currency: str) -> Money:
    """Their amount in whole units, to the nearest minor one. The decimal is made of their text, not of a float."""
    return Money(_minor(amount, currency, ROUND_HALF_UP), currency)


def price_of(amount: Decimal, currency: str) -> Money:
    """The same for a price, rounded up: nobody pays more than they were told."""
    return Money(_minor(amount, currency, ROUND_CEILING), currency)


def _minor(amount: Decimal, currency: str, rounding: str) -> int:
    return int(amount.scaleb(decimals_of(currency)).to_integral_value(rounding))


def decimal_of(money: Money) -> Decimal:
    """The amount in whole units."""
    return Decimal(money.minor).scaleb(-decimals_of(money.currency))


def float_of(money: Money) -> float:
    """The amount as JSON's number: written out, it has no digits that the amount has not."""
    return float(decimal_of(money))


def display_money(money: Money) -> str:
    """The amount for people: `$1,250.50`, `¥1,250`, `1,250.50 SEK`."""
    shown = f"{abs(decimal_of(money)):,.{decimals_of(money.currency)}f}"
    sign = "-" if money.minor < 0 else ""
    symbol = _SYMBOLS.get(money.currency)
    return f"{sign}{symbol}{shown}" if symbol else f"{sign}{shown} {money.currency}"
