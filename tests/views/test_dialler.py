"""The dialler's campaigns, contacts and calls in words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.model import (
    Campaign,
    CampaignId,
    DiallerCall,
    DiallerContact,
    DiallerContactId,
    Number,
    ResultCode,
    ResultKind,
)
from bot.views.answers import Answer, Item, answer
from bot.views.dialler import (
    call_line,
    campaign_about,
    campaign_words,
    contact_about,
    contact_card,
    contact_words,
    result_line,
)
from tests.views.check_blocks import check_post
from tests.views.test_thread import HOSTILE

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
ANA = DiallerContact(
    id=DiallerContactId(5),
    campaign=CampaignId(538),
    name="Ruiz",
    first_name="Ana",
    company="Ruiz & Co",
    numbers=(Number("+14155550134"), Number("+4930901820")),
    data="crm-1",
    link="https://crm.example.com/1",
    comment="Ask first",
    next_try_at=AT,
    fields={"PostalCode": "10115", "City": "Berlin"},
)
BARE = DiallerContact(id=DiallerContactId(6), campaign=None, name="")


def test_campaign_is_called_by_name_and_id_and_its_key_is_shown() -> None:
    assert campaign_words(Campaign(CampaignId(538), "Spring", "crm-7")) == "Spring (#538) · key crm-7"
    assert campaign_words(Campaign(CampaignId(538), "Spring")) == "Spring (#538)"
    assert campaign_about(Campaign(CampaignId(538), "")) == "Without a name (#538)"


@pytest.mark.parametrize("kind", list(ResultKind))
def test_every_kind_of_result_says_what_it_means(kind: ResultKind) -> None:
    label, _, means = result_line(ResultCode(1, "Busy", kind)).partition(" · ")

    assert label == "Busy"
    assert means


def test_contact_in_a_list_has_numbers_key_and_next_call_in_the_readers_zone() -> None:
    assert contact_words(ANA, "Spring (#538)", BERLIN) == (
        "Ana Ruiz (#5) · Ruiz & Co · Spring (#538)\n"
        "+1 415 555 0134, +49 30 901820\n"
        "data:crm-1 · next call 04 Mar 2026, 15:30"
    )


def test_contact_card_has_everything_that_is_shown() -> None:
    below = contact_card(ANA, "", "Busy", UTC).splitlines()[3:]

    assert below == [
        "Last result: Busy",
        "https://crm.example.com/1",
        "Postal code: 10115",
        "City: Berlin",
        "Ask first",
    ]


def test_what_a_contact_does_not_have_leaves_no_gap() -> None:
    assert contact_about(BARE) == "Without a name (#6)"
    assert contact_card(BARE, "", "", UTC) == "Without a name (#6)"


@pytest.mark.parametrize(
    ("call", "whose", "line"),
    [
        (DiallerCall(None, AT, outbound=True, result="Busy"), "", "We called 04 Mar 2026, 15:30 · Busy"),
        (
            DiallerCall(None, AT, outbound=False, result=""),
            "Ana (#5)",
            "They called 04 Mar 2026, 15:30 · Ana (#5)",
        ),
        (DiallerCall(None, None, outbound=None, result=""), "", "A call at a time that is not known"),
    ],
)
def test_call_says_which_way_when_and_how_it_ended(call: DiallerCall, whose: str, line: str) -> None:
    assert call_line(call, whose, BERLIN) == line


@pytest.mark.parametrize("words", HOSTILE)
def test_what_others_wrote_is_shown_in_blocks_that_slack_takes(words: str) -> None:
    contact = DiallerContact(DiallerContactId(7), None, words, words, words, data=words, comment=words)

    check_post(answer(Answer(contact_about(contact), (Item(contact_card(contact, words, words, UTC)),)), ""))
