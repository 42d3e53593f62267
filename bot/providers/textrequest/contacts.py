"""Contacts at Text Request: the calls, then what is asked and what the answers mean. They belong to a dashboard.

Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from bot.capabilities import ImportsContacts, KeepsContacts
from bot.errors import UsageError
from bot.http import Count, Flag, Http, Query, Response, Wire, Words, raise_for_page
from bot.model import (
    Contact,
    ContactChange,
    ContactFilter,
    FieldId,
    FieldValue,
    GroupId,
    Line,
    Number,
    Span,
    TagId,
)
from bot.phone import read_number
from bot.providers.reading import commas, filled, first_of, read_time
from bot.providers.textrequest.asking import (
    contact_path,
    explained,
    line_path,
    list_rows,
    read_array,
    read_one,
    their_id,
    their_number,
)
from bot.providers.textrequest.wire import ContactWire

MOST_FIELDS = 3  # in one filter

# They read these bounds in the account's own time, which nothing tells: asked for with a day to spare on each
# side, and filtered here to the second.
_SPARE = timedelta(days=1)
_HAS_TEXTS = "Text Request keeps contacts that have texts. Archive or block this one instead."


class Contacts(KeepsContacts, ImportsContacts):
    """Text Request's contacts."""

    # They publish no bound: this one is our own, so that an answer comes before the time is up.
    contacts_per_call: ClassVar[int] = 100
    _http: Http

    async def list_contacts(self, line: Line, which: ContactFilter) -> AsyncIterator[Contact]:
        """The contacts that match, filtered here once more: a filter that they do not know is ignored in
        silence."""
        query = contacts_query(which)
        async for wire in list_rows(self._http, f"{line_path(line)}/contacts", query, WholeContactWire):
            contact = wire.contact()
            if contact is not None and matches(contact, which):
                yield contact

    async def read_contact(self, line: Line, number: Number) -> Contact:
        """One contact; no content means that there is none."""
        return read_contact(await self._http.read(contact_path(line, number)))

    async def save_contact(self, line: Line, number: Number, change: ContactChange) -> Contact:
        """Make or change a contact; groups, tags and fields replace those that were there."""
        return read_contact(await self._http.act("POST", contact_path(line, number), contact_body(change)))

    async def delete_contact(self, line: Line, number: Number) -> None:
        """Delete a contact without texts."""
        with explained(_HAS_TEXTS):
            raise_for_page(await self._http.act("DELETE", contact_path(line, number)))

    async def import_contacts(self, line: Line, changes: Mapping[Number, ContactChange]) -> Sequence[Contact]:
        """Make or change many, as `save_contact` does; nothing is asked for none."""
        if len(changes) > self.contacts_per_call:
            raise UsageError("These are too many contacts for one call. Import them in smaller parts.")
        if not changes:
            return ()
        body = [{"phone_number": their_number(number), **contact_body(each)} for number, each in changes.items()]
        response = await self._http.act("POST", f"{line_path(line)}/contacts", body)
        found = (wire.contact() for wire in read_array(response, WholeContactWire))
        return tuple(contact for contact in found if contact is not None)


# --- What is asked ----------------------------------------------------------------------------------------


def contact_body(change: ContactChange) -> dict[str, object]:
    """What is set, and nothing else. Raises `UsageError` for a group that cannot be one of theirs."""
    groups = None if change.groups is None else [int(their_id(group, "group")) for group in change.groups]
    fields = None if change.fields is None else [{"id": each.field, "value": each.value} for each in change.fields]
    return filled(
        {
            "first_name": change.first_name,
            "last_name": change.last_name,
            "display_name": change.display_name,
            "note": change.note,
            "groups": groups,
            "contact_tags": None if change.tags is None else list(change.tags),
            "custom_fields": fields,
            "is_suppressed": change.suppressed,
            "suppressed_reason": change.suppressed_reason,
            "is_archived": change.archived,
            "is_blocked": change.blocked,
            "is_resolved": change.resolved,
        }
    )


def contacts_query(which: ContactFilter) -> Query:
    """The filter, as far as it is set: an unset one is never sent, since each one filters. Raises `UsageError`."""
    if len(which.fields) > MOST_FIELDS:
        raise UsageError(f"Text Request looks for {MOST_FIELDS} fields at once at the most. Leave some out.")
    query: dict[str, str | bool | None] = {
        "contact_phone_number": which.number and their_number(which.number),
        "is_resolved": which.resolved,
        "is_blocked": which.blocked,
        "is_archived": which.archived,
        "is_suppressed": which.suppressed,
        "has_opted_out": which.opted_out,
        "has_message_history": which.has_texts,
        "tags": commas(which.tags),
        "groups": commas(which.groups),
        **_bounds("contact_created_{}", which.created),
        **_bounds("last_message_timestamp_{}_utc", which.last_text),
        **_bounds("last_message_received_{}", which.last_in, _SPARE),
        **_bounds("last_message_sent_{}", which.last_out, _SPARE),
    }
    for number, field in enumerate(which.fields, start=1):
        query |= {f"custom_field_id_{number}": field.field, f"custom_field_value_{number}": field.value}
    return {name: value for name, value in query.items() if value is not None}


