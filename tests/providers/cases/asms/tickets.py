"""Aranda's tickets, described for the contract."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import KeepsTickets
from bot.errors import FieldRefused, NotFound, OutcomeUnknown, Rejected, UsageError
from bot.model import (
    AdditionalField,
    Compare,
    Condition,
    Found,
    NoteScope,
    Search,
    TicketChange,
    TicketCode,
    TicketId,
    TicketKey,
    TicketKind,
    TicketRequest,
    TicketRole,
)
from bot.providers.asms import Asms
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.asms.common import (
    EMPTY_404,
    NO_ROWS,
    READ_REFUSALS,
    REFUSALS,
    aranda,
    refusal,
)
from tests.providers.cases.asms.ticket_values import (
    CODE,
    LISTED,
    MARKER,
    MOVED,
    NOTED,
    OTHER,
    REQUEST,
    SEARCH,
    TICKET,
)
from tests.providers.cases.common import WORDS
from tests.providers.far_end import Answer


def _uncreated(request: TicketRequest) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.create_ticket(request), UsageError)


def _unread(code: str) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.read_ticket(TicketCode(code)), UsageError)


def _unsearched(*conditions: Condition) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.find_tickets(Search(conditions)), UsageError)


def _unchanged(change: TicketChange, ticket: str = CODE) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.update_ticket(TicketCode(ticket), change), UsageError)


TICKETS: tuple[Operation[Asms], ...] = (
    Operation(
        KeepsTickets.create_ticket,
        lambda provider: provider.create_ticket(REQUEST),
        (
            Exchange(
                "POST /asms/case",
                aranda("created.json"),
                body={
                    "subject": "No hot water, flat 4B",
                    "description": f"{WORDS}<br>1 &lt; 2 &amp; 3<br><br>{MARKER}",
                    "itemType": "Incidents",
                    "projectId": 12,
                    "serviceId": 31,
                    "categoryId": 204,
                    "groupId": 5,
                    "customerId": 881,
                    "ciId": 991,
                    "additionalFields": [{"fieldId": "317", "values": ["4B"]}],
                },
                effect=True,
                wrong=({}, {"id": 48213}, {"idByProject": "RF-200"}, {"id": 0, "idByProject": "RF-200"}),
            ),
        ),
        TicketKey(CODE, TicketId(48213)),
        refusals=(
            *REFUSALS,
            Refusal(refusal("Flat AdditionalFieldIsRequired"), FieldRefused, "AdditionalFieldIsRequired"),
            Refusal(refusal("ServiceIdIsEmpty"), FieldRefused, "ServiceIdIsEmpty"),
            Refusal(Answer(400, b"ModelNotActive"), Rejected, "ModelNotActive"),
            Refusal(refusal("FailureGetFields", 500), OutcomeUnknown, "FailureGetFields"),
        ),
        impossible=(
            _uncreated(replace(REQUEST, kind=TicketKind.UNKNOWN)),
            _uncreated(replace(REQUEST, subject=" \n")),
            _uncreated(replace(REQUEST, marker="")),
            _uncreated(replace(REQUEST, project=0)),
            _uncreated(replace(REQUEST, roles={TicketRole.SERVICE: 31})),
            _uncreated(replace(REQUEST, roles={TicketRole.GROUP: -1})),
            _uncreated(replace(REQUEST, additional=(AdditionalField(" ", ("4B",)),))),
        ),
    ),
    Operation(
        KeepsTickets.find_tickets,
        lambda provider: provider.find_tickets(SEARCH),
        (
            Exchange(
                "POST /asms/case/list",
                aranda("tickets.json"),
                body={
                    "logicOperator": "And",
                    "filters": [
                        {"field": "ProjectId", "operator": "EqualTo", "value": "12"},
                        {"field": "Subject", "operator": "Like", "value": "hot water"},
                        {"field": "OpenedDate", "operator": "GreaterThanOrEqualTo", "value": "2026-03-01"},
                    ],
                },
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        Found((LISTED, OTHER), cut=False),
        refusals=(
            *READ_REFUSALS,
            EMPTY_404,
            Refusal(refusal("CriteriaNeedsSomeArguments"), Rejected, "CriteriaNeedsSomeArguments"),
        ),
        impossible=(
            _unsearched(),
            _unsearched(Condition("Code", Compare.EQUAL, "RF-200")),
            _unsearched(Condition("Subject", Compare.ABOVE, "hot")),
            _unsearched(Condition("StateId", Compare.LIKE, "18")),
            _unsearched(Condition("OpenedDate", Compare.LIKE, "2026-03-02")),
            _unsearched(Condition("OpenedDate", Compare.ABOVE, "yesterday")),
            _unsearched(Condition("Subject", Compare.EQUAL, "  ")),
        ),
    ),
    Operation(
        KeepsTickets.read_ticket,
        lambda provider: provider.read_ticket(CODE),
        (
            Exchange(
                "GET /asms/case/RF-200",
                aranda("ticket.json"),
                means={b"": NotFound},
                wrong=({}, {"id": 48213}, {"idByProject": " "}),
            ),
        ),
        TICKET,
        refusals=(*READ_REFUSALS, EMPTY_404, Refusal(Answer(204), NotFound, "nothing")),
        impossible=tuple(
            map(_unread, ("", " ", "..", "../RF-200", "RF 200", "RF-200/note", "RF-200?x", "-", "R" * 99))
        ),
    ),
    Operation(
        KeepsTickets.update_ticket,
        lambda provider: provider.update_ticket(
            CODE,
            TicketChange(
                subject=" Hot water, flat 4B ",
                description="",
                solution="Reset\nby the <plumber>.",
                interface="T-1",
                roles={TicketRole.STATE: 22, TicketRole.REASON: 3, TicketRole.SERVICE: 31},
                additional=(AdditionalField("317", ()),),
            ),
        ),
        (
            Exchange(
                "PUT /asms/case/RF-200",
                aranda("updated.json"),
                body={
                    "subject": "Hot water, flat 4B",
                    "description": "",
                    "commentary": "Reset<br>by the &lt;plumber&gt;.",
                    "interfaceId": "T-1",
                    "stateId": 22,
                    "reasonId": 3,
                    "serviceId": 31,
                    "additionalFields": [{"fieldId": "317", "values": []}],
                },
                effect=True,
                wrong=({}, {"result": None}, {"id": 48213}),
            ),
        ),
        None,
        refusals=(
            *REFUSALS,
            Refusal(refusal("InvalidStateId"), FieldRefused, "InvalidStateId"),
            Refusal(
                refusal("FailedToCloseTaskPendingCloseTasksPredecessors"),
                Rejected,
                "FailedToCloseTaskPendingCloseTasksPredecessors",
            ),
        ),
        impossible=(
            _unchanged(TicketChange()),
            _unchanged(TicketChange(subject=" ")),
            _unchanged(TicketChange(roles={TicketRole.PROJECT: 13})),
            _unchanged(TicketChange(subject="x"), "RF/200"),
        ),
    ),
    Operation(
        KeepsTickets.update_ticket,
        lambda provider: provider.update_ticket(CODE, TicketChange(roles={TicketRole.STATE: 22})),
        (Exchange("PUT /asms/case/RF-200", aranda("updated.json"), body={"stateId": 22}, effect=True),),
        None,
        note="one field",
    ),
    Operation(
        KeepsTickets.list_ticket_steps,
        lambda provider: provider.list_ticket_steps(CODE, NoteScope.ALL),
        (
            Exchange(
                "GET /asms/case/RF-200/history",
                aranda("history.json"),
                {"addNote": "All"},
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        (MOVED, NOTED),
        refusals=(*READ_REFUSALS, EMPTY_404),
    ),
    Operation(
        KeepsTickets.list_ticket_steps,
        lambda provider: provider.list_ticket_steps(CODE, NoteScope.PUBLIC),
        (Exchange("GET /asms/case/RF-200/history", aranda("history.json"), {"addNote": "Public"}, means=NO_ROWS),),
        (MOVED,),
        note="public",
        picks=True,
    ),
)
