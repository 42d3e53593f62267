"""What the rows of a file mean for a line's contacts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import UsageError
from bot.flows.imports.plan import Known, Plan, plan
from bot.flows.imports.sheet import read_sheet
from bot.grammar import Context
from bot.model import ContactChange, FieldId, FieldValue, GroupId, Number, TagId

ANA, OMAR = Number("+14155550134"), Number("+14155550177")
TOWN, CODE = FieldId("f-town"), FieldId("f-code")
KNOWN = Known(
    tags={"vip": TagId("t1"), "second lead": TagId("t2")},
    groups={"gold": GroupId("12"), "12": GroupId("12")},
    fields={"town": TOWN, "postal code": CODE, "name": FieldId("f-name")},
    contacts={ANA: (FieldValue(TOWN, "Bath"), FieldValue(CODE, "1"))},
)
CONTEXT = Context("US", UTC, datetime(2026, 11, 22, tzinfo=UTC))


def planned(text: str) -> Plan:
    return plan(read_sheet(text.encode()), KNOWN, CONTEXT)


def changes(text: str) -> dict[Number, ContactChange]:
    return {row.number: row.change for row in planned(text).rows}


def test_every_column_is_read() -> None:
    found = changes(
        "Phone Number,First name,Last_Name,Display name,Notes,Tags,Group,Is blocked,archived,Suppressed,"
        "Suppressed reason,RESOLVED,Town\n"
        '(415) 555-0177,Omar,Aziz,Omar A.,likes tea,"VIP; second lead",gold,no,YES,1,moved,false,York\n'
    )

    assert found == {
        OMAR: ContactChange(
            first_name="Omar",
            last_name="Aziz",
            display_name="Omar A.",
            note="likes tea",
            tags=(TagId("t1"), TagId("t2")),
            groups=(GroupId("12"),),
            blocked=False,
            archived=True,
            suppressed=True,
            suppressed_reason="moved",
            resolved=False,
            fields=(FieldValue(TOWN, "York"),),
        )
    }


def test_empty_cells_change_nothing() -> None:
    assert changes("Number,Name,Note,Tags,Blocked,Town\n4155550177,,,,,\n") == {OMAR: ContactChange()}


def test_custom_field_leaves_the_others_of_the_contact() -> None:
    (change,) = changes("Number,Town\n4155550134,York\n").values()

    assert change.fields == (FieldValue(TOWN, "York"), FieldValue(CODE, "1"))


def test_field_that_is_called_like_a_column_is_meant_by_its_prefix() -> None:
    (change,) = changes("Number,Name,field:name\n4155550177,Omar,x\n").values()

    assert (change.display_name, change.fields) == ("Omar", (FieldValue(FieldId("f-name"), "x"),))


def test_columns_without_a_meaning_are_left_out_and_named() -> None:
    made = planned("Number,Shoe size,,Town\n4155550177,42,x,York\n")

    assert made.left_out == ("Shoe size",)
    assert len(made.rows) == 1


def test_new_contacts_are_told_from_known_ones() -> None:
    assert planned("Number\n4155550134\n4155550177\n+442071838750\n").new == 2


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("415555,,", "too short"),
        (",Ann,", "number"),
        ("4155550177,,perhaps", "blocked is yes or no."),
        ("4155550177,silver,", "No tag is called “silver”."),
        ("4155550177,,,x", "It has more cells than the first row names columns."),
        ("(415) 555-0134,,", "Row 2 has the same number."),
    ],
)
def test_row_that_cannot_be_is_told_and_the_others_go(cells: str, why: str) -> None:
    made = planned(f"Number,Tags,Blocked\n4155550134,,\n{cells}\n")

    assert [row.number for row in made.rows] == [ANA]
    (failed,) = made.failed
    assert failed.place == 3
    assert why in failed.why


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Name,Note", "No column is called Number."),
        ("Number,Mobile", "The columns “Number” and “Mobile” mean the same: leave one out."),
        ("Number,Town,field:Town", "The columns “Town” and “field:Town” mean the same: leave one out."),
    ],
)
def test_columns_that_cannot_be_told_apart_are_said(header: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        planned(f"{header}\n4155550177,x,y\n")
