"""What the rows of a file mean for a line's contacts: the dry run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.capabilities import KeepsContacts, KeepsGroups, ListsCustomFields, ListsTags
from bot.errors import UsageError
from bot.flows.imports.sheet import Sheet
from bot.grammar import Context
from bot.grammar.read import read_word
from bot.grammar.shapes import Key, Kind
from bot.model import ContactChange, ContactFilter, FieldId, FieldValue, GroupId, Line, Number, TagId
from bot.model.imports import FailedRow, ImportRow
from bot.phone import parse_number

Id = TypeVar("Id", bound=str)

NUMBER = "number"
# How columns are called → what they are. Only letters and digits of a name count.
_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("number", "phone", "phonenumber", "mobile", "mobilenumber", "cell", "telephone"), NUMBER),
    **dict.fromkeys(("first", "firstname", "givenname"), "first_name"),
    **dict.fromkeys(("last", "lastname", "surname", "familyname"), "last_name"),
    **dict.fromkeys(("name", "displayname", "fullname", "shownas"), "display_name"),
    **dict.fromkeys(("note", "notes"), "note"),
    **dict.fromkeys(("tag", "tags", "contacttags"), "tags"),
    **dict.fromkeys(("group", "groups"), "groups"),
    **dict.fromkeys(("reason", "suppressedreason", "whysuppressed"), "suppressed_reason"),
    **{state: state for state in ("blocked", "archived", "suppressed", "resolved")},
    **{f"is{state}": state for state in ("blocked", "archived", "suppressed", "resolved")},
}
_FIELD = "field:"

_NO_NUMBER = "No column is called Number. The first row names the columns; one of them has the phone numbers."
_TWICE = "The columns “{one}” and “{other}” mean the same: leave one out."
_NO_TAG = "No tag is called “{name}”."
_NO_GROUP = "No group is called “{name}”."
_SAME = "Row {place} has the same number."
_TOO_MANY = "It has more cells than the first row names columns."


@dataclass(frozen=True, slots=True)
class Known:
    """What a line has: labels by their folded names and ids, and what each contact has in its custom fields."""

    tags: Mapping[str, TagId] = field(default_factory=dict)
    groups: Mapping[str, GroupId] = field(default_factory=dict)
    fields: Mapping[str, FieldId] = field(default_factory=dict)
    contacts: Mapping[Number, tuple[FieldValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen."""

    rows: tuple[ImportRow, ...]
    failed: tuple[FailedRow, ...]
    left_out: tuple[str, ...]  # columns that mean nothing here
    new: int  # of the rows, those that make a contact


async def known_of(line: Line, provider: KeepsContacts) -> Known:
    """What a line has now. Every list is read whole."""
    fields = await provider.list_custom_fields(line) if isinstance(provider, ListsCustomFields) else ()
    which = ContactFilter()
    return Known(
        tags=await _tags(line, provider),
        groups=await _groups(line, provider),
        fields=_by_name([(each.id, each.name) for each in fields]),
        contacts={contact.number: contact.fields async for contact in provider.list_contacts(line, which)},
    )


async def _tags(line: Line, provider: object) -> Mapping[str, TagId]:
    if not isinstance(provider, ListsTags):
        return {}
    return _by_name([(tag.id, tag.name) async for tag in provider.list_tags(line)])


async def _groups(line: Line, provider: object) -> Mapping[str, GroupId]:
    if not isinstance(provider, KeepsGroups):
        return {}
    return _by_name([(group.id, group.name) async for group in provider.list_groups(line)])


def _by_name(known: Sequence[tuple[Id, str]]) -> Mapping[str, Id]:
    """By names, and by ids where no name is the same."""
    return {id_.casefold(): id_ for id_, _ in known} | {name.strip().casefold(): id_ for id_, name in known}


def plan(sheet: Sheet, known: Known, context: Context) -> Plan:
    """Each row as what it changes, or why it cannot. Raises `UsageError` when the columns cannot be told apart, or
    none has the numbers. Pure."""
    columns = tuple(_column(name, known) for name in sheet.header)
    _refuse(columns, sheet.header)
    rows: dict[Number, ImportRow] = {}
    failed: list[FailedRow] = []
    for place, cells in sheet.rows:
        try:
            row = _row(place, cells, columns, known, context)
        except UsageError as error:
            failed.append(FailedRow(place, cells, str(error)))
            continue
        first = rows.setdefault(row.number, row)
        if first is not row:
            failed.append(FailedRow(place, cells, _SAME.format(place=first.place)))
    left_out = tuple(name for name, column in zip(sheet.header, columns, strict=True) if name and not column)
    return Plan(tuple(rows.values()), tuple(failed), left_out, sum(each not in known.contacts for each in rows))


def _column(name: str, known: Known) -> str:
    """What a column is: one of those above, `field:<id>`, or '' for nothing."""
    plain = name.casefold()
    found = _COLUMNS.get(re.sub(r"[\W_]", "", plain))
    if found and not plain.startswith(_FIELD):
        return found
    field_id = known.fields.get(plain.removeprefix(_FIELD).strip())
    return f"{_FIELD}{field_id}" if field_id else ""


def _refuse(columns: Sequence[str], header: Sequence[str]) -> None:
    if NUMBER not in columns:
        raise UsageError(_NO_NUMBER)
    for place, column in enumerate(columns):
        if column and column in columns[:place]:
            first = header[columns.index(column)]
            raise UsageError(_TWICE.format(one=first, other=header[place]))


def _row(place: int, cells: tuple[str, ...], columns: Sequence[str], known: Known, context: Context) -> ImportRow:
    if len(cells) > len(columns):
        raise UsageError(_TOO_MANY)
    said = {column: cell for column, cell in zip(columns, cells, strict=True) if column and cell}
    number = parse_number(said.get(NUMBER, ""), context.region)
    return ImportRow(place, cells, number, _change(said, known, context, known.contacts.get(number, ())))


def _change(
    said: Mapping[str, str], known: Known, context: Context, before: tuple[FieldValue, ...]
) -> ContactChange:
    return ContactChange(
        first_name=said.get("first_name"),
        last_name=said.get("last_name"),
        display_name=said.get("display_name"),
        note=said.get("note"),
        groups=_labels(said.get("groups"), known.groups, _NO_GROUP),
        tags=_labels(said.get("tags"), known.tags, _NO_TAG),
        fields=_fields(said, before),
        suppressed=_state(said, "suppressed", context),
        suppressed_reason=said.get("suppressed_reason"),
        archived=_state(said, "archived", context),
        blocked=_state(said, "blocked", context),
        resolved=_state(said, "resolved", context),
    )


def _labels(cell: str | None, known: Mapping[str, Id], missing: str) -> tuple[Id, ...] | None:
    if cell is None:
        return None
    names = [name.strip() for name in re.split(r"[,;]", cell) if name.strip()]
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        raise UsageError(missing.format(name=unknown[0]))
    return tuple(dict.fromkeys(known[name.casefold()] for name in names))


def _fields(said: Mapping[str, str], before: tuple[FieldValue, ...]) -> tuple[FieldValue, ...] | None:
    """Those of the file, and beside them what the contact has: a provider replaces all of them."""
    typed = {
        FieldId(column.removeprefix(_FIELD)): cell for column, cell in said.items() if column.startswith(_FIELD)
    }
    if not typed:
        return None
    return tuple(FieldValue(*each) for each in ({had.field: had.value for had in before} | typed).items())


def _state(said: Mapping[str, str], name: str, context: Context) -> bool | None:
    if name not in said:
        return None
    return bool(read_word(Key(name, Kind.YES_NO), said[name], context))
