"""Days and times that are chosen from menus, and times written so that they can be typed again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.grammar.when import read_moment, read_when, typed_when
from tests.test_grammar.contexts import CONTEXT, at

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ("2026-03-04", "12:01", "2026-03-04T17:01+00:00"),
        ("2026-03-08", "03:00", "2026-03-08T07:00+00:00"),  # the clocks have been put forward
        ("2026-11-01", "00:59", "2026-11-01T04:59+00:00"),
        ("2026-11-01", "02:00", "2026-11-01T07:00+00:00"),  # and back
    ],
)
def test_day_and_time_are_those_of_the_members_clock(day: str, hour: str, utc: str) -> None:
    assert read_moment(date.fromisoformat(day), time.fromisoformat(hour), CONTEXT) == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("2026-03-04", "12:00", "That is past. Choose a time ahead"),
        ("2026-03-03", "13:00", "That is past."),
        ("2026-03-08", "02:30", "02:30 does not exist on 2026-03-08: clocks are put forward."),
        ("2026-11-01", "01:30", "01:30 comes twice on 2026-11-01: clocks are set back."),
        ("2027-03-06", "12:00", '"2027-03-06 12:00" is more than a year ahead.'),
        ("9999-12-31", "23:59", "Choose one nearer to today."),
    ],
)
def test_day_and_time_that_cannot_be_are_refused_with_what_to_choose(day: str, hour: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace(".", r"\.")):
        read_moment(date.fromisoformat(day), time.fromisoformat(hour), CONTEXT)


@pytest.mark.parametrize(
    ("ahead_s", "typed"),
    [
        (-1, "now"),
        (0, "now"),
        (1, "2026-03-04 12:01"),
        (60, "2026-03-04 12:01"),
        (61, "2026-03-04 12:02"),
    ],
)
def test_time_is_written_to_the_minute_and_never_before(ahead_s: int, typed: str) -> None:
    assert typed_when(CONTEXT.now + timedelta(seconds=ahead_s), CONTEXT) == typed


def test_second_time_of_an_hour_that_comes_twice_is_written_so_that_it_stays_the_second() -> None:
    context = at("2026-11-01 00:30")
    second = context.now + timedelta(hours=2)  # 01:30, an hour after the first

    assert typed_when(second, context) == "in 120 minutes"


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=365)), st.sampled_from(["03-04", "10-31", "03-07"]))
def test_time_that_is_written_is_read_as_the_same(ahead: timedelta, day: str) -> None:
    context = at(f"2026-{day} 12:00")
    then = context.now + ahead

    read = read_when(typed_when(then, context).split(), context)

    assert read is not None
    assert timedelta(0) <= read.at - then < MINUTE
