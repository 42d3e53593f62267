"""What Aranda's answers say of tickets. Pure.

A row of a search has fewer fields than the ticket itself, and in both most of them are ids with names beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from bot.http import Count, Flag, Id, Response, Wire, Words, no_answer
from bot.model import Ticket, TicketCode, TicketId, TicketKey, TicketKind, TicketRole
from bot.providers.asms.plain import plain
from bot.providers.asms.wire import KINDS, ROLES, read_additional, read_choice, read_files, read_local
from bot.providers.reading import first_of, read_row, read_word

# Their names for people depend on the instance's language, and the words of requests come back as well.
_KINDS_BY_WORD: Mapping[str, TicketKind] = {
    **{word.lower(): kind for kind, word in KINDS.items()},
    **{kind.value: kind for kind in KINDS},
}
# The numbers are the same in every language.
# Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html
KINDS_BY_ID: Mapping[int, TicketKind] = {
    1: TicketKind.INCIDENT,
    2: TicketKind.PROBLEM,
    3: TicketKind.CHANGE,
    4: TicketKind.SERVICE_CALL,
    13: TicketKind.RELEASE,
}


class KeyWire(Wire):
    """Both ids of a ticket."""

    id: Count = None
    idByProject: Id | None = None  # noqa: N815  # their spelling


class TicketWire(KeyWire):
    """A ticket but for what it points at, which is read by the names of the roles."""

    subject: Words | None = None
    description: Words | None = None
    commentary: Words | None = None
    itemTypeId: Count = None  # noqa: N815
    itemTypeName: Words | None = None  # noqa: N815
    openedDate: Words | None = None  # noqa: N815
    closedDate: Words | None = None  # noqa: N815
    isClosed: Flag = None  # noqa: N815
    attachments: tuple[object, ...] | None = None
    additionalFields: tuple[object, ...] | None = None  # noqa: N815

    @property
    def kind(self) -> TicketKind:
        """By its word, else by its number."""
        by_id = KINDS_BY_ID.get(self.itemTypeId or 0, TicketKind.UNKNOWN)
        return read_word(_KINDS_BY_WORD, self.itemTypeName, by_id)


def read_key(response: Response) -> TicketKey:
    """Both ids of a new ticket. Raises `OutcomeUnknown` when one is missing."""
    wire = response.parse(KeyWire)
    code = first_of(wire.idByProject)
    if not code or not wire.id:
        raise no_answer(response.call, "unreadable")
    return TicketKey(TicketCode(code), TicketId(wire.id))


def read_ticket_row(row: object, zone: tzinfo | None) -> Ticket | None:
    """A ticket; None for what is none, or has no code."""
    wire = read_row(TicketWire, row)
    if wire is None or not isinstance(row, dict) or not wire.idByProject:
        return None
    named = {role: choice for role, name in ROLES.items() if (choice := read_choice(row, name))}
    return Ticket(
        code=TicketCode(wire.idByProject),
        id=TicketId(wire.id) if wire.id else None,
        kind=wire.kind,
        kind_word=first_of(wire.itemTypeName),
        subject=first_of(wire.subject),
        description=plain(wire.description),
        solution=plain(wire.commentary),
        state=named.pop(TicketRole.STATE, None),
        project=named.pop(TicketRole.PROJECT, None),
        roles=named,
        opened_at=read_local(wire.openedDate, zone),
        closed_at=read_local(wire.closedDate, zone),
        is_closed=wire.isClosed,
        files=read_files(wire.attachments),
        additional=read_additional(wire.additionalFields),
    )
