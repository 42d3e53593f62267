"""What happened to a ticket, as Aranda's own API tells it. Pure.

Promise: a note counts as private, since no page says which are public.
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/lista-historicos.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.http import Count, Response, Unreadable, Wire, Words
from bot.http.wire import read_json
from bot.model import NoteScope, TicketStep
from bot.providers.asms.direct.rows import Row, rows_of, whole
from bot.providers.asms.history import oldest_first
from bot.providers.asms.plain import plain
from bot.providers.reading import first_of, read_millis, read_row

NOTE, NOTE_ACTION = "Note", 9  # its name is in the instance's language


class ChangeWire(Wire):
    """What changed of one field."""

    FieldName: Words | None = None
    OldValue: Words | None = None
    NewValue: Words | None = None


class StepWire(Wire):
    """One thing that was done. Of a note the description is its words, else JSON of what changed, as text."""

    actionId: Count = None  # noqa: N815  # their spelling
    actionName: Words | None = None  # noqa: N815
    authorName: Words | None = None  # noqa: N815
    created: Count = None
    description: Words | None = None

    def steps(self) -> Iterator[TicketStep]:
        """One for each thing that changed."""
        is_note = self.actionId == NOTE_ACTION
        action = NOTE if is_note else first_of(self.actionName)
        changes = [] if is_note else _changes(self.description)
        for change in changes or [ChangeWire(NewValue=self.description)]:
            yield TicketStep(
                action=action,
                author=first_of(self.authorName),
                at=read_millis(self.created),
                field=first_of(change.FieldName),
                old=plain(change.OldValue),
                new=plain(change.NewValue),
                private=is_note,
            )


def _changes(description: str | None) -> list[ChangeWire]:
    try:
        rows = read_json((description or "").encode())
    except Unreadable:
        return []
    return [wire for row in (rows if isinstance(rows, list) else ()) if (wire := read_row(ChangeWire, row))]


def history_query(row: Row) -> Mapping[str, str]:
    """What a ticket's history is asked for with."""
    return {
        "isClosed": "true" if row.get("isClosed") is True else "false",
        "consoleType": "1",
        "modelId": str(whole(row, "modelId")),
        "statusId": str(whole(row, "stateId")),
    }


def read_own_steps(response: Response, notes: NoteScope) -> tuple[TicketStep, ...]:
    """A ticket's steps, oldest first; notes only when all were asked for."""
    wires = [wire for row in rows_of(response) if (wire := read_row(StepWire, row))]
    steps = [step for wire in wires for step in wire.steps()]
    return oldest_first([step for step in steps if notes is NoteScope.ALL or not step.private])
