"""What providers write, read with patience: times, codes, numbers, words of tables. Pure.

Promise: nothing here raises. What cannot be read is None, empty, or the word for what is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import TypeVar

from bot.http import Unreadable, Wire
from bot.model import Money, Number
from bot.money import money_of

W = TypeVar("W", bound=Wire)
T = TypeVar("T")

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_A_DAY = timedelta(days=1)
_UNIX = re.compile(r"[0-9]{1,11}")
_CODE = re.compile(r"[0-9]{1,6}|[A-Za-z_]{1,40}")  # too short for a phone number, too plain for content


def read_time(raw: str | None, now: datetime | None = None, *, zone: tzinfo = UTC) -> datetime | None:
    """Their time as aware UTC; one that names no zone is in `zone`.

    None when it is no time, or absurd: with `now`, more than a day after it.
    """
    try:
        moment = datetime.fromisoformat((raw or "").strip())
        moment = (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return _plausible(moment, now)


def read_unix(raw: str | None, now: datetime | None = None) -> datetime | None:
    """Unix seconds as aware UTC; None as in `read_time` (milliseconds are absurd)."""
    seconds = (raw or "").strip()
    if not _UNIX.fullmatch(seconds):
        return None
    try:
        return _plausible(datetime.fromtimestamp(int(seconds), UTC), now)
    except (OverflowError, OSError, ValueError):
        return None


def read_millis(raw: int | None) -> datetime | None:
    """Unix milliseconds as aware UTC; None when there are none, or for an absurd moment."""
    try:
        return None if raw is None else _plausible(datetime.fromtimestamp(raw / 1000, UTC), None)
    except (OverflowError, OSError, ValueError):
        return None


def _plausible(moment: datetime, now: datetime | None) -> datetime | None:
    latest = _LATEST if now is None else now + _A_DAY
    return moment if _EARLIEST <= moment <= latest else None


def read_code(raw: str | None) -> str:
    """Their error code, or nothing when what stands there may be content."""
    code = (raw or "").strip()
    return code if _CODE.fullmatch(code) else ""


def read_word(table: Mapping[str, T], raw: str | None, unknown: T) -> T:
    """What their word means by `table`, whose keys are lower-case; `unknown` for a word that is not in it."""
    return table.get((raw or "").strip().lower(), unknown)


def read_money(amount: Decimal | None, currency: str) -> Money | None:
    """Their amount; None when there is none."""
    return None if amount is None else money_of(amount, currency)


def first_of(*candidates: str | None) -> str:
    """The first that says anything, without the spaces around it; else nothing."""
    return next((each.strip() for each in candidates if each and each.strip()), "")


def is_number(raw: str) -> bool:
    """Whether it is digits and nothing else, as their ids are that stand in paths."""
    return raw.isascii() and raw.isdigit()


def bare_digits(number: Number) -> str:
    """A number as those take it who want no plus."""
    return number.removeprefix("+")


def read_row(model: type[W], row: object) -> W | None:
    """One row of a list; None for one that cannot be read, which spoils nothing."""
    try:
        return model.read_fields(row)
    except Unreadable:
        return None


def filled(values: Mapping[str, object | None]) -> dict[str, object]:
    """What was set: the fields that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def commas(ids: Iterable[str]) -> str | None:
    """Ids as one parameter; None for none."""
    return ",".join(ids) or None
