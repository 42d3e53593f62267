"""The form for everything that a provider keeps of a contact. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.model import Contact, ContactChange, CustomField, FieldId, FieldValue, GroupId, TagId
from bot.views.contacts import Labels, contact_about
from bot.views.fields import Field, Option, about, beginning, boxes_field, searches_field, text_field
from bot.views.forms import MOST_BLOCKS, Drawn, Sent

T = TypeVar("T")

FIRST, LAST, SHOWN_AS, NOTE, REASON = "first", "last", "name", "note", "reason"
TAGS, GROUPS, STATE = "tags", "groups", "state"
BLOCKED, ARCHIVED, SUPPRESSED, RESOLVED = "blocked", "archived", "suppressed", "resolved"
_CUSTOM = "field"  # before a custom field's id
MOST_CUSTOM = MOST_BLOCKS - 10

_BOXES = (
    Option(BLOCKED, "Blocked: their texts are neither received nor kept"),
    Option(ARCHIVED, "Archived: until the next text"),
    Option(SUPPRESSED, "Suppressed: their texts do not go to the top"),
    Option(RESOLVED, "Resolved: until their next text"),
)


def contact_form(contact: Contact, labels: Labels, fields: Sequence[CustomField], on: str) -> Drawn:
    """The form, filled in with what is known. `labels` name the contact's tags and groups, `on` the line."""
    values = {each.field: each.value for each in contact.fields}
    tags = [Option(tag, labels.tags.get(tag, tag)) for tag in contact.tags]
    groups = [Option(group, labels.groups.get(group, f"#{group}")) for group in contact.groups]
    custom = (
        text_field(Field(custom_name(each.id), each.name or each.id, optional=True), values.get(each.id, ""))
        for each in fields[:MOST_CUSTOM]
    )
    return Drawn(
        (
            about(f"{contact_about(contact)} on {on}"),
            text_field(Field(FIRST, "First name", optional=True), contact.first_name),
            text_field(Field(LAST, "Last name", optional=True), contact.last_name),
            text_field(Field(SHOWN_AS, "Shown as", optional=True), contact.display_name),
            text_field(Field(NOTE, "Note", "They never see it.", optional=True), contact.note, lines=True),
            searches_field(Field(TAGS, "Tags", optional=True), tags),
            searches_field(Field(GROUPS, "Groups", optional=True), groups),
            *custom,
            boxes_field(Field(STATE, "State", optional=True), _BOXES, _ticked(contact)),
            text_field(Field(REASON, "Why suppressed", optional=True), contact.suppressed_reason),
        )
    )


def custom_name(field: FieldId) -> str:
    """How the field for a custom field is called."""
    return f"{_CUSTOM}:{field}"


def contact_change(sent: Sent, before: Contact) -> ContactChange:
    """What differs from what the contact has now: of two who edit one, the later decides. What the form does not
    show, or not whole, stays."""
    return ContactChange(
        first_name=_text(sent, FIRST, before.first_name),
        last_name=_text(sent, LAST, before.last_name),
        display_name=_text(sent, SHOWN_AS, before.display_name),
        note=_text(sent, NOTE, before.note),
        groups=_ids(tuple(map(GroupId, sent.many(GROUPS))), before.groups),
        tags=_ids(tuple(map(TagId, sent.many(TAGS))), before.tags),
        fields=_custom(sent, before),
        suppressed=_box(sent, SUPPRESSED, before.suppressed),
        suppressed_reason=_text(sent, REASON, before.suppressed_reason),
        archived=_box(sent, ARCHIVED, before.archived),
        blocked=_box(sent, BLOCKED, before.blocked),
        resolved=_box(sent, RESOLVED, before.resolved),
    )


def _text(sent: Sent, name: str, before: str) -> str | None:
    now = sent.text(name).strip()
    return None if now == beginning(before, lines=name == NOTE).strip() else now


def _ids(now: tuple[T, ...], before: tuple[T, ...]) -> tuple[T, ...] | None:
    return None if set(now) == set(before) else now


def _box(sent: Sent, box: str, before: bool) -> bool | None:
    now = sent.has(STATE, box)
    return None if now == before else now


def _custom(sent: Sent, before: Contact) -> tuple[FieldValue, ...] | None:
    """All of them once one differs: a provider replaces them all. Those that the form does not show stay."""
    had = {each.field: each.value for each in before.fields}
    now = {field: _text(sent, custom_name(field), had.get(field, "")) for field in _shown(sent)}
    changed = {field: value for field, value in now.items() if value is not None}
    return tuple(FieldValue(*each) for each in (had | changed).items()) if changed else None


def _shown(sent: Sent) -> tuple[FieldId, ...]:
    """The custom fields that the form has."""
    names = (str(block.get("block_id", "")).partition(":") for block in sent.drawn.fields)
    return tuple(FieldId(id_) for kind, _, id_ in names if kind == _CUSTOM)


def _ticked(contact: Contact) -> tuple[str, ...]:
    stands = {
        BLOCKED: contact.blocked,
        ARCHIVED: contact.archived,
        SUPPRESSED: contact.suppressed,
        RESOLVED: contact.resolved,
    }
    return tuple(box for box, ticked in stands.items() if ticked)
