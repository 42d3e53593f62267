"""What waits in queues, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.model import AcdEvent, AcdEventId, AcdEventKind, AcdEventStatus, AcdWord, AgentGroup, AgentGroupId
from bot.views.answers import Answer, Item, answer
from bot.views.queues import agent_group_about, event_about, event_state, event_words, word_line
from tests.views.check_blocks import check_post
from tests.views.test_thread import HOSTILE

AT = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
CALLBACK = AcdEvent(
    id=AcdEventId(2039),
    kind=AcdEventKind.CALLBACK,
    kind_id=3,
    status=AcdEventStatus.WAITING,
    status_id=1,
    group=AgentGroupId(235),
    agent=None,
    sender="+14155550134",
    subject="Wants an offer",
    data="ours",
    created_at=AT,
    changed_at=None,
)


def test_event_says_for_whom_how_far_and_who_takes_it() -> None:
    assert event_words(CALLBACK, "Support", "kim", ZoneInfo("Europe/Berlin")) == (
        "Callback #2039 · +1 415 555 0134 · waiting for an agent\n"
        "Wants an offer\n"
        "group Support · agent kim · queued 04 Mar 2026, 15:30"
    )


def test_what_is_not_said_of_an_event_leaves_no_gap() -> None:
    bare = replace(CALLBACK, sender="", subject="", created_at=None)

    assert event_words(bare, "", "", UTC) == "Callback #2039 · waiting for an agent"


def test_event_that_is_no_callback_says_what_it_is() -> None:
    assert event_about(replace(CALLBACK, kind=AcdEventKind.TICKET)) == "Ticket #2039"
    assert event_about(replace(CALLBACK, kind=AcdEventKind.UNKNOWN)) == "Event #2039"


@pytest.mark.parametrize(("number", "said"), [(55, "state 55"), (-1, "in a state that is not said")])
def test_state_that_is_new_to_us_is_shown_by_its_number(number: int, said: str) -> None:
    assert event_state(replace(CALLBACK, status=AcdEventStatus.UNKNOWN, status_id=number)) == said


def test_words_of_the_contact_centre_say_what_they_mean() -> None:
    assert word_line(AcdWord(6, "WorkFlowConnector", AcdEventKind.TICKET)) == "6 · WorkFlowConnector · ticket"
    assert agent_group_about(AgentGroup(AgentGroupId(235), "")) == "Without a name (#235)"


@pytest.mark.parametrize("words", HOSTILE)
def test_what_others_wrote_is_shown_in_blocks_that_slack_takes(words: str) -> None:
    event = replace(CALLBACK, sender=words, subject=words)

    check_post(answer(Answer("Callbacks", (Item(event_words(event, words, words, UTC)),)), ""))
