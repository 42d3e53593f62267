"""Times in forms that are not read. As words they would mean "as soon as possible", so they are refused. Pure."""

from __future__ import annotations

import re

from bot.errors import UsageError
from bot.grammar.lexer import shown

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = r"[0-9]{1,2}(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:,? ?[0-9]{4})?"
# Which of the two is the month differs from country to country: 12/24, 24.12., 4-3-2026.
_NUMBERS = r"[0-9]{1,4}[./-][0-9]{1,2}(?:[./-](?:[0-9]{1,4})?)?"
_DATE = rf"(?:on )?(?:the )?(?:{_NUMBERS}|{_ORDINAL} (?:of )?{_MONTH}{_YEAR}|{_MONTH} {_ORDINAL}{_YEAR})"
_VAGUE_DAY = (
    rf"(?:(?:next|this|coming) (?:{_WEEKDAY}|week|month)|this (?:afternoon|evening)|tonight"
    r"|(?:the )?day after tomorrow)"
)
_HOUR = (
    r"(?:noon|midnight|[0-9]{1,2}:[0-9]{2}|[0-9]{1,2} ?[ap]\.?m\.?|[0-9]{1,2}h(?:[0-9]{2})?"
    r"|[0-9]{1,2} ?o['’]?clock)"
)
_VAGUE_HOUR = (
    r"(?:at [0-9]{1,2}(?:\.[0-9]{2})?|(?:at )?[0-9]{1,2}(?:[.:][0-9]{2})? ?(?:o['’]?clock|uhr|[ap]\.m\.))"
)
_SOME = r"(?:an?|one|two|three|four|five|ten|half an?|a few|a couple of|some)"
_VAGUE_SPAN = rf"in {_SOME} (?:min(?:ute)?s?|hours?|days?|weeks?|months?)"
_END = r"(?=,?(?:\s|\Z))"
_OTHER = re.compile(rf"(?:{_VAGUE_DAY}|{_VAGUE_HOUR}|{_VAGUE_SPAN}|{_DATE},? (?:at )?{_HOUR}){_END}")
_OTHER_DAY = re.compile(rf",? ?(?:{_VAGUE_DAY}|{_DATE}){_END}")


def refuse_other_time(typed: str) -> None:
    """Raises `UsageError` for words that begin like a time which is not read. `typed` is in small letters."""
    if found := _OTHER.match(typed):
        raise _unread(found[0])


def refuse_other_day(typed: str, at: int) -> None:
    """Raises `UsageError` where a time of day, that ends at `at`, is followed by a day that is not read."""
    if found := _OTHER_DAY.match(typed, at):
        raise _unread(found[0].lstrip(", "))


def _unread(typed: str) -> UsageError:
    return UsageError(
        f'"{shown(typed)}" is not read as a time here. Write one like "tomorrow 14:30", "monday 9am", '
        '"2026-12-24 17h" or "in 30 minutes", or put the words in quotes.'
    )
