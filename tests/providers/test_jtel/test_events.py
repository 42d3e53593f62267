"""jtel's events: what is its own, beside the contract."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest

from bot.model import AcdEventKind, AcdEventStatus, AcdWord
from bot.providers.jtel import Jtel
from bot.providers.jtel.asking import our_number, server_time
from bot.providers.jtel.events import NOT_SAID
from tests.providers.case import everything
from tests.providers.cases.jtel.common import BERLIN
from tests.providers.cases.jtel.events import CALLBACK, EVENT
from tests.providers.far_end import FarEnd
from tests.providers.test_jtel.conftest import records, row


@pytest.mark.parametrize(
    ("raw", "zone", "read"),
    [
        ("2026-08-09T02:33:50.347", BERLIN, datetime(2026, 8, 9, 0, 33, 50, 347000, tzinfo=UTC)),
        ("2026-01-09T02:33:50.347", BERLIN, datetime(2026, 1, 9, 1, 33, 50, 347000, tzinfo=UTC)),
        ("2026-08-09T02:33:50.347", None, None),
        ("2026-08-09T02:33:50.123456Z", None, datetime(2026, 8, 9, 2, 33, 50, 123456, tzinfo=UTC)),
        ("2026-08-09T02:33:50.123456Z", BERLIN, datetime(2026, 8, 9, 2, 33, 50, 123456, tzinfo=UTC)),
        ("2026-08-09T02:33:50+02:00", None, datetime(2026, 8, 9, 0, 33, 50, tzinfo=UTC)),
        ("2026-08-09", None, None),
        ("soon", BERLIN, None),
        ("", BERLIN, None),
        (None, BERLIN, None),
    ],
)
def test_when_a_time_comes_then_it_counts_in_the_zone_it_names_else_in_the_servers(
    raw: str | None, zone: tzinfo | None, read: datetime | None
) -> None:
    assert server_time(raw, zone) == read


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("14235550142", "+14235550142"),
        ("+14235550142", "+14235550142"),
        ("0049199123456789", "+49199123456789"),
        ("4512345678", "+4512345678"),  # ten digits of Denmark, not of North America
        ("08912345678", None),
        ("72345", None),
        ("anonymous", None),
        ("", None),
        (None, None),
    ],
)
def test_when_a_number_comes_then_it_starts_with_its_country(raw: str | None, number: str | None) -> None:
    assert our_number(raw) == number


async def test_when_a_callback_comes_from_no_number_then_it_is_shown_as_it_is(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(records(row("event_callback.json", Sender="anonymous")))

    assert (await provider.read_acd_event(EVENT)).sender == "anonymous"


@pytest.mark.parametrize("number", [3, 5, -4, 1000])
async def test_when_a_kind_or_a_state_is_new_then_its_number_stays(
    provider: Jtel, far_end: FarEnd, number: int
) -> None:
    far_end.will_answer(records(row("event_callback.json", AcdEventTypesID=8, AcdEventStatusID=number)))

    event = await provider.read_acd_event(EVENT)

    assert (event.kind, event.kind_id) == (AcdEventKind.UNKNOWN, 8)
    assert (event.status, event.status_id) == (AcdEventStatus.UNKNOWN, number)


async def test_when_an_event_says_nothing_of_itself_then_it_is_known_by_its_number(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(records({"ID": 7}))

    event = await provider.read_acd_event(EVENT)

    assert (event.id, event.kind_id, event.status_id) == (7, NOT_SAID, NOT_SAID)
    assert (event.group, event.agent, event.created_at, event.data) == (None, None, None, "")


async def test_when_a_row_is_odd_then_the_others_are_listed_and_the_log_counts_it(
    provider: Jtel, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    good = row("event_callback.json")
    far_end.will_answer(records({"ID": None}, "words", good, {"ID": "a"}, None))

    assert await everything(provider.list_acd_events()) == [CALLBACK]
    assert caplog.text.count("is left out") == 4


async def test_when_there_are_no_events_then_the_list_is_empty(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(records())

    assert await everything(provider.list_acd_events()) == []


async def test_when_words_have_no_label_then_their_number_is_shown(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(records({"ID": 99, "ShortText": None}, {"ID": 42, "ShortText": "Parked"}))

    assert await provider.list_event_states() == [
        AcdWord(99, "99", AcdEventStatus.DONE),
        AcdWord(42, "Parked", AcdEventStatus.UNKNOWN),
    ]
