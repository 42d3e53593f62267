"""Times as people type them in front of other words: `tomorrow 10:00 ask for Ana`. Pure.

Promises: a time that was read is ahead, within a year, and one that the member's clock will show; nothing is moved
to another day in silence. Words that do not begin like a time are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.errors import UsageError
from bot.grammar.lexer import shown
from bot.grammar.other_times import refuse_other_day, refuse_other_time
from bot.grammar.values import Context

_AHEAD = timedelta(days=366)
_MINUTE = timedelta(minutes=1)
_LONGEST_GAP = 2 * 24 * 60  # minutes; places that changed sides of the date line skipped a whole day
_MOST_WORDS = 8  # of a time: "in 1 h 30 min" has five
_LONGEST_WORD = 40

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_DAY = rf"today|tomorrow|{_WEEKDAY}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
_TIME = (
    r"(?:(?P<named>noon|midnight)|(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::00)?(?: ?(?P<half>[ap]m))?"
    r"|(?P<short>[0-9]{1,2}) ?(?P<side>[ap]m)|(?P<long>[0-9]{1,2})h(?P<past>[0-9]{2})?)"
)
_END = r"(?=,?(?:\s|\Z))"
_NOW = re.compile(rf"now{_END}")
_DAY_AND_TIME = re.compile(rf"(?:on )?(?P<day>{_DAY})(?: at |[ t]|, )(?:at )?{_TIME}{_END}")
_TIME_AND_DAY = re.compile(rf"(?:at )?{_TIME}(?:,? (?:on )?(?P<day>{_DAY}))?{_END}")
_DAY_ALONE = re.compile(rf"(?:on )?(?P<day>{_DAY}){_END}")
_YESTERDAY = re.compile(rf"yesterday{_END}")
_UNIT = r"(?:(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?))"
_IN = re.compile(rf"in (?P<amounts>[0-9]{{1,6}} ?{_UNIT}(?: ?[0-9]{{1,6}} ?{_UNIT})*){_END}")
_AMOUNT = re.compile(rf"([0-9]+) ?({_UNIT})")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

_NAMED = {"noon": time(12), "midnight": time(0)}
_QUOTES = "or put the words in quotes"


@dataclass(frozen=True, slots=True)
class When:
    """A time, aware and in UTC, and how many words said it."""

    at: datetime
    words: int


def read_when(words: Iterable[str], context: Context) -> When | None:
    """The time that the first words say, None when they say none.

    Raises `UsageError` for a day without a time, a time that no clock shows or that is past, or over a year ahead.
    """
    typed = _joined(words)
    if now := _NOW.match(typed):
        return When(context.now.astimezone(UTC), _count(typed, now.end()))
    if ahead := _IN.match(typed):
        return When(_within(_later(ahead["amounts"], context), ahead[0], context), _count(typed, ahead.end()))
    if whole := _DAY_AND_TIME.match(typed) or _TIME_AND_DAY.match(typed):
        if not whole["day"]:
            refuse_other_day(typed, whole.end())
        return When(_within(_at(whole, context), whole[0], context), _count(typed, whole.end()))
    if _YESTERDAY.match(typed):
        raise UsageError(f"Yesterday is past. Write a time ahead, {_QUOTES}.")
    if alone := _DAY_ALONE.match(typed):
        day = alone["day"]
        raise UsageError(f'Say a time as well, like "{day} 9am" or "{day} 14:30", {_QUOTES}.')
    refuse_other_time(typed)
    return None


def read_date(typed: str, context: Context) -> datetime:
    """The moment in UTC at which a day, or a minute of it, starts for the member: `2026-03-01`, `today`.

    Raises `UsageError` for anything else.
    """
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(typed.casefold())
    if named is not None:
        local = _day_from(context, days=named)
    else:
        try:
            local = datetime.fromisoformat(typed)
        except ValueError as error:
            raise UsageError(
                f'"{shown(typed)}" is not a date. Write it like 2026-03-01, today or yesterday.'
            ) from error
    if local.tzinfo is not None:
        return _in_utc(local)
    return _first_from(local, context.zone)


def read_moment(day: date, hour: time, context: Context) -> datetime:
    """The moment in UTC at which the member's clock shows a day and a time that they chose from menus.

    Raises `UsageError` when it is past or over a year ahead, or when no clock shows it, or one does twice.
    """
    local = datetime.combine(day, hour)
    at = _instant(local, context.zone)
    refuse_twice(at, context.zone)
    if at <= context.now:
        raise UsageError("That is past. Choose a time ahead, or leave day and time empty for now.")
    if at - context.now > _AHEAD:
        raise _too_far(f"{local:%Y-%m-%d %H:%M}")
    return at


def refuse_twice(at: datetime, zone: tzinfo) -> None:
    """Raises `UsageError` for a time that clocks of `zone` show twice: nobody can say which was meant. Pure."""
    local = at.astimezone(zone).replace(tzinfo=None)
    first, second = (_in_utc(local.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first != second:
        raise UsageError(
            f"{local:%H:%M} comes twice on {local:%Y-%m-%d}: clocks are set back."
            " Choose a time before or after that hour."
        )


def typed_when(at: datetime, context: Context) -> str:
    """A time as one types it: by the member's clock, to the minute and not before; `now` when it is not ahead."""
    if at <= context.now:
        return "now"
    local = (at + (_MINUTE - timedelta(microseconds=1))).astimezone(context.zone)
    if not local.fold:
        return f"{local:%Y-%m-%d %H:%M}"
    minutes = -((context.now - at) // _MINUTE)  # an hour that comes twice: its second time has no other name
    return f"in {minutes} minutes"


def _joined(words: Iterable[str]) -> str:
    first: list[str] = []
    for word in words:
        if len(first) == _MOST_WORDS or len(word) > _LONGEST_WORD or any(letter.isspace() for letter in word):
            break
        first.append(word)
    return " ".join(first).casefold()


def _count(typed: str, end: int) -> int:
    return typed.count(" ", 0, end) + 1


def _later(amounts: str, context: Context) -> datetime:
    """Days and weeks are the member's, so that the hour stays; hours and minutes are those that pass."""
    total = dict.fromkeys(_UNITS.values(), 0)
    for amount, unit in _AMOUNT.findall(amounts):
        total[_UNITS[unit[0]]] += int(amount)
    days = timedelta(days=total["days"], weeks=total["weeks"])
    passing = timedelta(hours=total["hours"], minutes=total["minutes"])
    if days + passing > _AHEAD:
        raise _too_far(f"in {amounts}")
    if not days:
        return context.now.astimezone(UTC) + passing
    return _instant(_local_now(context) + days, context.zone) + passing


def _at(match: re.Match[str], context: Context) -> datetime:
    hour = _clock(match)
    day = match["day"]
    if day is None:
        return _today(hour, context)
    if day in ("today", "tomorrow"):
        return _instant(_on(_day_from(context, days=int(day == "tomorrow")), hour), context.zone)
    if day[0].isdigit():
        return _instant(datetime.combine(_iso_day(day), hour), context.zone)
    return _next_weekday(day, hour, context)


def _clock(match: re.Match[str]) -> time:
    """The time of day that was typed."""
    if match["named"]:
        return _NAMED[match["named"]]
    hour = int(match["hour"] or match["short"] or match["long"])
    minute = int(match["minute"] or match["past"] or 0)
    half = match["half"] or match["side"]
    if half and not 1 <= hour <= 12:
        raise _no_time(match[0])
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise _no_time(match[0])
    return time(hour, minute)


def _no_time(typed: str) -> UsageError:
    return UsageError(f'No clock shows "{shown(typed)}". Write a time like 9:30, 9:30pm or 17h, {_QUOTES}.')


def _iso_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise UsageError(f"There is no day {typed}. Write it like 2026-03-01.") from error


def _today(hour: time, context: Context) -> datetime:
    at = _instant(_on(_day_from(context), hour), context.zone)
    if at <= context.now:
        raise UsageError(f'{hour:%H:%M} today is past. Write "tomorrow {hour:%H:%M}" for tomorrow, {_QUOTES}.')
    return at


def _next_weekday(day: str, hour: time, context: Context) -> datetime:
    """The next time that it is that hour on that day: today counts while the hour is ahead."""
    wanted = next(index for index, name in enumerate(_WEEKDAYS) if name.startswith(day[:3]))
    today = _day_from(context)
    first = _on(today + timedelta(days=(wanted - today.weekday()) % 7), hour)
    if first > _local_now(context):
        return _instant(first, context.zone)
    return _instant(first + timedelta(days=7), context.zone)


def _within(at: datetime, typed: str, context: Context) -> datetime:
    if at <= context.now:
        raise UsageError(f'"{shown(typed)}" is past. Choose a time ahead, {_QUOTES}.')
    if at - context.now > _AHEAD:
        raise _too_far(typed)
    return at


def _too_far(typed: str) -> UsageError:
    return UsageError(f'"{shown(typed)}" is more than a year ahead. Choose a time within a year.')


# --- The member's clock -------------------------------------------------------------------------------------


def _local_now(context: Context) -> datetime:
    return context.now.astimezone(context.zone).replace(tzinfo=None)


def _day_from(context: Context, *, days: int = 0) -> datetime:
    """The midnight that starts today, or another day, by the member's clock."""
    return _on(_local_now(context) + timedelta(days=days), time(0))


def _on(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.date(), hour)


def _in_utc(at: datetime) -> datetime:
    """`at` in UTC. Raises `UsageError` at the two ends of the calendar, where there is no such moment."""
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise UsageError("That date is too far away. Choose one nearer to today.") from error


def _shows(local: datetime, zone: tzinfo) -> bool:
    """Whether clocks of `zone` ever show `local`: an hour is missing when they are put forward."""
    return _in_utc(local.replace(tzinfo=zone)).astimezone(zone).replace(tzinfo=None, fold=0) == local


def _first_from(local: datetime, zone: tzinfo) -> datetime:
    """The first moment in UTC at which clocks of `zone` show `local` or, when it is missing, later."""
    local = local.replace(fold=0)
    for _ in range(_LONGEST_GAP):
        if _shows(local, zone):
            break
        local += _MINUTE
    return _in_utc(local.replace(tzinfo=zone))


def _instant(local: datetime, zone: tzinfo) -> datetime:
    """When clocks of `zone` show `local`, the first time if they do so twice. Raises `UsageError` for never."""
    if _shows(local.replace(fold=0), zone):
        return _in_utc(local.replace(tzinfo=zone, fold=0))
    possible = _first_from(local.replace(second=0, microsecond=0), zone).astimezone(zone)
    raise UsageError(
        f"{local:%H:%M} does not exist on {local:%Y-%m-%d}: clocks are put forward."
        f" The next possible time is {possible:%Y-%m-%d %H:%M}."
    )
