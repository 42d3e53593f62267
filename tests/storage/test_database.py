"""What the two databases have in common: instants, and the same SQL text for both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.model import Delivery, DeliveryReported, Number, ProviderName, TextReceived, TextSent
from storage.database import SERVER_NOW, for_postgres, instant, maybe_instant, micros
from storage.events import event_of, text_of
from storage.messages import position_of
from storage.store import is_postgres, open_database

AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)


@given(at=st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 28), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_instant_survives_storage_to_the_microsecond(at: datetime) -> None:
    assert instant(micros(at)) == at
    assert maybe_instant(micros(at)) == at


def test_instant_of_another_zone_is_the_same_instant() -> None:
    at = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=-8)))

    assert instant(micros(at)) == at
    assert instant(micros(at)).tzinfo == UTC


def test_absent_instant_stays_absent() -> None:
    assert maybe_instant(None) is None


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select :id", "select %(id)s"),
        ("where a = :a and b = :a", "where a = %(a)s and b = %(a)s"),
        ("select ':id', '100%'", "select ':id', '100%%'"),
        ("where body like '%it''s :id%'", "where body like '%%it''s :id%%'"),
        ("select 7 % 2", "select 7 %% 2"),
        ("select now()::bigint", "select now()::bigint"),
        ("select 1 /* for update */", "select 1 for update"),
        ("select 1 /* for update of m skip locked */", "select 1 for update of m skip locked"),
        ("select 1 /* a word */", "select 1 /* a word */"),
        ("select :now", "select %(now)s"),
    ],
)
def test_statement_says_the_same_on_postgres(sql: str, expected: str) -> None:
    assert for_postgres(sql, server_now=False) == expected


def test_now_is_the_servers_clock_on_postgres() -> None:
    assert for_postgres("select :now, :nowhere", server_now=True) == f"select {SERVER_NOW}, %(nowhere)s"


@pytest.mark.parametrize(
    ("ts", "us"),
    [("1790000000.000100", 1_790_000_000_000_100), ("1790000000", 1_790_000_000_000_000), ("1.5", 1_500_000)],
)
def test_ts_is_a_position_that_sorts(ts: str, us: int) -> None:
    assert position_of(ts) == us


@pytest.mark.parametrize(
    "event",
    [
        DeliveryReported(ProviderName("clicksend"), None, "token", Delivery.FAILED, "301"),
        TextReceived(ProviderName("p"), "7", Number("+1423"), Number("+1415"), "1", "naïve 🙂", AT, "Maria"),
        TextSent(
            ProviderName("p"), "7", Number("+1423"), Number("+1415"), "1", "\x00", AT, delivery=Delivery.SENT
        ),
    ],
)
def test_event_survives_being_kept(event: DeliveryReported | TextReceived | TextSent) -> None:
    assert event_of(text_of(event)) == event


def test_address_says_which_database_it_is() -> None:
    assert [is_postgres(url) for url in ("postgresql://db/x", "postgres://db/x", "/var/lib/t.db")] == [
        True,
        True,
        False,
    ]


async def test_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="the folder /nonexistent does not exist"):
        await open_database("/nonexistent/threadline.db")