def _bounds(name: str, span: Span, spare: timedelta = timedelta(0)) -> dict[str, str | None]:
    after = None if span.after is None else _second(span.after - spare)
    before = None if span.before is None else _second(span.before + spare + timedelta(seconds=1))
    return {name.format("after"): after, name.format("before"): before}


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- What the answers mean --------------------------------------------------------------------------------


class FieldWire(Wire):
    """What a contact has in a custom field."""

    id: Words
    value: Words | None = None


class WholeContactWire(ContactWire):
    """A contact as the API gives it; `ContactWire` is what the webhook is sure to have."""

    note: Words | None = None
    is_suppressed: Flag = None
    suppressed_reason: Words | None = None
    groups: tuple[Words, ...] | None = None
    contact_tags: tuple[Words, ...] | None = None
    custom_fields: tuple[FieldWire, ...] | None = None
    date_created_utc: Words | None = None
    first_contact_utc: Words | None = None
    last_msg_received_utc: Words | None = None
    last_msg_sent_utc: Words | None = None
    total_msgs_received: Count = None
    total_msgs_sent: Count = None

    def contact(self) -> Contact | None:
        """The same in the words of every provider; None without a number."""
        number = read_number(self.phone_number)
        if number is None:
            return None
        return Contact(
            number=number,
            first_name=first_of(self.first_name),
            last_name=first_of(self.last_name),
            display_name=first_of(self.display_name),
            note=first_of(self.note),
            groups=tuple(map(GroupId, self.groups or ())),
            tags=tuple(map(TagId, self.contact_tags or ())),
            fields=tuple(FieldValue(FieldId(each.id), each.value or "") for each in self.custom_fields or ()),
            suppressed=bool(self.is_suppressed),
            suppressed_reason=first_of(self.suppressed_reason),
            archived=bool(self.is_archived),
            blocked=bool(self.is_blocked),
            resolved=bool(self.is_resolved),
            opted_out_at=read_time(self.opted_out_utc),
            created_at=read_time(self.date_created_utc),
            first_text_at=read_time(self.first_contact_utc),
            last_in_at=read_time(self.last_msg_received_utc),
            last_out_at=read_time(self.last_msg_sent_utc),
            texts_in=self.total_msgs_received,
            texts_out=self.total_msgs_sent,
        )


def read_contact(response: Response) -> Contact:
    """The contact in an answer. Raises `NotFound` for a read that brought nothing."""
    return read_one(response, WholeContactWire, WholeContactWire.contact)


# --- The filter once more ---------------------------------------------------------------------------------


def matches(contact: Contact, which: ContactFilter) -> bool:
    """Whether it is one that was asked for."""
    last_text_at = max(filter(None, (contact.last_in_at, contact.last_out_at)), default=None)
    return (
        which.number in (None, contact.number)
        and all(wanted in (None, stands) for wanted, stands in _flags(contact, which))
        and within(contact.created_at, which.created)
        and within(contact.last_in_at, which.last_in)
        and within(contact.last_out_at, which.last_out)
        and within(last_text_at, which.last_text)
        and _shares(contact.groups, which.groups)
        and _shares(contact.tags, which.tags)
        and set(which.fields) <= set(contact.fields)
    )


def _flags(contact: Contact, which: ContactFilter) -> tuple[tuple[bool | None, bool], ...]:
    return (
        (which.resolved, contact.resolved),
        (which.blocked, contact.blocked),
        (which.archived, contact.archived),
        (which.suppressed, contact.suppressed),
        (which.opted_out, contact.opted_out_at is not None),
        (which.has_texts, bool(contact.texts_in or contact.texts_out)),
    )


def _shares(has: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return not wanted or not set(wanted).isdisjoint(has)


def within(moment: datetime | None, span: Span) -> bool:
    """Whether a moment lies in a span; what never was lies in none that has a bound."""
    if moment is None:
        return astuple(span) == (None, None)
    return (span.after is None or span.after <= moment) and (span.before is None or moment <= span.before)
