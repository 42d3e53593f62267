"""Tickets at Aranda ("cases"): the calls, then what is asked. What the answers mean is in `ticket_reading.py`.

A ticket is asked for by its code. Nothing is idempotent: the marker in the description is how a ticket of unknown
outcome is found again. Which fields a project wants is known to Aranda alone, whose refusals name them.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
Source: https://learn.microsoft.com/en-us/connectors/arandaservicemanagem/ (the same in words, with its limits)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import ClassVar

from bot.capabilities import KeepsTickets, TakesTicketNotes
from bot.errors import UsageError
from bot.http import Flag, Http, Wire, no_answer, not_found, raise_for_page
from bot.model import (
    File,
    Found,
    NoteScope,
    Search,
    Ticket,
    TicketChange,
    TicketCode,
    TicketFileId,
    TicketKey,
    TicketRequest,
    TicketRole,
    TicketStep,
)
from bot.providers.asms.asking import additional_body, fields_of, known_id, search_body, ticket_path
from bot.providers.asms.files import MOST_BYTES, file_body, read_file
from bot.providers.asms.history import SCOPES, read_steps
from bot.providers.asms.plain import marked_up, without_tags
from bot.providers.asms.ticket_reading import read_key, read_ticket_row
from bot.providers.asms.wire import KINDS, ROLES, read_found
from bot.providers.reading import filled

NOTE_LIMIT = 254  # it stands in the address
# A search gives the first fifty and says nothing of the others; older adapters give twenty.
CAPS = frozenset({20, 50})

FIELDS = fields_of(
    words="""Commentary Description Subject ApplicantName AuthorName CategoryName CiName CompanyName
    CustomerName GroupName ImpactName ItemTypeName ModelName ModifierName OlaName PriorityName ProjectName
    ProviderName ReasonName RegistryTypeName ResponsibleName ServiceName SlaName StateName UcName UnitName
    UrgencyName""",
    ids="""ApplicantId AuthorId CategoryId CiId CompanyId ConsoleType CustomerId GroupId ImpactId InterfaceId
    ModelId ModifierId OlaId PriorityId ProjectId ProviderId ReasonId RegistryTypeId ResponsibleId ServiceId SlaId
    StateId UcId UnitId UrgencyId""",
    dates="OpenedDate",
)
_GIVEN_APART = frozenset({TicketRole.PROJECT, TicketRole.SERVICE, TicketRole.CATEGORY})


class Tickets(KeepsTickets, TakesTicketNotes):
    """Aranda's tickets."""

    note_limit: ClassVar[int] = NOTE_LIMIT
    file_limit: ClassVar[int] = MOST_BYTES
    _http: Http
    _zone: tzinfo | None

    async def create_ticket(self, request: TicketRequest) -> TicketKey:
        """Open one, with its marker in the last line of the description."""
        return read_key(await self._http.act("POST", "/asms/case", ticket_body(request)))

    async def find_tickets(self, search: Search) -> Found[Ticket]:
        """The first fifty, in an order that nobody promises."""
        response = await self._http.search("/asms/case/list", search_body(search, FIELDS, self._zone))
        return read_found(response, partial(read_ticket_row, zone=self._zone), CAPS)

    async def read_ticket(self, ticket: TicketCode) -> Ticket:
        """One ticket; no content means that there is none."""
        response = await self._http.read(ticket_path(ticket))
        if not response.body:
            raise not_found(response)
        found = read_ticket_row(response.json(), self._zone)
        if found is None:
            raise no_answer(response.call, "unreadable")
        return found

    async def update_ticket(self, ticket: TicketCode, change: TicketChange) -> None:
        """Set what is given. Whoever writes last wins; read the ticket again to see what became of it."""
        response = await self._http.act("PUT", ticket_path(ticket), change_body(change))
        if not response.parse(ResultWire).result:
            raise no_answer(response.call, "unreadable")

    async def list_ticket_steps(self, ticket: TicketCode, notes: NoteScope) -> Sequence[TicketStep]:
        """Its history, sorted here: their order is not promised."""
        path, asked = f"{ticket_path(ticket)}/history", {"addNote": SCOPES[notes]}
        return read_steps(await self._http.read(path, asked), notes, self._zone)

    async def add_note(self, ticket: TicketCode, words: str) -> None:
        """It stands in the address of the call, which a proxy may log. Who sees it, the instance decides."""
        path, asked = f"{ticket_path(ticket)}/note", {"message": note(words)}
        raise_for_page(await self._http.act("POST", path, query=asked))

    async def attach_file(self, ticket: TicketCode, file: File) -> None:
        """Hang a file on it."""
        raise_for_page(await self._http.act("POST", f"{ticket_path(ticket)}/file", file_body(file)))

    async def read_ticket_file(self, ticket: TicketCode, file: TicketFileId) -> File:
        """Fetch one of its files."""
        path = f"{ticket_path(ticket)}/file/{known_id(file, 'A file')}"
        return read_file(await self._http.read(path, most_bytes=MOST_BYTES))


class ResultWire(Wire):
    """What a change answers; False is a refusal, which is judged before anybody reads it."""

    result: Flag = None


# --- What is asked ----------------------------------------------------------------------------------------


def ticket_body(request: TicketRequest) -> Mapping[str, object]:
    """What opens a ticket. Raises `UsageError` for what they would refuse."""
    kind = KINDS.get(request.kind)
    if kind is None:
        raise UsageError(f"Choose what the ticket is: {', '.join(KINDS)}.")
    if not request.subject.strip():
        raise UsageError("A ticket needs a subject.")
    if not request.marker.strip():
        raise UsageError("A ticket needs a marker, by which it can be found again.")
    if not _GIVEN_APART.isdisjoint(request.roles):
        raise UsageError("A ticket has one project, one service and one category.")
    body = {
        "subject": request.subject.strip(),
        "description": marked_up(f"{request.description}\n\n{request.marker}"),
        "itemType": kind,
        "projectId": known_id(request.project, "A project"),
        "serviceId": known_id(request.service, "A service"),
        "categoryId": known_id(request.category, "A category"),
        **role_body(request.roles),
        "additionalFields": additional_body(request.additional),
    }
    return filled(body)


def change_body(change: TicketChange) -> Mapping[str, object]:
    """What changes a ticket: what is set, and nothing else. Raises `UsageError` for nothing, and a project."""
    if TicketRole.PROJECT in change.roles:
        raise UsageError("A ticket stays in its project. Open a new one in the other project.")
    if change.subject is not None and not change.subject.strip():
        raise UsageError("A ticket needs a subject.")
    body = filled(
        {
            "subject": change.subject and change.subject.strip(),
            "description": None if change.description is None else marked_up(change.description),
            "commentary": None if change.solution is None else marked_up(change.solution),
            "interfaceId": change.interface,
            **role_body(change.roles),
            "additionalFields": additional_body(change.additional),
        }
    )
    if not body:
        raise UsageError("Say what to change on this ticket.")
    return body


def role_body(roles: Mapping[TicketRole, int]) -> Mapping[str, object]:
    """What a ticket points at."""
    return {f"{ROLES[role]}Id": known_id(number, f"A ticket's {role}") for role, number in roles.items()}


def note(words: str) -> str:
    """A note as it is sent. Raises `UsageError` for one that they would refuse."""
    if not words.strip():
        raise UsageError("Write what the note says.")
    if len(words.strip()) > NOTE_LIMIT:
        raise UsageError(f"A note has {NOTE_LIMIT} characters at the most. Split it.")
    return without_tags(words)
