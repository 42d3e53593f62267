"""Additional fields: each kind has its own place for a value."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.errors import FieldRefused
from bot.model import AdditionalField
from bot.providers.asms.direct.fields import filled_fields
from tests.providers.cases.asms_direct.common import LIMA

NOON = 1772452800000  # 2026-03-02 12:00 UTC


def definition(kind: str, **more: object) -> Mapping[str, object]:
    return {"fieldId": 317, "name": "Flat", "fieldTypeName": kind, "mandatory": False, **more}


@pytest.mark.parametrize(
    ("kind", "words", "place", "value"),
    [
        ("ShortText", " 4B ", "stringValue", "4B"),
        ("LongText", "two\nlines", "stringValue", "two\nlines"),
        ("Numeric", "12", "intValue", 12),
        ("Decimal", "12.5", "floatValue", 12.5),
        ("CheckBox", "Yes", "boolValue", True),
        ("CheckBox", "no", "boolValue", False),
        ("Datetime", "2026-03-02T07:00", "dateValue", NOON),
        ("Date", "2026-03-02T12:00Z", "dateValue", NOON),
        ("Numeric", "", "intValue", None),
    ],
)
def test_when_a_value_fits_its_kind_then_it_stands_in_its_place(
    kind: str, words: str, place: str, value: object
) -> None:
    (sent,) = filled_fields([definition(kind)], [AdditionalField("317", (words,))], LIMA)

    assert (sent[place], sent["fieldId"], sent["name"]) == (value, 317, "Flat")


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("Numeric", ("a dozen",), "wrong_value"),
        ("Decimal", ("NaN",), "wrong_value"),
        ("CheckBox", ("perhaps",), "wrong_value"),
        ("Datetime", ("tomorrow",), "wrong_value"),
        ("ShortText", ("4B", "4C"), "several_values"),
        ("List", ("First",), "no_plain_value"),
        ("", ("4B",), "no_plain_value"),
    ],
)
def test_when_a_value_does_not_fit_then_the_field_is_named(kind: str, values: tuple[str, ...], code: str) -> None:
    with pytest.raises(FieldRefused) as caught:
        filled_fields([definition(kind)], [AdditionalField("317", values)], LIMA)

    assert (caught.value.code, caught.value.field) == (code, "317")
    assert "“Flat”" in str(caught.value)


def test_when_a_field_must_be_there_then_it_is_sent_as_it_is_and_others_are_left() -> None:
    kept = definition("List", mandatory=True, stringValue="First", intValue=7)
    others = [definition("ShortText", fieldId=318, stringValue="x"), {"fieldId": "odd"}, "odd"]

    (sent,) = filled_fields([kept, *others], [], None)

    assert (sent["fieldId"], sent["stringValue"], sent["intValue"]) == (317, "First", 7)
