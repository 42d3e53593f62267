"""Tickets as Aranda's own API writes them, in the adapter's words, so that one reader reads both. Pure.

Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/edicion-caso.html (a ticket's fields)
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/manejo-de-campos_adicionales.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.http import Amount, Count, Flag, Response, Wire, Words, no_answer
from bot.model import Ticket
from bot.providers.asms.ticket_reading import read_ticket_row
from bot.providers.reading import first_of, read_millis, read_row

Row = Mapping[str, object]

TIMES = ("openedDate", "closedDate")


class FieldWire(Wire):
    """An additional field with its value, which stands in the one of the six that fits its kind."""

    fieldId: int  # noqa: N815  # their spelling
    fieldType: Count = None  # noqa: N815
    fieldTypeName: Words | None = None  # noqa: N815
    name: Words | None = None
    mandatory: Flag = None
    stringValue: Words | None = None  # noqa: N815
    intValue: Count = None  # noqa: N815
    floatValue: Amount = None  # noqa: N815
    boolValue: Flag = None  # noqa: N815
    dateValue: Count = None  # noqa: N815

    def sent(self) -> dict[str, object]:
        """The same as requests have it."""
        number = None if self.floatValue is None else float(self.floatValue)
        return {**self.model_dump(), "floatValue": number}

    @property
    def value(self) -> str:
        """For people; empty for none. A list shows its words, else the number behind them."""
        at = read_millis(self.dateValue)
        others = (self.intValue, self.floatValue, self.boolValue)
        number = next((str(each) for each in others if each is not None), "")
        return first_of(self.stringValue, at.isoformat() if at else "", number)


def rows_of(response: Response) -> Sequence[object]:
    """The rows of a list, in a page of it or bare; no content is no rows. Raises as `parse` does."""
    if not response.body:
        return ()
    value = response.json()
    rows = value.get("content") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise no_answer(response.call, "unreadable")
    return rows


def whole(row: Row, name: str) -> int:
    """A number from 1 up that stands in a row; 0 for anything else."""
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def has_code(row: Row, code: str) -> bool:
    """Whether it is the ticket of that code, however that is written."""
    return str(row.get("idByProject") or "").casefold() == code.casefold()


def read_row_of_theirs(row: Row, files: Sequence[object] = ()) -> Ticket | None:
    """A ticket; None for what is none, or has no code."""
    return read_ticket_row(_in_adapter_words(row, files), None)


def _in_adapter_words(row: Row, files: Sequence[object]) -> dict[str, object]:
    times = {name: _iso(row.get(name)) for name in TIMES}
    description = row.get("description") or row.get("descriptionNoHtml")
    number = row.get("itemTypeId") or row.get("itemType")
    additional = [_additional(wire) for wire in fields_of_row(row)]
    return {
        **row,
        **times,
        "description": description,
        "itemTypeId": number,
        "attachments": list(files),
        "additionalFields": additional,
    }


def fields_of_row(row: Row) -> list[FieldWire]:
    """The additional fields in a ticket, where it brings them."""
    rows = row.get("listAdditionalField") or row.get("additionals")
    return [wire for each in (rows if isinstance(rows, list) else ()) if (wire := read_row(FieldWire, each))]


def _additional(wire: FieldWire) -> dict[str, object]:
    return {"fieldId": str(wire.fieldId), "nameField": wire.name, "values": [wire.value]}


class _MomentWire(Wire):
    at: Count = None


def _iso(raw: object) -> str | None:
    wire = read_row(_MomentWire, {"at": raw})
    moment = read_millis(wire.at) if wire else None
    return moment.isoformat() if moment else None
