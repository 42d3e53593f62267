"""Tickets of Aranda's own API, described for the contract."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import KeepsTickets
from bot.errors import FieldRefused, OutcomeUnknown, Rejected, UsageError
from bot.model import (
    AdditionalField,
    Choice,
    Compare,
    Condition,
    Found,
    NoteScope,
    Search,
    Ticket,
    TicketChange,
    TicketCode,
    TicketId,
    TicketKey,
    TicketKind,
    TicketRole,
)
from bot.providers.asms.direct import AsmsDirect
from tests.providers.case import ANY_STATUS, Exchange, Impossible, Means, Operation, Refusal
from tests.providers.cases.asms.common import READ_REFUSALS, REFUSALS, refusal
from tests.providers.cases.asms.ticket_values import MARKER, MOVED, NOTED, REQUEST
from tests.providers.cases.asms.ticket_values import TICKET as ADAPTERS
from tests.providers.cases.asms_direct.common import (
    CODE,
    FILES,
    ITEM,
    NO_ROWS,
    PROJECTS,
    READ,
    UNANSWERED,
    UNREADABLE,
    own,
)
from tests.providers.cases.common import WORDS, fixture
from tests.providers.far_end import Answer

TICKET = replace(ADAPTERS, code=CODE, kind_word="Incidente", additional=(AdditionalField("317", ("4B",), "Flat"),))
LISTED = Ticket(
    code=TicketCode("RF-48214"),
    id=TicketId(48214),
    kind=TicketKind.SERVICE_CALL,
    kind_word="Requerimiento",
    subject="Hot water too hot",
    description="tl-8f3c01",
    solution="",
    state=Choice(17, "Open"),
    project=Choice(12, "Facilities"),
    roles={},
    opened_at=datetime(2026, 3, 2, 15, 20, tzinfo=UTC),
    closed_at=None,
    is_closed=False,
)
SEARCH = Search(
    (
        Condition("ProjectId", Compare.EQUAL, "12"),
        Condition("Subject", Compare.LIKE, " HOT water "),
        Condition("OpenedDate", Compare.AT_LEAST, "2026-03-02T09:30"),
    )
)
BY_MARKER = Search((Condition("Description", Compare.LIKE, MARKER),))

MODEL = Exchange(
    "GET /api/v9/item/1/categories/204/service/31/model",
    own("model.json"),
    means={b"": Rejected},
    wrong=([], "words"),
)
OTHER_MODEL = replace(
    MODEL, asks="GET /api/v9/item/1/categories/205/service/31/model", answer=Answer(200, b'{"id": 8}')
)
STATES = Exchange(
    "GET /api/v9/model/7/1/states",
    own("menu.json"),
    means={b"": Rejected, b"[]": Rejected},
    wrong=({}, {"id": 1}),
)


def fields(*names: str, **more: object) -> Exchange:
    """The look at the additional fields of a ticket with these ids."""
    ids = {"categoryId": 204, "itemType": 1, "modelId": 7, "stateId": 18, **more}
    return Exchange(
        "POST /api/v9/item/additionalfields",
        own("fields.json"),
        body={"consoleType": "specialist", **{name: ids[name] for name in (*ids, *names)}},
        means=NO_ROWS,
        wrong=({}, {"totalItems": 1}),
    )


def field(number: int, **value: object) -> Mapping[str, object]:
    """A field of the fixture, with another value."""
    rows: Sequence[Mapping[str, object]] = json.loads(fixture("asms_direct", "fields.json"))["content"]
    row = next(each for each in rows if each["fieldId"] == number)
    empty = dict.fromkeys(("stringValue", "intValue", "floatValue", "boolValue", "dateValue"))
    return {**empty, **row, **value}


def criterion(name: str, number: int) -> Mapping[str, object]:
    """One condition as it is asked for."""
    return {
        "fieldName": name,
        "fieldValue": name,
        "logicOperator": None,
        "operatorName": "eq",
        "operatorValue": "==",
        "type": 6,
        "value": number,
        "valueName": number,
    }


def page(*criteria: Mapping[str, object], projects: Sequence[int], at: int = 0) -> Mapping[str, object]:
    """What asks for a page."""
    return {
        "criteria": list(criteria),
        "level": 0,
        "orderField": "openedDate",
        "orderType": "desc",
        "pageIndex": at,
        "pageSize": 50,
        "projects": [{"project": project} for project in projects],
        "repository": 3,
        "types": [{"itemType": number} for number in (1, 2, 3, 4, 13)],
        "validate": True,
        "viewId": -6,
    }


STANDS: Mapping[str, object] = {
    "applicantId": 881,
    "categoryId": 204,
    "ciId": 991,
    "commentary": "Boiler reset<br>by the plumber.",
    "consoleType": "specialist",
    "customerId": 881,
    "description": "<p>Reported by SMS from +14235550142:<br>cold &amp; dark</p>",
    "groupId": 5,
    "impactId": 2,
    "itemType": 1,
    "itemVersion": 3,
    "modelId": 7,
    "projectId": 12,
    "registryTypeId": 30,
    "responsibleId": 77,
    "serviceId": 31,
    "stateId": 18,
    "subject": "No hot water, flat 4B",
    "urgencyId": 2,
    "listAdditionalField": [field(317)],
}
PUT = Exchange(f"PUT {ITEM}", Answer(200, b'{"result": true}'), effect=True, means=ANY_STATUS)


def _uncreated(**wrong: object) -> Impossible[AsmsDirect]:
    request = replace(REQUEST, **wrong)  # type: ignore[arg-type]  # any field of it
    return Impossible(lambda provider: provider.create_ticket(request), UsageError)


def _unread(code: str) -> Impossible[AsmsDirect]:
    return Impossible(lambda provider: provider.read_ticket(TicketCode(code)), UsageError)


def _unsearched(*conditions: Condition) -> Impossible[AsmsDirect]:
    return Impossible(lambda provider: provider.find_tickets(Search(conditions)), UsageError)


def _unchanged(change: TicketChange, ticket: str = CODE) -> Impossible[AsmsDirect]:
    return Impossible(lambda provider: provider.update_ticket(TicketCode(ticket), change), UsageError)


CREATED = {
    "subject": "No hot water, flat 4B",
    "description": f"{WORDS}<br>1 &lt; 2 &amp; 3<br><br>{MARKER}",
    "itemType": 1,
    "projectId": 12,
    "serviceId": 31,
    "categoryId": 204,
    "groupId": 5,
    "customerId": 881,
    "ciId": 991,
    "consoleType": "specialist",
    "modelId": 7,
    "tempItemId": -1,
}
GIVEN_ROLES = ("groupId", "customerId", "ciId")
NO_SUCH_FIELD: Means = {b"": FieldRefused, b"[]": FieldRefused}
NO_FIELDS = Answer(200, b'{"content": []}')
CREATE_REFUSALS = (
    *REFUSALS,
    Refusal(refusal("Flat AdditionalFieldIsRequired"), FieldRefused, "AdditionalFieldIsRequired"),
    Refusal(Answer(400, b"ModelNotActive"), Rejected, "ModelNotActive"),
    Refusal(refusal("FailureGetFields", 500), OutcomeUnknown, "FailureGetFields"),
)

TICKETS: tuple[Operation[AsmsDirect], ...] = (
    Operation(
        KeepsTickets.create_ticket,
        lambda provider: provider.create_ticket(REQUEST),
        (
            MODEL,
            STATES,
            replace(fields(stateId=12), means=NO_SUCH_FIELD),
            Exchange(
                "POST /api/v9/item/",
                own("created.json"),
                body={**CREATED, "stateId": 12, "listAdditionalField": [field(317, stringValue="4B")]},
                effect=True,
                wrong=({}, {"id": 48213}, {"idByProject": "RF-48213"}, {"id": 0, "idByProject": "RF-48213"}),
            ),
        ),
        TicketKey(CODE, TicketId(48213)),
        refusals=(*CREATE_REFUSALS, Refusal(NO_FIELDS, FieldRefused, "InvalidAdditionalFieldId", at=2)),
        impossible=(
            _uncreated(kind=TicketKind.UNKNOWN),
            _uncreated(subject=" \n"),
            _uncreated(marker=""),
            _uncreated(project=0),
            _uncreated(roles={TicketRole.SERVICE: 31}),
        ),
    ),
    Operation(
        KeepsTickets.create_ticket,
        lambda provider: provider.create_ticket(replace(REQUEST, roles={TicketRole.STATE: 18}, additional=())),
        (
            MODEL,
            Exchange(
                "POST /api/v9/item/",
                own("created.json"),
                body={
                    **{
                        name: value
                        for name, value in CREATED.items()
                        if name not in ("groupId", "customerId", "ciId")
                    },
                    "stateId": 18,
                    "listAdditionalField": [],
                },
                effect=True,
            ),
        ),
        TicketKey(CODE, TicketId(48213)),
        note="in a state, without fields",
        refusals=CREATE_REFUSALS,
    ),
    Operation(
        KeepsTickets.find_tickets,
        lambda provider: provider.find_tickets(SEARCH),
        (
            Exchange(
                "POST /api/v9/item/search",
                own("page.json"),
                {"language": "0"},
                body=page(criterion("projectId", 12), projects=[12]),
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        Found((LISTED,), cut=False),
        refusals=READ_REFUSALS,
        impossible=(
            _unsearched(),
            _unsearched(Condition("Code", Compare.EQUAL, "RF-48213")),
            _unsearched(Condition("StateId", Compare.LIKE, "18")),
            _unsearched(Condition("OpenedDate", Compare.ABOVE, "yesterday")),
        ),
        picks=True,
    ),
    Operation(
        KeepsTickets.find_tickets,
        lambda provider: provider.find_tickets(BY_MARKER),
        (
            PROJECTS,
            Exchange(
                "POST /api/v9/item/search",
                own("page.json"),
                {"language": "0"},
                body=page(projects=[12, 13]),
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        Found((LISTED,), cut=False),
        note="by marker",
        refusals=READ_REFUSALS,
        picks=True,
    ),
    Operation(
        KeepsTickets.read_ticket,
        lambda provider: provider.read_ticket(CODE),
        (replace(READ, means=UNANSWERED), FILES),
        TICKET,
        refusals=READ_REFUSALS,
        impossible=tuple(map(_unread, ("", " ", "..", "../RF-1", "RF 1", "RF-1/note", "RF-1?x", "-", "R" * 99))),
    ),
    Operation(
        KeepsTickets.update_ticket,
        lambda provider: provider.update_ticket(
            CODE,
            TicketChange(
                subject=" Hot water, flat 4B ",
                solution="Reset\nby the <plumber>.",
                interface="T-1",
                roles={TicketRole.STATE: 22, TicketRole.REASON: 3},
                additional=(AdditionalField("318", (" 5 ",)),),
            ),
        ),
        (
            READ,
            replace(fields("id", id=48213, stateId=22), means=NO_SUCH_FIELD),
            replace(
                PUT,
                body={
                    **STANDS,
                    "subject": "Hot water, flat 4B",
                    "commentary": "Reset<br>by the &lt;plumber&gt;.",
                    "interfaceId": "T-1",
                    "stateId": 22,
                    "reasonId": 3,
                    "listAdditionalField": [field(317), field(318, intValue=5)],
                },
            ),
        ),
        None,
        refusals=(*REFUSALS, Refusal(refusal("InvalidStateId"), FieldRefused, "InvalidStateId")),
        impossible=(
            _unchanged(TicketChange()),
            _unchanged(TicketChange(subject=" ")),
            _unchanged(TicketChange(roles={TicketRole.PROJECT: 13})),
            _unchanged(TicketChange(subject="x"), "RF/200"),
        ),
    ),
    Operation(
        KeepsTickets.update_ticket,
        lambda provider: provider.update_ticket(CODE, TicketChange(roles={TicketRole.CATEGORY: 205})),
        (
            replace(READ, means=UNREADABLE),
            OTHER_MODEL,
            fields("id", id=48213, categoryId=205, modelId=8),
            replace(PUT, body={**STANDS, "categoryId": 205, "modelId": 8}),
        ),
        None,
        note="into another category",
        refusals=REFUSALS,
    ),
    Operation(
        KeepsTickets.list_ticket_steps,
        lambda provider: provider.list_ticket_steps(CODE, NoteScope.ALL),
        (
            READ,
            Exchange(
                f"GET {ITEM}/history/list",
                own("history.json"),
                {"isClosed": "false", "consoleType": "1", "modelId": "7", "statusId": "18"},
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        (replace(MOVED, action="Modificado"), NOTED),
        refusals=READ_REFUSALS,
    ),
    Operation(
        KeepsTickets.list_ticket_steps,
        lambda provider: provider.list_ticket_steps(CODE, NoteScope.PUBLIC),
        (
            READ,
            Exchange(
                f"GET {ITEM}/history/list",
                own("history.json"),
                {"isClosed": "false", "consoleType": "1", "modelId": "7", "statusId": "18"},
                means=NO_ROWS,
            ),
        ),
        (replace(MOVED, action="Modificado"),),
        note="public",
        picks=True,
    ),
)
