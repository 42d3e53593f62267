"""Tickets at Aranda: searches that are cut, histories in two shapes, times without a zone, odd rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UsageError
from bot.model import (
    AdditionalField,
    Compare,
    Condition,
    NoteScope,
    Search,
    TicketChange,
    TicketKind,
    TicketRole,
    TicketStep,
)
from bot.providers.asms import Asms
from bot.providers.asms.asking import FieldKind, search_body
from bot.providers.asms.history import read_steps
from bot.providers.asms.ticket_reading import read_ticket_row
from bot.providers.asms.tickets import FIELDS, change_body, note, ticket_body
from tests.providers.cases.asms import ASMS
from tests.providers.cases.asms.common import INSTANCE_URL, LIMA, aranda
from tests.providers.cases.asms.ticket_values import CODE, MARKER, MOVED, REQUEST, SEARCH, TICKET
from tests.providers.cases.common import KEY
from tests.providers.far_end import FarEnd
from tests.providers.test_asms.conftest import as_json, changed, response

HERE = datetime(2026, 3, 2, 15, 20, tzinfo=UTC)


async def test_when_anything_is_asked_then_the_token_and_the_instance_go_with_it(
    provider: Asms, far_end: FarEnd
) -> None:
    far_end.will_answer(aranda("ticket.json"))

    await provider.read_ticket(CODE)

    headers = far_end.heard[0].headers
    assert (headers["tokenasms"], headers["urlasms"]) == (KEY, INSTANCE_URL)
    assert headers["accept"] == "application/json"
    assert "authorization" not in headers


async def test_when_a_search_brings_a_full_list_then_there_may_be_more(provider: Asms, far_end: FarEnd) -> None:
    row: dict[str, object] = json.loads(aranda("tickets.json").body)[0]

    for count, cut in ((1, False), (19, False), (20, True), (21, False), (49, False), (50, True), (51, True)):
        far_end.will_answer(as_json([row] * count))
        assert (await provider.find_tickets(SEARCH)).cut is cut


async def test_when_a_row_is_odd_then_it_is_left_out_and_still_counts(
    provider: Asms, far_end: FarEnd, loud: pytest.LogCaptureFixture
) -> None:
    row: dict[str, object] = json.loads(aranda("tickets.json").body)[0]
    far_end.will_answer(as_json([*[row] * 47, {**row, "idByProject": None}, "RF-300", {**row, "subject": [1]}]))

    found = await provider.find_tickets(SEARCH)

    assert (len(found.rows), found.cut) == (47, True)
    assert "3 rows" in loud.text


async def test_when_the_outcome_is_unknown_then_the_marker_can_be_searched_for(
    provider: Asms, far_end: FarEnd
) -> None:
    far_end.will_answer(aranda("tickets.json"))
    by_marker = Search((Condition("Description", Compare.LIKE, MARKER),))

    await provider.find_tickets(by_marker)

    assert json.loads(far_end.heard[0].body)["filters"] == [
        {"field": "Description", "operator": "Like", "value": MARKER}
    ]
    assert str(ticket_body(REQUEST)["description"]).endswith(f"<br>{MARKER}")


@pytest.mark.parametrize(
    ("typed", "zone", "sent"),
    [
        ("2026-03-02T05:00:00+00:00", ZoneInfo("America/Bogota"), "2026-03-02T00:00:00"),
        ("2026-03-02T05:00:00+00:00", None, "2026-03-02T05:00:00+00:00"),
        ("2026-03-02", ZoneInfo("America/Bogota"), "2026-03-02"),
    ],
)
def test_when_a_moment_is_searched_for_then_it_is_in_the_zone_of_the_instance(
    typed: str, zone: ZoneInfo | None, sent: str
) -> None:
    body: Any = search_body(Search((Condition("OpenedDate", Compare.ABOVE, typed),)), FIELDS, zone)

    assert body["filters"][0]["value"] == sent


def test_when_the_fields_are_counted_then_all_of_theirs_can_be_searched() -> None:
    schema: Any = ASMS.spec.document["paths"]["/asms/case/list"]["post"]["requestBody"]["content"]
    filters = schema["application/json"]["schema"]["properties"]["filters"]["items"]["properties"]

    assert set(FIELDS) == set(filters["field"]["enum"])
    assert set(filters["operator"]["enum"]) == {
        operator
        for compare in Compare
        for kind in FieldKind
        for operator in _operators(next(name for name, each in FIELDS.items() if each is kind), compare)
    }


def _operators(field: str, compare: Compare) -> list[str]:
    value = "2026-03-02" if FIELDS[field] is FieldKind.DATE else "1"
    try:
        body: Any = search_body(Search((Condition(field, compare, value),)), FIELDS, None)
    except UsageError:
        return []
    return [each["operator"] for each in body["filters"]]


def test_when_a_state_is_asked_for_then_it_goes_along() -> None:
    assert ticket_body(replace(REQUEST, roles={TicketRole.STATE: 1}))["stateId"] == 1


def test_when_every_role_is_set_then_each_has_its_name() -> None:
    content: Any = ASMS.spec.document["paths"]["/asms/case/{ticketId}"]["put"]["requestBody"]["content"]
    known = {name for name in content["application/json"]["schema"]["properties"] if name.endswith("Id")}
    roles: dict[TicketRole, int] = {role: 1 for role in TicketRole if role is not TicketRole.PROJECT}

    assert set(change_body(TicketChange(roles=roles))) == known


@pytest.mark.parametrize(("length", "fits"), [(1, True), (254, True), (255, False)])
def test_when_a_note_is_written_then_it_has_254_characters_at_the_most(length: int, fits: bool) -> None:
    if fits:
        assert note(f" {'é' * length} ") == "é" * length
    else:
        with pytest.raises(UsageError, match="254"):
            note("é" * length)


@pytest.mark.parametrize(
    ("zone", "opened", "expected"),
    [
        (LIMA, "2026-03-02T10:20:00", HERE),
        (LIMA, "2026-03-02T15:20:00Z", HERE),
        (None, "2026-03-02T10:20:00", None),
        (None, "2026-03-02T15:20:00Z", HERE),
        (None, "2026-03-02T10:20:00-05:00", HERE),
        (LIMA, "0001-01-01T00:00:00", None),
        (LIMA, "yesterday", None),
    ],
)
def test_when_a_time_names_no_zone_then_it_is_the_instances_or_left_out(
    zone: tzinfo | None, opened: str, expected: datetime | None
) -> None:
    found = read_ticket_row(changed("ticket.json", openedDate=opened), zone)

    assert found is not None
    assert found.opened_at == expected


@pytest.mark.parametrize(
    ("word", "number", "kind"),
    [
        ("Incidents", None, TicketKind.INCIDENT),
        ("service call", None, TicketKind.SERVICE_CALL),
        ("Requerimientos", 4, TicketKind.SERVICE_CALL),
        (None, 1, TicketKind.INCIDENT),
        ("Liberaciones", 13, TicketKind.RELEASE),
        ("Otro", 99, TicketKind.UNKNOWN),
        (None, None, TicketKind.UNKNOWN),
    ],
)
def test_when_a_kind_is_named_in_any_language_then_its_number_helps(
    word: str | None, number: int | None, kind: TicketKind
) -> None:
    found = read_ticket_row(changed("ticket.json", itemTypeName=word, itemTypeId=number), LIMA)

    assert found is not None
    assert found.kind is kind


def test_when_one_part_of_a_ticket_is_odd_then_the_rest_is_read() -> None:
    odd = changed(
        "ticket.json", groupId="none", attachments=[{"id": None}, "x", {"id": 902, "name": "boiler.jpg"}]
    )

    found = read_ticket_row(odd, LIMA)

    assert found is not None
    assert TicketRole.GROUP not in found.roles
    assert found.files == TICKET.files


@pytest.mark.parametrize(
    ("details", "values"),
    [
        ([{"id": 1, "value": "Red"}, {"id": 2, "value": "Blue"}], ("Red", "Blue")),
        ({"id": 1, "value": "Red"}, ("Red",)),
        ({"id": None, "value": None}, ("1", "2")),
        ([], ("1", "2")),
        (None, ("1", "2")),
        ("odd", ("1", "2")),
    ],
)
def test_when_an_additional_field_is_a_list_then_people_read_its_words(
    details: object, values: tuple[str, ...]
) -> None:
    field = {"fieldId": 317, "nameField": "Color", "values": ["1", None, "2"], "valueDetails": details}

    found = read_ticket_row(changed("ticket.json", additionalFields=[field]), LIMA)

    assert found is not None
    assert found.additional == (AdditionalField("317", values, "Color"),)


# --- History ----------------------------------------------------------------------------------------------


def steps(notes: NoteScope, *rows: dict[str, object]) -> tuple[TicketStep, ...]:
    """What a history says."""
    return read_steps(response(json.dumps(rows).encode()), notes, None)


def test_when_what_changed_is_nested_then_each_change_is_a_step() -> None:
    change = {"fieldName": "State", "oldValue": "Open", "newValue": "In progress"}
    row: dict[str, object] = {
        "actionId": "Modified",
        "actionName": "Modified",
        "authorName": "M. Torres",
        "created": "2026-03-02T16:00:00Z",
        "detail": [
            change,
            {**change, "fieldName": "Group", "oldValue": None, "newValue": "<b>Plumbers</b>"},
            "odd",
        ],
    }

    assert steps(NoteScope.NONE, row) == (MOVED, replace(MOVED, field="Group", old="", new="Plumbers"))


def test_when_a_ticket_was_related_then_the_other_is_named() -> None:
    (step,) = steps(NoteScope.NONE, {"actionId": "AddedRelated", "relatedItemId": "RF-150"})

    assert (step.action, step.new, step.at) == ("AddedRelated", "RF-150", None)


@pytest.mark.parametrize("newest_first", [True, False])
def test_when_steps_are_of_one_second_then_they_keep_their_order(newest_first: bool) -> None:
    seconds = ("05", "05", "06", "06")
    rows: list[dict[str, object]] = [
        {"actionId": str(number), "created": f"2026-03-02T16:00:{second}Z"}
        for number, second in enumerate(seconds)
    ]

    found = steps(NoteScope.NONE, *(rows[::-1] if newest_first else rows))

    assert [step.action for step in found] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("notes", "said", "private"),
    [
        (NoteScope.ALL, "Private", [True]),
        (NoteScope.ALL, "private ", [True]),
        (NoteScope.ALL, "Public", [False]),
        (NoteScope.ALL, None, [True]),
        (NoteScope.PUBLIC, "Public", [False]),
        (NoteScope.PUBLIC, None, [False]),
        (NoteScope.PUBLIC, "Private", []),
        (NoteScope.NONE, None, []),
    ],
)
def test_when_nothing_says_that_a_note_is_public_then_it_stays_in_the_team(
    notes: NoteScope, said: str | None, private: list[bool]
) -> None:
    found = steps(notes, {"actionId": "Note", "newValue": "after six", "noteType": said})

    assert [step.private for step in found] == private
