"""A contact as a provider keeps it, as people read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bot.markup import shorten
from bot.model import Contact, CustomField, FieldId, GroupId, Tag, TagId
from bot.phone import display_number
from bot.views.phrases import commas, dotted, flat

NAME = 100  # characters of a name
NOTE = 300  # characters of a note in a list


@dataclass(frozen=True, slots=True)
class Labels:
    """What groups, tags and custom fields are called, by their ids."""

    groups: Mapping[GroupId, str] = field(default_factory=dict)
    tags: Mapping[TagId, str] = field(default_factory=dict)
    fields: Mapping[FieldId, str] = field(default_factory=dict)


def contact_name(contact: Contact) -> str:
    """How the contact is called; '' when nobody said. Pure."""
    return shorten(flat(contact.display_name) or flat(f"{contact.first_name} {contact.last_name}"), NAME)


def contact_about(contact: Contact) -> str:
    """The name and the number, or the number alone. Pure."""
    name, number = contact_name(contact), display_number(contact.number)
    return f"{name} · {number}" if name else number


def contact_words(contact: Contact, zone: tzinfo) -> str:
    """A contact in a list: who, in what state, when there was a text, and the note. Pure."""
    last = max(filter(None, (contact.last_in_at, contact.last_out_at)), default=None)
    lines = [contact_about(contact), " · ".join(_states(contact, zone))]
    lines += [f"Last text {_at(last, zone)}"] if last else []
    lines += [shorten(contact.note, NOTE)] if contact.note else []
    return "\n".join(filter(None, lines))


def contact_details(contact: Contact, labels: Labels, zone: tzinfo) -> tuple[str, ...]:
    """Everything about a contact, in a few pieces. Pure."""
    pieces = (_who(contact), _sorted(contact, labels), _filled_in(contact, labels), _told(contact, zone))
    return tuple(filter(None, ("\n".join(piece) for piece in pieces)))


def tag_words(tag: Tag) -> str:
    """A tag in a list. Pure."""
    return dotted(tag.name, tag.colour)


def field_words(custom: CustomField) -> str:
    """A custom field in a list, with how it is typed. Pure."""
    name = flat(custom.name)
    typed = f'"{name}"' if " " in name else name
    return f"{name}\nfield:{typed}=…"


def _who(contact: Contact) -> Iterator[str]:
    if contact.first_name:
        yield f"First name: {flat(contact.first_name)}"
    if contact.last_name:
        yield f"Last name: {flat(contact.last_name)}"
    if contact.display_name:
        yield f"Shown as: {flat(contact.display_name)}"
    yield f"Number: {display_number(contact.number)}"
    if contact.note:
        yield f"Note: {contact.note}"


def _sorted(contact: Contact, labels: Labels) -> Iterator[str]:
    """By which tags and groups."""
    if contact.tags:
        yield f"Tags: {commas(labels.tags.get(tag, tag) for tag in contact.tags)}"
    if contact.groups:
        yield f"Groups: {commas(labels.groups.get(group, f'#{group}') for group in contact.groups)}"


def _filled_in(contact: Contact, labels: Labels) -> Iterator[str]:
    for each in contact.fields:
        if each.value:
            yield f"{flat(labels.fields.get(each.field, each.field))}: {flat(each.value)}"


def _told(contact: Contact, zone: tzinfo) -> Iterator[str]:
    """States, times and counts."""
    if states := _states(contact, zone):
        yield f"State: {' · '.join(states)}"
    times = {
        "Known since": contact.created_at,
        "First text": contact.first_text_at,
        "Last text from them": contact.last_in_at,
        "Last text to them": contact.last_out_at,
    }
    yield from (f"{what}: {_at(when, zone)}" for what, when in times.items() if when is not None)
    counts = {"from them": contact.texts_in, "to them": contact.texts_out}
    counted = [f"{count:,} {which}" for which, count in counts.items() if count is not None]
    if counted:
        yield f"Texts: {', '.join(counted)}"


def _states(contact: Contact, zone: tzinfo) -> list[str]:
    reason = f" ({flat(contact.suppressed_reason)})" if contact.suppressed_reason else ""
    told = {
        "blocked": contact.blocked,
        "archived": contact.archived,
        f"suppressed{reason}": contact.suppressed,
        "resolved": contact.resolved,
    }
    states = [word for word, holds in told.items() if holds]
    if contact.opted_out_at is not None:
        states.append(f"opted out {_at(contact.opted_out_at, zone)}")
    return states


def _at(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%d %b %Y, %H:%M}"
