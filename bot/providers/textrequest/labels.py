"""What a line's contacts can be sorted by at Text Request, and putting it on one of them.

Saving a contact replaces all of its groups, tags and fields; these calls add or take off a single one.
Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/contacts.ts
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence

from bot.capabilities import LabelsContacts, ListsCustomFields, ListsTags
from bot.http import Http, Id, Wire, Words, raise_for_page
from bot.model import CustomField, FieldId, FieldValue, GroupId, Line, Number, Tag, TagId
from bot.providers.reading import first_of
from bot.providers.textrequest.asking import contact_path, explained, line_path, list_rows, read_array, their_id

_REFUSED = "Text Request did not change this contact. It, or the group, tag or field, may be gone from this line."
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


class Labels(LabelsContacts, ListsTags, ListsCustomFields):
    """Text Request's tags and custom fields, and what hangs on a contact."""

    _http: Http

    async def list_tags(self, line: Line) -> AsyncIterator[Tag]:
        """Every tag."""
        async for wire in list_rows(self._http, f"{line_path(line)}/tags", {}, TagWire):
            tag = wire.found()
            if tag is not None:
                yield tag

    async def list_custom_fields(self, line: Line) -> Sequence[CustomField]:
        """Every custom field; this list has no pages."""
        response = await self._http.read(f"{line_path(line)}/fields")
        found = (wire.found() for wire in read_array(response, CustomFieldWire))
        return tuple(field for field in found if field is not None)

    async def set_group(self, line: Line, number: Number, group: GroupId, *, member: bool) -> None:
        """Put the contact into the group, or take it out."""
        asked = {"groups": [int(their_id(group, "group"))], "add_group_to_contact": member}
        await self._label(line, number, asked)

    async def set_tag(self, line: Line, number: Number, tag: TagId, *, tagged: bool) -> None:
        """Put the tag on the contact, or take it off."""
        await self._label(line, number, {"contact_tags": [tag], "add_tag_to_contact": tagged})

    async def set_field(self, line: Line, number: Number, value: FieldValue) -> None:
        """Fill in one custom field."""
        await self._label(line, number, {"custom_field_id": value.field, "custom_field_value": value.value})

    async def _label(self, line: Line, number: Number, asked: Mapping[str, object]) -> None:
        with explained(_REFUSED):
            raise_for_page(await self._http.act("PATCH", contact_path(line, number), asked))


# --- What the answers mean --------------------------------------------------------------------------------


class TagWire(Wire):
    """A tag; `tag` is its name."""

    id: Id | None = None
    tag: Words | None = None
    tag_color: Words | None = None

    def found(self) -> Tag | None:
        """The same in the words of every provider; None without an id."""
        if not self.id:
            return None
        colour = _COLOUR.fullmatch(first_of(self.tag_color))
        return Tag(TagId(self.id), first_of(self.tag), f"#{colour[1].upper()}" if colour else "")


class CustomFieldWire(Wire):
    """A custom field."""

    id: Id | None = None
    name: Words | None = None

    def found(self) -> CustomField | None:
        """The same in the words of every provider; None without an id."""
        return CustomField(FieldId(self.id), first_of(self.name)) if self.id else None
