"""What happened to a ticket, as Aranda tells it. Pure.

The connector's description nests what changed in a `detail`, the pages have it beside the action: both are read.
Promise: a note of which nothing says that it is public counts as private.
Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/get_history_case.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from bot.http import Response, Wire, Words
from bot.model import NoteScope, TicketStep
from bot.providers.asms.plain import plain
from bot.providers.asms.wire import read_list, read_local
from bot.providers.reading import first_of, read_row

SCOPES: Mapping[NoteScope, str] = {
    NoteScope.NONE: "None",
    NoteScope.PUBLIC: "Public",
    NoteScope.ALL: "All",
}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class DetailWire(Wire):
    """What changed. A related ticket's code is all that relating says."""

    fieldName: Words | None = None  # noqa: N815  # their spelling
    oldValue: Words | None = None  # noqa: N815
    newValue: Words | None = None  # noqa: N815
    relatedItemId: Words | None = None  # noqa: N815


class StepWire(DetailWire):
    """One thing that was done. `noteType` is public or private, and there for notes only."""

    actionId: Words | None = None  # noqa: N815  # their spelling
    actionName: Words | None = None  # noqa: N815
    authorName: Words | None = None  # noqa: N815
    created: Words | None = None
    noteType: Words | None = None  # noqa: N815
    detail: tuple[object, ...] | None = None

    def is_private(self, notes: NoteScope) -> bool:
        """Whether the team alone may see it; who asked for public notes is told of no others."""
        said = first_of(self.noteType).lower()
        is_note = first_of(self.actionId, self.actionName).lower() == "note"
        return said == "private" or (is_note and not said and notes is not NoteScope.PUBLIC)

    def steps(self, notes: NoteScope, zone: tzinfo | None) -> Iterator[TicketStep]:
        """One for each thing that changed."""
        details = [wire for row in self.detail or () if (wire := read_row(DetailWire, row))]
        for detail in details or [self]:
            yield TicketStep(
                action=first_of(self.actionName, self.actionId),
                author=first_of(self.authorName),
                at=read_local(self.created, zone),
                field=first_of(detail.fieldName),
                old=plain(detail.oldValue),
                new=plain(detail.newValue) or first_of(detail.relatedItemId),
                private=self.is_private(notes),
            )


def read_steps(response: Response, notes: NoteScope, zone: tzinfo | None) -> tuple[TicketStep, ...]:
    """A ticket's steps, oldest first; private ones only when all were asked for."""

    def read(row: object) -> StepWire | None:
        return read_row(StepWire, row)

    wires = [wire for wire in read_list(response, read) if wire]
    steps = [step for wire in wires for step in wire.steps(notes, zone)]
    return oldest_first([step for step in steps if notes is NoteScope.ALL or not step.private])


def oldest_first(steps: Sequence[TicketStep]) -> tuple[TicketStep, ...]:
    """In the order of time, and in theirs what is of one second: turned round where they give the newest first."""
    times = [step.at for step in steps if step.at]
    turned = steps[::-1] if times and times[0] > times[-1] else steps
    return tuple(sorted(turned, key=lambda step: step.at or _LONG_AGO))
