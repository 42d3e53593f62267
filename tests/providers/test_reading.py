"""What providers write, read with patience."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Money, Number
from bot.providers.reading import (
    bare_digits,
    commas,
    filled,
    first_of,
    read_code,
    read_millis,
    read_money,
    read_time,
    read_unix,
    read_word,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-02T12:00:00",
        "2026-03-02T12:00:00Z",
        "2026-03-02T12:00:00.000000Z",
        "2026-03-02T14:00:00+02:00",
        " 2026-03-02T12:00:00.000 ",
    ],
)
def test_when_a_time_says_its_zone_or_none_then_it_is_aware_utc(raw: str) -> None:
    assert read_time(raw) == NOON


def test_when_their_times_are_local_then_they_are_read_in_their_zone() -> None:
    assert read_time("2026-03-02T13:00:00.000", zone=BERLIN) == NOON
    assert read_time("2026-03-02T12:00:00Z", zone=BERLIN) == NOON


@pytest.mark.parametrize(
    "raw", [None, "", "soon", "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "2026-13-01"]
)
def test_when_a_time_is_none_or_absurd_then_there_is_none(raw: str | None) -> None:
    assert read_time(raw) is None


def test_when_a_time_is_told_of_the_past_then_one_of_the_future_is_none() -> None:
    assert read_time("2026-03-04T12:00:00", NOON) is None
    assert read_time("2026-03-04T12:00:00") is not None
    assert read_unix("1772452800", NOON) == NOON
    assert read_unix("1772452800000", NOON) is None
    assert read_millis(1772452800000) == NOON
    assert (read_millis(1772452800), read_millis(10**30), read_millis(None)) == (None, None, None)


@given(raw=st.text(max_size=40))
def test_when_anything_stands_for_a_time_or_a_code_then_nothing_is_raised(raw: str) -> None:
    for moment in (read_time(raw), read_time(raw, zone=BERLIN), read_unix(raw)):
        assert moment is None or moment.tzinfo is UTC
    assert len(read_code(raw)) <= 40


@pytest.mark.parametrize(
    ("raw", "code"),
    [("30050", "30050"), (" InvalidStateId ", "InvalidStateId"), ("4235550142", ""), ("Hi Ana", "")],
)
def test_when_a_code_may_be_content_then_it_is_left_out(raw: str, code: str) -> None:
    assert read_code(raw) == code


def test_when_small_things_are_read_then_they_are_what_they_say() -> None:
    assert read_word({"paid": 1}, " Paid ", 0) == 1
    assert read_word({"paid": 1}, "Refunded", 0) == 0
    assert read_money(Decimal("220.505"), "USD") == Money(22051, "USD")
    assert read_money(None, "USD") is None
    assert first_of(None, " ", " a ", "b") == "a"
    assert bare_digits(Number("+14235550142")) == "14235550142"
    assert filled({"a": None, "b": False, "c": ""}) == {"b": False, "c": ""}
    assert (commas(["1", "2"]), commas([])) == ("1,2", None)
