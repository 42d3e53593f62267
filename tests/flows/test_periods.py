"""The last days of a zone: where they begin, how they are counted, and where the clocks are changed among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.flows.periods import last_days

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)  # still the 25th in New York


def test_today_is_the_last_of_the_days_where_the_member_is() -> None:
    period = last_days(7, NEW_YORK, NOW)

    assert (period.first_day, period.last_day) == (date(2026, 11, 19), date(2026, 11, 25))
    assert period.since == datetime(2026, 11, 19, 5, tzinfo=UTC)
    assert period.until == NOW
    assert period.offsets == ((period.since, timedelta(hours=-5)),)


@pytest.mark.parametrize(("days", "step_days", "steps"), [(1, 1, 1), (31, 1, 31), (32, 7, 5), (365, 7, 53)])
def test_many_days_are_counted_by_the_week(days: int, step_days: int, steps: int) -> None:
    period = last_days(days, NEW_YORK, NOW)

    assert (period.step_days, period.steps) == (step_days, steps)
    assert period.day_of(0) == period.first_day
    assert period.day_of(steps - 1) <= period.last_day


def test_clocks_that_are_changed_are_told_to_the_minute() -> None:
    period = last_days(365, NEW_YORK, NOW)

    assert period.offsets == (
        (datetime(2025, 11, 26, 5, tzinfo=UTC), timedelta(hours=-5)),
        (datetime(2026, 3, 8, 7, tzinfo=UTC), timedelta(hours=-4)),
        (datetime(2026, 11, 1, 6, tzinfo=UTC), timedelta(hours=-5)),
    )


def test_half_hours_are_told_too() -> None:
    period = last_days(365, ZoneInfo("Australia/Lord_Howe"), NOW)

    assert [at for at, _ in period.offsets[1:]] == [
        datetime(2026, 4, 4, 15, tzinfo=UTC),
        datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    ]


def test_day_whose_midnight_was_skipped_begins_when_it_began() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # on 24 April 2026 the clocks went from 00:00 to 01:00

    period = last_days(1, cairo, datetime(2026, 4, 24, 10, tzinfo=UTC))

    assert period.since == datetime(2026, 4, 23, 22, tzinfo=UTC)
