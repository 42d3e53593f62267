"""Tickets in Aranda's own API: the calls, then what is asked and what the answers mean, each in a file of its own.

Nothing is idempotent: the marker in the description is how a ticket of unknown outcome is found again. Most things
take more than one call: a ticket is read before it is written, since it is known by its number and written whole.
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html (and the pages beside it)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from bot.capabilities import KeepsTickets
from bot.errors import NotFound, Rejected
from bot.http import Count, Http, Response, Wire, no_answer, not_found, raise_for_page
from bot.model import (
    AdditionalField,
    File,
    Found,
    MenuContext,
    NoteScope,
    Search,
    Ticket,
    TicketChange,
    TicketCode,
    TicketFileId,
    TicketKey,
    TicketKind,
    TicketRequest,
    TicketRole,
    TicketStep,
)
from bot.providers.asms.asking import known_id
from bot.providers.asms.direct import searching
from bot.providers.asms.direct.bodies import NEEDED, Fields, create_body, fields_body, is_right, update_body
from bot.providers.asms.direct.choices import DirectChoices, read_menu
from bot.providers.asms.direct.fields import filled_fields
from bot.providers.asms.direct.files import OF_A_TICKET, raise_for_upload, upload
from bot.providers.asms.direct.history import history_query, read_own_steps
from bot.providers.asms.direct.kinds import kind_number
from bot.providers.asms.direct.numbers import numbers_in
from bot.providers.asms.direct.rows import Row, has_code, read_row_of_theirs, rows_of, whole
from bot.providers.asms.files import MOST_BYTES, read_file
from bot.providers.asms.ticket_reading import read_key
from bot.providers.asms.tickets import change_body, ticket_body
from bot.providers.asms.wire import NAME, ROLES
from bot.providers.reading import read_row

_ITEM, _SEARCH = "/api/v9/item", "/api/v9/item/search"
_LANGUAGE = {"language": 0}
_MODEL_BY = (TicketRole.SERVICE, TicketRole.CATEGORY)
_MOST_NUMBERS = 10_000  # of tickets that are remembered

_UNREADABLE = "Aranda tells of this ticket in a way that cannot be read here. Look at it there."
_TOO_LITTLE = "Aranda does not tell enough of this ticket for it to be changed from here. Change it there."
_NO_STATE = "Aranda has no state in which such a ticket begins. Ask its administrator."


class PageWire(Wire):
    """How many there are in all."""

    totalItems: Count = None  # noqa: N815


class DirectTickets(KeepsTickets, DirectChoices):
    """Aranda's tickets."""

    file_limit: ClassVar[int] = MOST_BYTES
    _http: Http
    _zone: tzinfo | None
    _numbers: dict[TicketCode, int]  # by code: a ticket keeps both

    async def create_ticket(self, request: TicketRequest) -> TicketKey:
        """Open one, with its marker in the last line of the description. Asks first which model and which state
        it begins with, and for its additional fields where there are some."""
        ticket_body(request)  # so that nothing is asked for what they would refuse
        kind = kind_number(request.kind)
        model = await self.read_model(
            MenuContext(request.kind, request.project, request.service, request.category)
        )
        state = request.roles.get(TicketRole.STATE) or await self._first_state(model, kind)
        row = {"categoryId": request.category, "itemType": kind, "modelId": model, "stateId": state}
        fields = await self._filled(row, request.additional) if request.additional else ()
        key = read_key(await self._http.act("POST", f"{_ITEM}/", create_body(request, model, state, fields)))
        self._remember(key.code, key.id)
        return key

    async def find_tickets(self, search: Search) -> Found[Ticket]:
        """Those of the newest five hundred that match; which projects there are is asked first where none is
        meant."""
        searching.check(search)
        projects = searching.projects_meant(search) or await self._projects()
        found: list[Ticket] = []
        for page in range(searching.MOST_PAGES if projects else 0):
            response = await self._http.search(_SEARCH, searching.search_body(search, projects, page), _LANGUAGE)
            rows, total = rows_of(response), _total(response)
            matching = [row for row in rows if isinstance(row, dict) and searching.meets(row, search, self._zone)]
            found += [ticket for row in matching if (ticket := read_row_of_theirs(row))]
            if len(rows) < searching.PAGE_SIZE or (page + 1) * searching.PAGE_SIZE >= total:
                return Found(tuple(found), cut=False)
        return Found(tuple(found), cut=bool(projects))

    async def read_ticket(self, ticket: TicketCode) -> Ticket:
        """One ticket, then its files."""
        row = await self._row(ticket)
        found = read_row_of_theirs(row, await self._files(row))
        if found is None:
            raise Rejected(_UNREADABLE, provider=NAME, code="unreadable")
        return found

    async def update_ticket(self, ticket: TicketCode, change: TicketChange) -> None:
        """Read it and its additional fields, then set what is given. One that was written meanwhile is refused."""
        change_body(change)
        row = await self._row(ticket)
        number, place = whole(row, "id"), _place(row, change)
        if place is None:
            raise Rejected(_TOO_LITTLE, provider=NAME, code="unreadable")
        moves = not change.roles.keys().isdisjoint(_MODEL_BY)
        body = update_body(row, change, await self.read_model(place) if moves else None, ())
        fields = await self._filled({**body, "id": number}, change.additional)
        response = await self._http.act("PUT", f"{_ITEM}/{number}", {**body, "listAdditionalField": list(fields)})
        raise_for_page(response)

    async def list_ticket_steps(self, ticket: TicketCode, notes: NoteScope) -> Sequence[TicketStep]:
        """Its history, sorted here."""
        row = await self._row(ticket)
        response = await self._http.read(f"{_ITEM}/{whole(row, 'id')}/history/list", history_query(row))
        return read_own_steps(response, notes)

    async def attach_file(self, ticket: TicketCode, file: File) -> None:
        """Hang a file on it."""
        upload(0, 0, file)
        row = await self._row(ticket)
        body = upload(whole(row, "id"), whole(row, "itemType"), file)
        raise_for_upload(await self._http.act("POST", "/api/v9/file/", body))

    async def read_ticket_file(self, ticket: TicketCode, file: TicketFileId) -> File:
        """Fetch one of its files; whose file it is, is looked at before."""
        known_id(file, "A file")
        rows = [row for row in await self._files(await self._row(ticket)) if isinstance(row, dict)]
        row = next((each for each in rows if whole(each, "id") == file), None)
        if row is None:
            raise NotFound("This ticket has no such file.", provider=NAME, code="nothing")
        response = await self._http.read(f"/api/v9/file/{file}", most_bytes=MOST_BYTES)
        return read_file(response, str(row.get("name") or ""))

    # --- Within ---------------------------------------------------------------------------------------

    async def _row(self, ticket: TicketCode) -> Row:
        """The ticket as they write it. Raises `NotFound`."""
        known = self._numbers.get(ticket)
        for number in (known,) if known else numbers_in(ticket):
            row = await self._read(number)
            if row is not None and has_code(row, ticket):
                self._remember(ticket, number)
                return {**row, "id": number}
        return await self._found(ticket)

    async def _read(self, number: int) -> Row | None:
        """The ticket with that number, whatever its code; None when there is none."""
        try:
            response = await self._http.read(f"{_ITEM}/{number}")
        except NotFound:
            return None
        row = response.json() if response.body else None
        if row is not None and not isinstance(row, dict):
            raise no_answer(response.call, "unreadable")
        return row

    async def _found(self, ticket: TicketCode) -> Row:
        """The ticket of a code that does not tell its number."""
        response = await self.list_projects()
        projects = [choice.id for choice in read_menu(response)]
        if not projects:
            raise not_found(response)
        response = await self._http.search(_SEARCH, searching.code_body(ticket, projects), _LANGUAGE)
        rows = [row for row in rows_of(response) if isinstance(row, dict) and has_code(row, ticket)]
        number = whole(rows[0], "id") if rows else 0
        row = await self._read(number) if number else None
        if row is None or not has_code(row, ticket):
            raise not_found(response)
        self._remember(ticket, number)
        return {**row, "id": number}

    def _remember(self, ticket: TicketCode, number: int) -> None:
        if len(self._numbers) >= _MOST_NUMBERS:
            self._numbers.clear()
        self._numbers[ticket] = number

    async def _projects(self) -> Sequence[int]:
        return [choice.id for choice in read_menu(await self.list_projects())]

    async def _files(self, row: Row) -> Sequence[object]:
        asked = {"itemType": str(whole(row, "itemType")), "uploadType": OF_A_TICKET}
        return rows_of(await self._http.read(f"{_ITEM}/{whole(row, 'id')}/files", asked))

    async def _first_state(self, model: int, kind: int) -> int:
        states = await self.list_states(model, kind, None)
        if not states:
            raise Rejected(_NO_STATE, provider=NAME, code="no_state")
        return states[0].id

    async def _filled(self, row: Row, given: Sequence[AdditionalField]) -> Fields:
        response = await self._http.search(f"{_ITEM}/additionalfields", fields_body(row))
        return filled_fields(rows_of(response), given, self._zone)


def _total(response: Response) -> int:
    """How many there are in all; as many as one likes where the page does not say."""
    wire = read_row(PageWire, response.json()) if response.body else None
    return (
        wire.totalItems if wire and wire.totalItems is not None else searching.PAGE_SIZE * searching.MOST_PAGES + 1
    )


def _place(row: Row, change: TicketChange) -> MenuContext | None:
    """Where the ticket will be, which says what model it has; None for a row without all that a change needs."""
    ticket = read_row_of_theirs(row)
    if (
        ticket is None
        or ticket.kind is TicketKind.UNKNOWN
        or not all(is_right(name, row.get(name)) for name in NEEDED)
    ):
        return None
    service, category = [change.roles.get(role) or whole(row, f"{ROLES[role]}Id") for role in _MODEL_BY]
    return MenuContext(kind=ticket.kind, service=service, category=category) if service and category else None
