"""Queueing at jtel: what is its own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UsageError
from bot.model import Number
from bot.providers.jtel import Jtel
from bot.providers.jtel.asking import one_line, plain
from bot.providers.jtel.callbacks import appointment, callback_body, ticket_body
from tests.providers.cases.jtel.callbacks import CALL, OPENED
from tests.providers.cases.jtel.common import BERLIN
from tests.providers.far_end import FarEnd
from tests.providers.test_jtel.conftest import records, row


@pytest.mark.parametrize(
    ("due_at", "date", "time"),
    [
        (datetime(2026, 3, 2, 12, 30, tzinfo=UTC), "2026-03-02", "13:30"),
        (datetime(2026, 7, 2, 12, 30, tzinfo=UTC), "2026-07-02", "14:30"),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "2026-03-03", "00:30"),
        (datetime(2026, 3, 2, 12, 30, 0, 1, tzinfo=UTC), "2026-03-02", "13:31"),
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), "2027-01-01", "00:00"),
        (datetime(2026, 3, 2, 7, 30, tzinfo=ZoneInfo("America/New_York")), "2026-03-02", "13:30"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29", "03:00"),
        (datetime(2026, 10, 24, 23, 59, tzinfo=UTC), "2026-10-25", "01:59"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "2026-10-25", "03:00"),
    ],
)
def test_when_a_time_is_told_then_it_is_the_servers_and_not_early(due_at: datetime, date: str, time: str) -> None:
    assert appointment(due_at, BERLIN) == {"dtAppointmentDate": date, "dtAppointmentTime": time}


def test_when_the_servers_zone_is_not_known_then_a_time_is_refused_and_now_is_not() -> None:
    with pytest.raises(UsageError, match="JTEL_TIME_ZONE"):
        callback_body(CALL, None)
    with pytest.raises(UsageError, match="JTEL_TIME_ZONE"):
        ticket_body(replace(OPENED, due_at=CALL.due_at), None)

    assert "dtAppointmentDate" not in callback_body(replace(CALL, due_at=None), None)


def test_when_it_is_only_checked_then_it_is_refused_for_the_same_and_nobody_is_asked(
    provider: Jtel, far_end: FarEnd
) -> None:
    provider.check_callback(CALL)

    for impossible in (
        replace(CALL, priority=201),
        replace(CALL, subject=" "),
        replace(CALL, contact=Number("72345")),
    ):
        with pytest.raises(UsageError):
            provider.check_callback(impossible)
    assert far_end.heard == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<script>alert(1)</script>", "‹script›alert(1)‹/script›"),
        ("a\nb\r\nc\rd", "a\r\nb\r\nc\r\nd"),
        ("\x00\x1b[31mred\x07", "[31mred"),
        ("  Grüße 👋  \n\n", "Grüße 👋"),
        ("R&D", "R&D"),
    ],
)
def test_when_a_contact_wrote_it_then_nothing_in_it_is_mark_up(words: str, shown: str) -> None:
    body = callback_body(replace(CALL, body=words), BERLIN)

    assert body["Body"] == plain(words) == shown
    assert one_line(words) == " ".join(shown.split())


def test_when_there_are_no_words_for_the_agent_then_none_are_sent() -> None:
    body = callback_body(replace(CALL, body=" \n", link="", priority=None, receiver=None), BERLIN)

    assert not {"Body", "CrmURL", "nPriority", "Receiver", "UsersID"} & body.keys()


def test_when_a_ticket_comes_from_a_number_then_it_goes_without_its_plus() -> None:
    body = ticket_body(replace(OPENED, sender="+14235550142", receiver="+14235550100", priority=0), BERLIN)

    assert (body["Sender"], body["Receiver"], body["nPriority"]) == ("14235550142", "14235550100", 0)


@pytest.mark.parametrize(
    ("more", "updated"),
    [({"Result_": "UPDATED"}, True), ({"Result_": "CREATED"}, False), ({"Result_": None}, False), ({}, False)],
)
async def test_when_the_event_was_there_before_then_the_answer_says_so(
    provider: Jtel, far_end: FarEnd, more: dict[str, object], updated: bool
) -> None:
    far_end.will_answer(records(row("event_callback.json", **more)))

    assert (await provider.queue_callback(CALL)).updated is updated
    assert json.loads(far_end.heard[0].body)["UserData"] == CALL.data
