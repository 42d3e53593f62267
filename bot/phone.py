"""Phone numbers: what people type, what providers send, and how a number is shown.

Promises: a `Number` that leaves this module is E.164 (`+14155550134`), a short code in bare digits (`72345`), or
the alphanumeric name some senders have instead of a number (`My Shop`). No sentence here repeats the number.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult, timezone

from bot.errors import UsageError
from bot.model import Number

# At most 15 digits with the country code, which never starts with 0. Source: https://www.itu.int/rec/T-REC-E.164
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORT_CODE = re.compile(r"\+?([0-9]{3,6})|([0-9]{7,8})")  # no E.164 number is as short as six digits
_NORTH_AMERICAN_LOCAL = re.compile(r"[2-9][0-9]{9}")
_COUNTRY_CODE_FIRST = re.compile(r"[1-9][0-9]{8,14}")
# Area code and exchange start with 2-9. Source: https://www.nanpa.com
_NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}")
# Eleven letters, digits and spaces at most: ten octets of septets in the address field.
# Source: https://www.3gpp.org/dynareport/23040.htm (3GPP TS 23.040, 9.1.2.5)
_SENDER_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")

_PUNCTUATION = re.compile(r"[\s().\-/\u2010-\u2015\u2212]")
# Address books put direction marks around a number; they come along when it is pasted.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TEL = re.compile(r"\Atel:", re.IGNORECASE)

_EXAMPLE = "like +1 415 555 0134"
_NOT_A_NUMBER = f"That is not a phone number. Write its digits, {_EXAMPLE}."
_NO_COUNTRY = f"The country of that number is not known. Start it with + and the country code, {_EXAMPLE}."
_TOO_SHORT = f"That phone number is too short. Write it with its area code, {_EXAMPLE}."
_TOO_LONG = f"That is too long for one phone number. Write a single one, with + and its country code, {_EXAMPLE}."
_IMPOSSIBLE = f"No phone number looks like that: check the digits. Write it {_EXAMPLE}."
_EXTENSION = "A text cannot reach an extension. Leave the extension out."

_PARSE_SENTENCES = {
    NumberParseException.INVALID_COUNTRY_CODE: _NO_COUNTRY,
    NumberParseException.TOO_SHORT_AFTER_IDD: _TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: _TOO_SHORT,
    NumberParseException.TOO_LONG: _TOO_LONG,
}
_LENGTH_SENTENCES = {
    ValidationResult.TOO_SHORT: _TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: _TOO_SHORT,
    ValidationResult.TOO_LONG: _TOO_LONG,
    ValidationResult.INVALID_COUNTRY_CODE: _NO_COUNTRY,
}


def parse_number(raw: str, region: str = "US") -> Number:
    """The number a person typed, in any common form; `region` (ISO 3166) decides for a local one. Pure.

    Raises `UsageError` when it is not one whole number. A short code is refused: it looks like a number whose
    area code was forgotten.
    """
    typed = _TEL.sub("", _INVISIBLE.sub("", raw).strip())
    parsed = _parse(typed, region.strip().upper())
    if parsed.extension:
        raise UsageError(_EXTENSION)
    if any(character.isalpha() for character in typed):
        raise UsageError(_NOT_A_NUMBER)
    length = phonenumbers.is_possible_number_with_reason(parsed)
    if length != ValidationResult.IS_POSSIBLE:
        raise UsageError(_LENGTH_SENTENCES.get(length, _IMPOSSIBLE))
    number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    # Only the shape is checked: the library's list of assigned area codes is always a little behind.
    if parsed.country_code == 1 and not _NORTH_AMERICAN.fullmatch(number):
        raise UsageError(_IMPOSSIBLE)
    return Number(number)


def _parse(typed: str, region: str) -> PhoneNumber:
    try:
        parsed = phonenumbers.parse(typed, region)
        if typed.startswith("00") and not phonenumbers.is_possible_number(parsed):
            # 00 is how most of the world dials abroad, also where the line's own region dials something else.
            return phonenumbers.parse(f"+{typed[2:]}", region)
    except NumberParseException as error:
        raise UsageError(_PARSE_SENTENCES.get(error.error_type, _NOT_A_NUMBER)) from error
    return parsed


def read_number(raw: object) -> Number | None:
    """The number a provider sent, or None when it is neither a number, a short code nor a sender's name. Pure.

    Ten bare digits are North American, as Text Request sends and takes them; nine or more other ones start with
    the country code. The provider's word is taken for the rest: nobody's text is lost to an old numbering plan.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return None
    sent = _INVISIBLE.sub("", str(raw)).strip()
    digits = _PUNCTUATION.sub("", sent)
    if _E164.fullmatch(digits):
        return Number(digits)
    if short := _SHORT_CODE.fullmatch(digits):
        return Number(short[1] or short[2])
    if _NORTH_AMERICAN_LOCAL.fullmatch(digits):
        return Number(f"+1{digits}")
    if _COUNTRY_CODE_FIRST.fullmatch(digits) and len(digits) != 10:
        return Number(f"+{digits}")
    return Number(sent) if _SENDER_NAME.fullmatch(sent) else None


@lru_cache(maxsize=1024)
def display_number(number: Number) -> str:
    """The number for people, as `+1 415 555 0134`; a short code or a sender's name stays as it is. Pure."""
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    international = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    shown = " ".join(re.sub(r"[^+0-9]", " ", international).split())
    # The library drops a 0 that should not be there; people must see the number that is texted.
    return shown if shown.replace(" ", "") == number else number


def region_of(number: Number) -> str | None:
    """The region (ISO 3166) that a number belongs to; None for a short code, a name, or one of several. Pure."""
    if not number.startswith("+"):
        return None
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except NumberParseException:
        return None


def is_country(code: str) -> bool:
    """Whether two capital letters (ISO 3166) are a country that has phones, as all with people have. Pure."""
    return code in phonenumbers.SUPPORTED_REGIONS


def time_there(number: Number, at: datetime) -> datetime | None:
    """What clocks show at `at` where the number belongs; None when that is unknown, or they differ there. Pure."""
    if not number.startswith("+"):
        return None
    try:
        zones = timezone.time_zones_for_number(phonenumbers.parse(number))
        there = [at.astimezone(ZoneInfo(zone)) for zone in zones]
    except (NumberParseException, ZoneInfoNotFoundError):  # `Etc/Unknown` is no zone
        return None
    shown = {local.replace(tzinfo=None) for local in there}
    return there[0] if len(shown) == 1 else None


def last_four(number: Number) -> str:
    """The last four digits, to tell contacts apart without the number; a sender's name stays whole. Pure."""
    return number if any(character.isalpha() for character in number) else number[-4:]
