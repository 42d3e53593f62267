"""Times as people type them, by the member's clock. Now is Wednesday, 4 March 2026, 12:00 in New York."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.grammar.when import read_date, read_when
from tests.test_grammar.contexts import CONTEXT, at

MIDNIGHT = datetime.fromisoformat("2026-03-05T00:00")  # on whatever clock

AHEAD = [
    ("now", "2026-03-04 12:00", 1),
    ("now please", "2026-03-04 12:00", 1),
    ("in 2h", "2026-03-04 14:00", 2),
    ("in 2 hours call", "2026-03-04 14:00", 3),
    ("in 30 min", "2026-03-04 12:30", 3),
    ("in 30 minutes, please", "2026-03-04 12:30", 3),
    ("in 1h30m leak", "2026-03-04 13:30", 2),
    ("in 1 h 30 min", "2026-03-04 13:30", 5),
    ("in 1h 30m x", "2026-03-04 13:30", 3),
    ("in 2 days", "2026-03-06 12:00", 3),
    ("in 1 week", "2026-03-11 12:00", 3),
    ("in 6 days 2h", "2026-03-10 14:00", 4),
    ("today 14:30", "2026-03-04 14:30", 2),
    ("today at 14:30 x", "2026-03-04 14:30", 3),
    ("tomorrow 10:00 printer broken", "2026-03-05 10:00", 2),
    ("Tomorrow 9 AM x", "2026-03-05 09:00", 3),
    ("tomorrow midnight", "2026-03-05 00:00", 2),
    ("mon 9am ask about the sat 5 may order", "2026-03-09 09:00", 2),
    ("monday, 9am", "2026-03-09 09:00", 2),
    ("tues 10:00", "2026-03-10 10:00", 2),
    ("wed 12:01", "2026-03-04 12:01", 2),
    ("wed 12:00", "2026-03-11 12:00", 2),
    ("wednesday 11h", "2026-03-11 11:00", 2),
    ("thurs noon", "2026-03-05 12:00", 2),
    ("fri 12am", "2026-03-06 00:00", 2),
    ("sat 12pm", "2026-03-07 12:00", 2),
    ("sunday 17h30", "2026-03-08 17:30", 2),
    ("2026-04-01 10:00", "2026-04-01 10:00", 2),
    ("2026-04-01T10:00", "2026-04-01 10:00", 1),
    ("2026-04-01T10:00:00 x", "2026-04-01 10:00", 1),
    ("14:00", "2026-03-04 14:00", 1),
    ("2pm 5 pumps", "2026-03-04 14:00", 1),
    ("9:30pm", "2026-03-04 21:30", 1),
    ("9:30 pm", "2026-03-04 21:30", 2),
    ("17h", "2026-03-04 17:00", 1),
    ("at 17h", "2026-03-04 17:00", 2),
    ("on monday 9am", "2026-03-09 09:00", 3),
    ("10:00 tomorrow printer broken", "2026-03-05 10:00", 2),
    ("at 2pm on monday, please", "2026-03-09 14:00", 4),
    ("9:30 am 2026-04-01", "2026-04-01 09:30", 3),
    ("14:00 5 pumps", "2026-03-04 14:00", 1),
]

NO_TIMES = [
    "",
    "printer broken",
    "in 2 boxes",
    "in",
    "in 2",
    "10",
    "10 pumps",
    "money back",
    "satellite 9am",
    "nowhere",
    "noonish",
    "today's order",
    "yesterday's order",
    "may",
    "2026",
    "4155550134",
    "10:000",
    "9amx",
    "at home",
    "24/7 support",
    "3/4 inch pipe at 10",
    "may 5 may not come",
    "next invoice",
    "this morning's call",
    "sunscreen",
    "march of the 24 dwarves",
    "in a hurry",
    "on hold",
]

REFUSED = [
    ("mon", "Say a time as well"),
    ("tomorrow call her", "Say a time as well"),
    ("2026-04-01", "Say a time as well"),
    ("10:00", 'Write "tomorrow 10:00"'),
    ("noon", "12:00 today is past"),
    ("midnight", "00:00 today is past"),
    ("today 9am", '"today 9am" is past'),
    ("2026-03-03 10:00", "is past"),
    ("2020-03-03 10:00", "is past"),
    ("in 0 min", "is past"),
    ("yesterday", "Yesterday is past"),
    ("Yesterday 9am", "Yesterday is past"),
    ("2027-03-06 10:00", "more than a year ahead"),
    ("9999-12-31 23:59", "too far away"),
    ("0001-01-01 00:00", "is past"),
    ("0000-01-01 00:00", "There is no day"),
    ("in 367 days", "more than a year ahead"),
    ("in 999999 weeks 999999 weeks", "more than a year ahead"),
    ("25:00", "No clock shows"),
    ("10:75", "No clock shows"),
    ("13pm", "No clock shows"),
    ("0am", "No clock shows"),
    ("24h", "No clock shows"),
    ("2026-02-30 10:00", "There is no day 2026-02-30"),
    ("on friday", 'like "friday 9am"'),
    ("next monday 9am hello", '"next monday" is not read as a time'),
    ("24.12. 9:00 xmas", '"24.12. 9:00" is not read'),
    ("12/24 9am", "is not read as a time"),
    ("2026-4-1 at 17h", "is not read as a time"),
    ("24th of december, 10:00", "is not read as a time"),
    ("Dec 24 at noon", "is not read as a time"),
    ("14:00 next friday", '"next friday" is not read'),
    ("14:00 24.12.", r'"24\.12\." is not read'),
    ("at 2pm on december 24", "is not read as a time"),
    ("tonight", "is not read as a time"),
    ("the day after tomorrow 10:00", "is not read as a time"),
    ("in an hour", '"in an hour" is not read'),
    ("in half an hour call her", "is not read as a time"),
    ("at 3", '"at 3" is not read'),
    ("3 o'clock", "is not read as a time"),
    ("10.30 Uhr call her", '"10.30 uhr" is not read'),
]


@pytest.mark.parametrize(("typed", "local", "words"), AHEAD)
def test_time_in_front_is_read_and_its_words_counted(typed: str, local: str, words: int) -> None:
    when = read_when(typed.split(), CONTEXT)

    assert when is not None
    assert when.words == words
    assert when.at.tzinfo is UTC
    assert f"{when.at.astimezone(CONTEXT.zone):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize("typed", NO_TIMES)
def test_words_that_are_no_time_are_left_alone(typed: str) -> None:
    assert read_when(typed.split(), CONTEXT) is None


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_time_that_cannot_be_is_refused_with_a_way_out(typed: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        read_when(typed.split(), CONTEXT)


@pytest.mark.parametrize(
    ("typed", "now", "zone", "possible"),
    [
        ("sun 2:30", "2026-03-04 12:00", "America/New_York", "2026-03-08 03:00"),
        ("2026-03-29 02:00", "2026-03-04 12:00", "Europe/Berlin", "2026-03-29 03:00"),
        ("in 1 day", "2026-03-07 02:30", "America/New_York", "2026-03-08 03:00"),
        ("2026-10-04 02:10", "2026-03-04 12:00", "Australia/Lord_Howe", "2026-10-04 02:30"),
        ("2026-09-06 00:00", "2026-09-05 12:00", "America/Santiago", "2026-09-06 01:00"),
    ],
)
def test_hour_that_a_clock_change_skips_is_refused_and_the_next_named(
    typed: str, now: str, zone: str, possible: str
) -> None:
    with pytest.raises(UsageError, match=f"The next possible time is {possible}"):
        read_when(typed.split(), at(now, zone))


def test_hour_that_a_clock_change_repeats_is_the_first() -> None:
    when = read_when(["sun", "1:30"], at("2026-10-29 12:00"))

    assert when is not None
    assert when.at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_days_ahead_keep_the_hour_and_hours_ahead_pass() -> None:
    saturday = at("2026-03-07 12:00")

    day, hours = read_when(["in", "1", "day"], saturday), read_when(["in", "24h"], saturday)

    assert day is not None
    assert hours is not None
    assert day.at.astimezone(saturday.zone).hour == 12
    assert hours.at.astimezone(saturday.zone).hour == 13
    assert hours.at - saturday.now == timedelta(hours=24)


def test_day_is_the_members_and_not_that_of_utc() -> None:
    when = read_when(["tomorrow", "9am"], at("2026-03-04 23:30", "America/Los_Angeles"))

    assert when is not None
    assert when.at == datetime(2026, 3, 5, 17, 0, tzinfo=UTC)


def test_word_with_white_space_inside_is_never_part_of_a_time() -> None:
    assert read_when(["tomorrow 10:00"], CONTEXT) is None


@given(
    st.integers(0, 364 * 24 * 60).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes)),
    st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]),
)
def test_minute_within_a_year_is_read_back_or_refused_as_missing(minute: datetime, zone: str) -> None:
    context = at("2026-03-04 12:00", zone)
    shown = minute.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(context.zone).replace(tzinfo=None)

    if shown == minute:
        when = read_when(f"{minute:%Y-%m-%d %H:%M} x".split(), context)
        assert when is not None
        assert when.words == 2
        assert when.at.astimezone(context.zone).replace(tzinfo=None) == minute
    else:
        with pytest.raises(UsageError, match="does not exist"):
            read_when(f"{minute:%Y-%m-%d %H:%M}".split(), context)


@given(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), st.integers(0, 23), st.integers(0, 59))
def test_weekday_is_the_next_time_that_the_hour_comes(day: str, hour: int, minute: int) -> None:
    context = at("2026-06-03 12:00")

    when = read_when([day, f"{hour:02}:{minute:02}"], context)

    assert when is not None
    local = when.at.astimezone(context.zone)
    assert f"{local:%a %H:%M}".casefold() == f"{day} {hour:02}:{minute:02}"
    assert timedelta(0) < when.at - context.now <= timedelta(days=7)


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-03-01", "2026-03-01T05:00+00:00"),
        ("2026-03-01T10:30", "2026-03-01T15:30+00:00"),
        ("2026-03-01 10:30", "2026-03-01T15:30+00:00"),
        ("2026-03-01T10:30Z", "2026-03-01T10:30+00:00"),
        ("today", "2026-03-04T05:00+00:00"),
        ("Yesterday", "2026-03-03T05:00+00:00"),
        ("2026-03-08T02:30", "2026-03-08T07:00+00:00"),
    ],
)
def test_date_is_the_moment_at_which_it_starts_for_the_member(typed: str, utc: str) -> None:
    assert read_date(typed, CONTEXT) == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    "typed", ["", "soon", "3/1/2026", "2026-13-01", "9999-12-31T23:59", "0001-01-01T00:00+14:00"]
)
def test_date_that_is_none_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UsageError, match=r"2026-03-01|nearer to today"):
        read_date(typed, CONTEXT)
