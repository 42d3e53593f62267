"""Every field that `/dialler add` and `/dialler update` take is one that the dialler has, under its name there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.flows.commands.dialler.writing import fields_of, their_name
from bot.grammar import Context, parse, verb_of
from bot.grammar.shapes import Key, Kind
from bot.providers.jtel.fields import LENGTHS, field_value, fields_body

COMMAND, UPDATE = verb_of("dialler", "update")
EXAMPLES = {Kind.NUMBER: "+14155550134", Kind.AMOUNT: "12.50", Kind.COUNT: "7"}
FIELDS = [key for key in UPDATE.keys if not key.name.startswith("phone-number")]


def _typed(key: Key) -> str:
    return f"update 5 {key.name}={EXAMPLES.get(key.kind, 'x')}"


@pytest.mark.parametrize("key", FIELDS, ids=lambda key: key.name)
def test_field_that_is_typed_is_one_of_theirs(key: Key) -> None:
    asked = parse(COMMAND, _typed(key), Context("US", UTC, datetime(2026, 3, 4, tzinfo=UTC)))

    ((name, value),) = fields_of(asked).items()

    assert name == their_name(key.name)
    assert field_value(name, value) not in (None, "")


def test_every_field_of_theirs_can_be_typed_but_the_key() -> None:
    typed = {their_name(key.name) for key in FIELDS}

    assert set(LENGTHS) - typed == {"UserData"}
    assert fields_body(dict.fromkeys(typed & set(LENGTHS), "x"))
