"""The fields of a dialler contact at jtel: how long each may be, and how it is written. Pure.

What is too long is refused here, because nobody says whether they refuse it or cut it.
Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions (names)
Source: https://wiki.jtel.de/pages/viewpage.action?pageId=17695630 (lengths, of the same table as CSV)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from bot.errors import UsageError
from bot.model import Number
from bot.providers.jtel.asking import their_number

MOST_NUMBERS = 6
LONGEST_DATA = 64

_NUMBERS = f"A contact of the dialler has one phone number to {MOST_NUMBERS}."

# Words; None: as long as one likes.
LENGTHS: Mapping[str, int | None] = {
    "Name": 64,
    "FirstName": 64,
    "Salutation": 16,
    "Title": 16,
    "Company": 64,
    "Address": 64,
    "PostalCode": 10,
    "City": 64,
    "Region": 256,
    "Country": 64,
    "Email": 256,
    "Website": None,
    "Comment": None,
    "Client": 64,
    "Service": 64,
    "ReferenceNumber": 64,
    "ExternalSystemLink": None,
    "Model": None,
    "Tag": None,
    "UserData": LONGEST_DATA,
    "AccountOwner": 64,
    "AccountBank": 32,
    "AccountNationalBankCode": 10,
    "AccountBIC": 11,
    "AccountNumber": 20,
    "AccountIBAN": 34,
}
# What may be shown beside what a contact has a place for; a bank account never is.
SHOWN = (
    *("Salutation", "Title", "Address", "PostalCode", "City", "Region", "Country", "Email", "Website"),
    *("Client", "Service", "ReferenceNumber", "Model", "Tag", "FaxNumber", "Amount"),
)


def fields_body(fields: Mapping[str, str]) -> dict[str, object]:
    """Fields as they take them. Raises `UsageError` for one that nobody has, or that does not fit."""
    return {name: field_value(name, value.strip()) for name, value in fields.items()}


def field_value(name: str, value: str) -> object:
    """One field; an empty one of words is emptied there."""
    if name in _WRITTEN:
        return _WRITTEN[name](value)
    if name not in LENGTHS:
        raise UsageError(f"A contact of the dialler has no field {name}. Its fields are {', '.join(_NAMES)}.")
    if name == "Name" and not value:
        raise UsageError("A contact of the dialler needs a name.")
    most = LENGTHS[name]
    if most is not None and len(value) > most:
        raise UsageError(f"{name} has room for {most} characters. Shorten it, then try again.")
    return value


def numbers_body(numbers: Sequence[Number]) -> dict[str, object]:
    """The numbers to call, in this order. Raises `UsageError` for none, or too many."""
    if not numbers:
        raise UsageError(_NUMBERS)
    return places_body(dict(enumerate(numbers, 1)))


def places_body(numbers: Mapping[int, Number]) -> dict[str, object]:
    """Numbers at their places, from 1. Raises `UsageError` for a place that nobody has."""
    if not all(1 <= place <= MOST_NUMBERS for place in numbers):
        raise UsageError(_NUMBERS)
    return {f"PhoneNumber{place}": their_number(number) for place, number in numbers.items()}


def _amount(value: str) -> float:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        amount = Decimal("nan")
    if not amount.is_finite():
        raise UsageError("Amount is a number, like 12.50.")
    return float(amount)


def _whole(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 10):
        raise UsageError("RandomSortOrder is a whole number.")
    return int(value)


def _fax(value: str) -> str:
    return their_number(Number(value))


_WRITTEN: Mapping[str, Callable[[str], object]] = {
    "Amount": _amount,
    "FaxNumber": _fax,
    "RandomSortOrder": _whole,
}
_NAMES = (*LENGTHS, *_WRITTEN)
