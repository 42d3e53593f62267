"""What an answer means: from status to class, from headers to waits and clocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import (
    Conflict,
    CredentialsRefused,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.http import Call, raise_for_page, raise_for_status
from bot.http.answers import LONGEST_WAIT_S, read_date, retry_after_s
from tests.test_http.conftest import EFFECT, NOW, READ, response

# --- From status to class ---------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [EFFECT, READ])
@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_when_the_status_is_2xx_then_nothing_is_raised(call: Call, status: int) -> None:
    raise_for_status(response(call, status))


@pytest.mark.parametrize("call", [EFFECT, READ])
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Rejected),
        (401, CredentialsRefused),
        (402, Rejected),
        (403, CredentialsRefused),
        (404, NotFound),
        (405, Rejected),
        (409, Conflict),
        (413, Rejected),
        (422, Rejected),
        (429, Throttled),
    ],
)
def test_when_they_refuse_then_it_is_certain(call: Call, status: int, error: type[ProviderError]) -> None:
    with pytest.raises(error) as caught:
        raise_for_status(response(call, status), code="E1")

    assert type(caught.value) is error
    assert caught.value.certain
    assert (caught.value.provider, caught.value.code) == ("example", "E1")


@pytest.mark.parametrize("status", [0, 100, 199, 300, 301, 302, 303, 307, 308, 408, 500, 502, 503, 504, 599, 999])
def test_when_the_status_settles_nothing_then_only_a_read_is_certain(status: int) -> None:
    with pytest.raises(OutcomeUnknown) as effect:
        raise_for_status(response(EFFECT, status, headers={"retry-after": "5"}))
    with pytest.raises(Unreachable) as read:
        raise_for_status(response(READ, status))

    assert (effect.value.certain, effect.value.retryable) == (False, False)
    assert (read.value.certain, read.value.retryable) == (True, True)
    assert effect.value.code == read.value.code == f"http_{status}"


def test_when_the_body_carries_another_status_then_that_one_counts() -> None:
    with pytest.raises(NotFound):
        raise_for_status(response(EFFECT, 200), status=404)


# --- Waits and clocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        ("0", 0.0),
        (" 39 ", 39.0),
        ("86400", LONGEST_WAIT_S),
        ("999999999", LONGEST_WAIT_S),
        ("Mon, 02 Mar 2026 15:05:30 GMT", 30.0),
        ("Monday, 02-Mar-26 15:05:30 GMT", 30.0),
        ("Mon, 02 Mar 2026 10:05:30 -0500", 30.0),
        ("Mon, 02 Mar 2026 15:04:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT_S),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("inf", None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_when_they_say_when_to_come_back_then_that_is_the_wait(value: str, wait_s: float | None) -> None:
    assert retry_after_s(value, NOW) == wait_s


def test_when_their_clock_is_off_then_a_date_to_come_back_is_read_by_it() -> None:
    headers = {"date": "Mon, 02 Mar 2026 16:05:00 GMT", "retry-after": "Mon, 02 Mar 2026 16:05:07 GMT"}

    with pytest.raises(Throttled) as caught:
        raise_for_status(response(EFFECT, 429, headers=headers))

    assert caught.value.retry_after_s == 7.0


@given(value=st.text(max_size=80))
def test_when_a_date_is_anything_then_it_is_aware_or_none(value: str) -> None:
    moment = read_date(value)
    wait_s = retry_after_s(value, NOW)

    assert moment is None or moment.tzinfo is not None
    assert wait_s is None or 0 <= wait_s <= LONGEST_WAIT_S


def test_when_they_send_a_date_then_the_skew_of_the_clocks_is_known() -> None:
    assert response(READ, 200, headers={"date": "Mon, 02 Mar 2026 15:05:03 GMT"}).clock_skew_s == 3.0
    assert response(READ, 200).clock_skew_s is None


@pytest.mark.parametrize(
    ("body", "headers"),
    [(b"<!doctype html>", {}), (b"\n <html>", {}), (b"Log in", {"content-type": "text/html; charset=utf-8"})],
)
def test_when_a_web_page_comes_where_the_status_says_it_all_then_nothing_is_known(
    body: bytes, headers: dict[str, str]
) -> None:
    with pytest.raises(OutcomeUnknown):
        raise_for_page(response(EFFECT, 200, body, headers))


@pytest.mark.parametrize("body", [b"", b'"Contact archived"', b"{}", b"done"])
def test_when_no_web_page_comes_then_the_status_says_it_all(body: bytes) -> None:
    raise_for_page(response(EFFECT, 200, body))
