"""The last days where somebody is, as what counts them wants them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import Period

MOST_STEPS_OF_A_DAY = 31  # more days are counted by the week
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def last_days(days: int, zone: ZoneInfo, now: datetime) -> Period:
    """So many days of the zone, today among them; by the day up to a month, by seven days beyond."""
    first_day = now.astimezone(zone).date() - timedelta(days=days - 1)
    since = datetime.combine(first_day, time.min, zone).astimezone(UTC)
    return Period(
        since=since,
        until=now,
        first_day=first_day,
        days=days,
        step_days=1 if days <= MOST_STEPS_OF_A_DAY else 7,
        offsets=((since, _offset(zone, since)), *_changes(zone, since, now)),
    )


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """When clocks are changed, and how far ahead of UTC they are then."""
    at = since
    while at < until:
        later = at + _DAY
        if _offset(zone, later) != _offset(zone, at):
            yield _turn(zone, at, later), _offset(zone, later)
        at = later


def _turn(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The minute of the change between two instants."""
    while after - before > _MINUTE:
        middle = before + (after - before) // 2 // _MINUTE * _MINUTE
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
