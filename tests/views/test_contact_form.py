"""The form for a contact begins with what is known, and changes what differs from it and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.model import Contact, ContactChange, CustomField, FieldId, FieldValue, GroupId, Number, TagId
from bot.sandbox.slack.modals import check_view
from bot.views.contact_form import MOST_CUSTOM, contact_change, contact_form
from bot.views.contacts import Labels
from bot.views.forms import MOST_BLOCKS, Drawn, Opened, Sent, form

TOWN, CODE = FieldId("f-1"), FieldId("f-2")
FIELDS = (CustomField(TOWN, "Town"), CustomField(CODE, "Postal code"))
ANA = Contact(
    number=Number("+14155550134"),
    first_name="Ana",
    note="likes tea",
    groups=(GroupId("12"),),
    tags=(TagId("t1"), TagId("t2")),
    fields=(FieldValue(TOWN, "Bath"), FieldValue(FieldId("f-gone"), "kept")),
    archived=True,
)
OPENED = Opened("form:contact", "0" * 32, "Contact")
AS_IT_IS = {
    "first": ("Ana",),
    "note": ("likes tea",),
    "groups": ("12",),
    "tags": ("t1", "t2"),
    f"field:{TOWN}": ("Bath",),
    "state": ("archived",),
}


def drawn(contact: Contact = ANA) -> Drawn:
    return contact_form(contact, Labels(), FIELDS, "Sales")


def sent(values: Mapping[str, tuple[str, ...]]) -> Sent:
    return Sent(OPENED, "V1", values, drawn())


def begin(element: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands in a field when the form opens."""
    options = element.get("initial_options", ())
    return tuple(option["value"] for option in options) or tuple(filter(None, [element.get("initial_value")]))


def test_form_begins_with_what_is_known() -> None:
    view: Any = form(OPENED, drawn())
    head, *fields = view["blocks"]
    begins = {block["block_id"]: begin(block["element"]) for block in fields}

    assert head["text"]["text"] == "Ana · +1 415 555 0134 on Sales"
    assert {name: values for name, values in begins.items() if values} == AS_IT_IS


def test_form_that_was_not_touched_changes_nothing() -> None:
    assert contact_change(sent(AS_IT_IS), ANA) == ContactChange()


@pytest.mark.parametrize(
    ("name", "values", "change"),
    [
        ("first", ("Anna",), ContactChange(first_name="Anna")),
        ("note", (), ContactChange(note="")),
        ("tags", (), ContactChange(tags=())),
        ("groups", ("12", "13"), ContactChange(groups=(GroupId("12"), GroupId("13")))),
        ("state", ("archived", "blocked"), ContactChange(blocked=True)),
        ("state", (), ContactChange(archived=False)),
    ],
)
def test_what_was_touched_is_changed_alone(name: str, values: tuple[str, ...], change: ContactChange) -> None:
    assert contact_change(sent({**AS_IT_IS, name: values}), ANA) == change


def test_custom_field_that_is_filled_in_leaves_the_others() -> None:
    change = contact_change(sent({**AS_IT_IS, f"field:{CODE}": ("37402",)}), ANA)

    assert change == ContactChange(fields=(*ANA.fields, FieldValue(CODE, "37402")))


def test_note_that_is_too_long_for_the_field_stays() -> None:
    ana = replace(ANA, note="x" * 4_000)

    assert contact_change(sent({**AS_IT_IS, "note": ("x" * 3_000,)}), ana) == ContactChange()


def test_what_a_field_cannot_show_stays_unless_it_is_touched() -> None:
    ana = replace(ANA, first_name="Ana\u202e\r\nR.", note="one\r\ntwo\x00")
    view: Any = form(OPENED, drawn(ana))
    begins = {block["block_id"]: begin(block["element"]) for block in view["blocks"][1:]}

    assert (begins["first"], begins["note"]) == (("Ana R.",), ("one\ntwo",))
    assert contact_change(sent(begins), ana) == ContactChange()


def test_form_with_very_many_custom_fields_is_one_that_slack_takes() -> None:
    fields = [CustomField(FieldId(f"f-{number}"), f"Field {number}") for number in range(MOST_CUSTOM + 50)]
    view = form(OPENED, contact_form(ANA, Labels(), fields, "Sales"))

    check_view(dict(view))
    assert len(contact_form(ANA, Labels(), fields, "Sales").fields) <= MOST_BLOCKS
