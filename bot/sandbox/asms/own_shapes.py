"""What the instance itself writes of a ticket: numbers for kinds, milliseconds for times. Pure.

Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/edicion-caso.html
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/lista-historicos.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

from bot.sandbox.asms import catalog
from bot.sandbox.asms.own_menus import MODEL
from bot.sandbox.asms.shapes import Document, Step, Ticket
from bot.sandbox.wire import Json

# In the instance's language, which is not ours.
_KINDS = {1: "Incidente", 2: "Problema", 3: "Cambio", 4: "Requerimiento de servicio", 13: "Liberación"}
_ACTIONS = {
    "Note": (9, "Nota"),
    "Created": (1, "Creado"),
    "Modified": (2, "Modificado"),
    "AddedFile": (5, "Archivo añadido"),
}
_OTHER_WAY = frozenset({"commentary", "attachments", "additionalFields", "itemTypeId"})


def millis(at: datetime | None) -> int | None:
    """Milliseconds."""
    return None if at is None else int(at.timestamp() * 1000)


def version_of(ticket: Ticket) -> int:
    """It counts up with each change."""
    return len(ticket.steps)


def item_json(ticket: Ticket, whole: Json, fields: list[Json]) -> Json:
    """A ticket, whole; `whole` is what the adapter says of it."""
    row = row_json(ticket, whole)
    return {**row, "description": ticket.description, "commentary": ticket.solution, "additionals": fields}


def row_json(ticket: Ticket, whole: Json) -> Json:
    """A ticket in a search."""
    kind = catalog.KINDS[ticket.kind]
    return {
        **{name: value for name, value in whole.items() if name not in _OTHER_WAY and name != "description"},
        "itemType": kind,
        "itemTypeName": _KINDS[kind],
        "itemVersion": version_of(ticket),
        "modelId": MODEL,
        "descriptionNoHtml": re.sub(r"<[^>]*>", " ", ticket.description),
        "openedDate": millis(ticket.opened_at),
        "closedDate": millis(ticket.closed_at),
    }


def field_json(number: str, name: str, value: str, *, mandatory: bool) -> Json:
    """An additional field. All of them are short texts here."""
    return {
        "fieldId": int(number),
        "fieldType": 1,
        "fieldTypeName": "ShortText",
        "identifier": name,
        "mandatory": mandatory,
        "name": name,
        "stringValue": value or None,
        **dict.fromkeys(("boolValue", "dateValue", "floatValue", "intValue")),
    }


def step_json(step: Step) -> Json:
    """One step of a history."""
    number, name = _ACTIONS.get(step.action, (2, step.action))
    change = [{"FieldName": step.field or "FileName", "OldValue": step.old, "NewValue": step.new}]
    description = step.new if step.action == "Note" else json.dumps(change)
    return {
        "actionId": number,
        "actionName": name,
        "authorId": 9,
        "authorName": step.author,
        "created": millis(step.at),
        "description": description,
        "descriptionNoHtml": description,
        "visible": True,
    }


def file_json(document: Document) -> Json:
    """A file in a list."""
    return {"id": document.id, "name": document.name, "size": len(document.content), "isPublic": True, "url": None}


def names_of(fields: Mapping[str, str], number: str) -> str:
    """What an additional field is called."""
    return fields.get(number, f"Field {number}")
