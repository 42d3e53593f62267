"""Contacts as people read of them: all that is known, and nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bot.model import (
    Contact,
    CustomField,
    FieldId,
    FieldValue,
    GroupId,
    Number,
    Tag,
    TagId,
)
from bot.views.contacts import Labels, contact_details, contact_words, field_words, tag_words
from tests.views.cases import AT

ANA = Contact(
    number=Number("+14155550134"),
    first_name="Ana",
    last_name="Ruiz",
    display_name="Ana R.",
    note="VIP since May",
    groups=(GroupId("12"), GroupId("13")),
    tags=(TagId("t1"),),
    fields=(FieldValue(FieldId("f1"), "A-1009"), FieldValue(FieldId("f2"), "")),
    suppressed=True,
    suppressed_reason="moved",
    archived=True,
    blocked=True,
    resolved=True,
    opted_out_at=AT,
    created_at=AT,
    first_text_at=AT,
    last_in_at=AT,
    last_out_at=AT + timedelta(hours=1),
    texts_in=9,
    texts_out=1200,
)
BARE = Contact(number=ANA.number)
LABELS = Labels({GroupId("12"): "Gold"}, {TagId("t1"): "lead"}, {FieldId("f1"): "Customer no."})


def test_contact_is_shown_with_everything_that_is_known() -> None:
    assert contact_details(ANA, LABELS, UTC) == (
        "First name: Ana\nLast name: Ruiz\nShown as: Ana R.\nNumber: +1 415 555 0134\nNote: VIP since May",
        "Tags: lead\nGroups: Gold, #13",
        "Customer no.: A-1009",
        "State: blocked · archived · suppressed (moved) · resolved · opted out 22 Nov 2026, 09:30\n"
        "Known since: 22 Nov 2026, 09:30\nFirst text: 22 Nov 2026, 09:30\n"
        "Last text from them: 22 Nov 2026, 09:30\n"
        "Last text to them: 22 Nov 2026, 10:30\nTexts: 9 from them, 1,200 to them",
    )


def test_contact_of_whom_nothing_is_known_is_a_number() -> None:
    assert contact_details(BARE, Labels(), UTC) == ("Number: +1 415 555 0134",)
    assert contact_words(BARE, UTC) == "+1 415 555 0134"


def test_name_that_nobody_sees_or_that_has_no_end_leaves_the_number_to_be_read() -> None:
    assert contact_words(replace(BARE, display_name="\u200b\ufffe"), UTC) == "+1 415 555 0134"
    assert contact_words(replace(BARE, first_name="x" * 9_000), UTC).endswith("xx… · +1 415 555 0134")


def test_contact_in_a_list_is_told_in_short() -> None:
    assert contact_words(replace(ANA, suppressed=False, resolved=False, opted_out_at=None), UTC) == (
        "Ana R. · +1 415 555 0134\nblocked · archived\nLast text 22 Nov 2026, 10:30\nVIP since May"
    )


@pytest.mark.parametrize(("name", "typed"), [("Site", "field:Site=…"), ("Postal code", 'field:"Postal code"=…')])
def test_custom_field_says_how_it_is_typed(name: str, typed: str) -> None:
    assert field_words(CustomField(FieldId("f1"), name)) == f"{name}\n{typed}"


def test_tag_is_told_with_its_colour() -> None:
    assert [tag_words(Tag(TagId("t1"), "lead", colour)) for colour in ("", "#FF8800")] == [
        "lead",
        "lead · #FF8800",
    ]
