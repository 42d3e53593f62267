"""Contacts at Text Request: what is its own, beside the contract."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Rejected
from bot.model import ContactChange, ContactFilter, FieldId, FieldValue, GroupId, Number, Span, TagId
from bot.providers.textrequest import TextRequest
from bot.providers.textrequest.contacts import matches, within
from tests.providers.case import everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.textrequest import TR_LINE, tr
from tests.providers.cases.textrequest.contacts import ANA, BEN, CHANGES, EVERY_FILTER, FIELD, GROUP, TAG
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import changed, page, rows

AT = datetime(2026, 3, 2, 15, 3, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("which", "ana", "ben"),
    [
        (ContactFilter(), True, True),
        (EVERY_FILTER, True, False),
        (ContactFilter(number=CONTACT), True, False),
        (ContactFilter(resolved=True), False, True),
        (ContactFilter(resolved=False), True, False),
        (ContactFilter(blocked=True), False, True),
        (ContactFilter(archived=True), False, False),
        (ContactFilter(suppressed=True), False, True),
        (ContactFilter(opted_out=True), False, True),
        (ContactFilter(opted_out=False), True, False),
        (ContactFilter(has_texts=True), True, False),
        (ContactFilter(has_texts=False), False, True),
        (ContactFilter(created=Span(before=AT - timedelta(days=50))), True, False),
        (ContactFilter(last_in=Span(after=AT)), True, False),
        (ContactFilter(last_in=Span(after=AT + A_SECOND)), False, False),
        (ContactFilter(last_out=Span(before=AT)), True, False),
        (ContactFilter(last_text=Span(after=AT)), True, False),
        (ContactFilter(tags=(TAG, TagId("another"))), True, False),
        (ContactFilter(tags=(TagId("another"),)), False, False),
        (ContactFilter(groups=(GroupId("7"), GROUP)), True, False),
        (ContactFilter(fields=(FIELD,)), True, False),
        (ContactFilter(fields=(FIELD, FieldValue(FieldId("other"), "x"))), False, False),
    ],
)
async def test_when_they_ignore_a_filter_then_it_is_applied_here(
    provider: TextRequest, far_end: FarEnd, which: ContactFilter, ana: bool, ben: bool
) -> None:
    far_end.will_answer(tr("contacts.json"))

    found = await everything(provider.list_contacts(TR_LINE, which))

    assert found == [contact for contact, wanted in ((ANA, ana), (BEN, ben)) if wanted]


def test_when_one_flag_is_another_then_it_does_not_match() -> None:
    assert matches(ANA, EVERY_FILTER)

    for other in (
        replace(EVERY_FILTER, resolved=True),
        replace(EVERY_FILTER, blocked=True),
        replace(EVERY_FILTER, archived=True),
        replace(EVERY_FILTER, suppressed=True),
        replace(EVERY_FILTER, opted_out=True),
        replace(EVERY_FILTER, has_texts=False),
    ):
        assert not matches(ANA, other)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [(AT - A_SECOND, False), (AT, True), (AT + A_SECOND, True), (AT + 2 * A_SECOND, False), (None, False)],
)
def test_when_a_span_has_bounds_then_both_are_inside(moment: datetime | None, inside: bool) -> None:
    assert within(moment, Span(AT, AT + A_SECOND)) is inside
    assert within(moment, Span())


async def test_when_a_bound_is_in_another_zone_then_it_is_asked_for_in_utc(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(page([], 0))
    midnight = datetime.fromisoformat("2026-03-02T00:00:00+02:00")

    await everything(provider.list_contacts(TR_LINE, ContactFilter(created=Span(after=midnight))))

    assert far_end.heard[0].query["contact_created_after"] == "2026-03-01T22:00:00Z"


async def test_when_up_to_three_fields_are_wanted_then_each_has_its_number(
    provider: TextRequest, far_end: FarEnd
) -> None:
    fields = tuple(FieldValue(FieldId(f"f{number}"), f"v{number}") for number in (1, 2, 3))
    far_end.will_answer(page([], 0))

    await everything(provider.list_contacts(TR_LINE, ContactFilter(fields=fields)))

    for number in ("1", "2", "3"):
        assert far_end.heard[0].query[f"custom_field_id_{number}"] == f"f{number}"
        assert far_end.heard[0].query[f"custom_field_value_{number}"] == f"v{number}"


@pytest.mark.parametrize(
    ("change", "body"),
    [
        (ContactChange(), {}),
        (ContactChange(first_name="", note=""), {"first_name": "", "note": ""}),
        (ContactChange(groups=(), tags=(), fields=()), {"groups": [], "contact_tags": [], "custom_fields": []}),
        (
            ContactChange(suppressed=True, suppressed_reason="Spam", archived=False, blocked=True),
            {"is_suppressed": True, "suppressed_reason": "Spam", "is_archived": False, "is_blocked": True},
        ),
        (ContactChange(last_name="Ruiz"), {"last_name": "Ruiz"}),
    ],
)
async def test_when_a_contact_is_saved_then_only_what_is_set_is_sent(
    provider: TextRequest, far_end: FarEnd, change: ContactChange, body: dict[str, object]
) -> None:
    far_end.will_answer(tr("contact_whole.json"))

    await provider.save_contact(TR_LINE, CONTACT, change)

    assert json.loads(far_end.heard[0].body) == body


async def test_when_a_contact_has_texts_then_it_says_what_to_do_instead(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(400))

    with pytest.raises(Rejected, match="Archive or block"):
        await provider.delete_contact(TR_LINE, CONTACT)


@pytest.mark.parametrize("flag", [1, "1", "true", True])
async def test_when_a_flag_comes_as_a_number_or_a_word_then_it_is_read(
    provider: TextRequest, far_end: FarEnd, flag: object
) -> None:
    far_end.will_answer(changed("contact_whole.json", is_blocked=flag, is_resolved=None, is_archived=""))

    contact = await provider.read_contact(TR_LINE, CONTACT)

    assert (contact.blocked, contact.resolved, contact.archived) == (True, False, False)


async def test_when_ten_thousand_contacts_are_read_then_none_is_held(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(*[page([{"phone_number": f"1423555{n:04}"}] * 1000, 10_000, size=1000) for n in range(10)])
    blocks: list[int] = []  # of memory
    count = 0

    async for _ in provider.list_contacts(TR_LINE, ContactFilter()):
        count += 1
        if count in (1000, 10_000):
            gc.collect()
            blocks.append(sys.getallocatedblocks())

    assert count == 10_000
    assert blocks[1] - blocks[0] < 9_000  # a contact that is held is two at the least


async def test_when_nobody_is_imported_then_nothing_is_asked(provider: TextRequest, far_end: FarEnd) -> None:
    assert await provider.import_contacts(TR_LINE, {}) == ()
    assert far_end.heard == []


async def test_when_a_thousand_are_imported_then_it_takes_ten_calls(
    provider: TextRequest, far_end: FarEnd
) -> None:
    changes = {Number(f"+1423555{number:04}"): ContactChange(blocked=True) for number in range(1000)}
    numbers, size = list(changes), provider.contacts_per_call
    parts = [numbers[start : start + size] for start in range(0, len(numbers), size)]
    far_end.will_answer(
        *[Answer(200, json.dumps([{"phone_number": each} for each in part]).encode()) for part in parts]
    )

    confirmed: list[Number] = []
    for part in parts:
        imported = await provider.import_contacts(TR_LINE, {number: changes[number] for number in part})
        confirmed += [contact.number for contact in imported]

    assert confirmed == numbers
    assert len(far_end.heard) == 10


async def test_when_an_import_confirms_some_then_only_they_come_back(
    provider: TextRequest, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ = rows("contacts.json")
    far_end.will_answer(Answer(200, json.dumps([ana, {"phone_number": None}, "ben"]).encode()))

    assert await provider.import_contacts(TR_LINE, CHANGES) == (ANA,)
    assert caplog.messages == ["textrequest: a row of a list cannot be read and is left out"]
