"""What may come as null, as "", as a number or as its text."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bot.http import Amount, Count, Flag, Id, Unreadable, Wire


class Odd(Wire):
    """A row of somebody who does not care for types."""

    count: Count = None
    flag: Flag = None
    amount: Amount = None
    id: Id | None = None


@pytest.mark.parametrize("nothing", [None, "", "  "])
@pytest.mark.parametrize("field", ["count", "flag", "amount"])
def test_when_nothing_stands_there_then_it_is_none(field: str, nothing: object) -> None:
    assert Odd.read_fields({field: nothing}) == Odd()


@pytest.mark.parametrize(
    ("field", "sent", "read"),
    [
        ("count", "7", 7),
        ("count", 7, 7),
        ("flag", 0, False),
        ("flag", "1", True),
        ("flag", True, True),
        ("flag", "false", False),
        ("amount", 220.5, Decimal("220.5")),
        ("amount", 0.1, Decimal("0.1")),
        ("amount", "0.0792", Decimal("0.0792")),
        ("amount", 3, Decimal(3)),
        ("id", " a\0b-1\n", "ab-1"),
        ("id", 17, "17"),
        ("id", "x" * 101, ""),
    ],
)
def test_when_a_value_comes_in_any_type_then_it_is_the_same(field: str, sent: object, read: object) -> None:
    assert getattr(Odd.read(json.dumps({field: sent}).encode()), field) == read


@pytest.mark.parametrize(
    ("field", "sent"), [("count", "many"), ("flag", 2), ("amount", "NaN"), ("amount", "1e999999"), ("amount", [])]
)
def test_when_a_value_is_of_another_kind_then_it_is_unreadable_and_not_shown(field: str, sent: object) -> None:
    with pytest.raises(Unreadable, match=field) as caught:
        Odd.read_fields({field: sent})

    assert str(sent) not in str(caught.value)
