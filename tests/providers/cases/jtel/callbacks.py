"""Queueing at jtel, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import QueuesCallbacks, QueuesTickets
from bot.errors import UsageError
from bot.model import (
    AcdEventId,
    AcdEventStatus,
    AgentGroupId,
    AgentId,
    CallbackRequest,
    Number,
    QueuedTicketRequest,
    SplitGroup,
)
from bot.providers.jtel import Jtel
from tests.providers.case import Exchange, Impossible, Operation
from tests.providers.cases.common import CONTACT, OUR_NUMBER, WORDS
from tests.providers.cases.jtel.common import NO_MADE_ROW, REFUSALS, jt
from tests.providers.cases.jtel.events import CALLBACK, GROUP, TICKET

LINK = "https://example.slack.com/archives/C024BE91L/p1712345678000100"
DATA = "slack-C024BE91L-1712345678.000100"
DUE = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
CALL = CallbackRequest(
    contact=CONTACT,
    group=GROUP,
    subject="Callback for Ana Ruiz",
    data=DATA,
    receiver=OUR_NUMBER,
    body=f"{WORDS}\nPlease call <me> after lunch",
    link=LINK,
    priority=60,
    due_at=DUE,
)
FOR_AN_AGENT = CallbackRequest(
    contact=CONTACT,
    group=SplitGroup(AgentGroupId(240), AgentGroupId(241)),
    subject="Callback for Ana Ruiz",
    data=DATA,
    agent=AgentId(3),
)
OPENED = QueuedTicketRequest(
    sender="info@example.com",
    group=GROUP,
    subject="Ticket 123456\nopened",
    data="123456",
    receiver="support@example.com",
    link="https://tickets.example.com/123456",
)

_BODY = {
    "AcdEventTypesID": 3,
    "AcdGroupsID": 235,
    "Sender": "14235550142",
    "Receiver": "14235550100",
    "Subject": "Callback for Ana Ruiz",
    "Body": f"{WORDS}\r\nPlease call ‹me› after lunch",
    "CrmURL": LINK,
    "UserData": DATA,
    "nPriority": 60,
    "dtAppointmentDate": "2026-03-02",
    "dtAppointmentTime": "13:30",
}


def _create(fixture: str, body: object) -> tuple[Exchange, ...]:
    return (Exchange("POST /acd/events/create", jt(fixture), body=body, effect=True, wrong=NO_MADE_ROW),)


def _uncalled(request: CallbackRequest) -> Impossible[Jtel]:
    return Impossible(lambda provider: provider.queue_callback(request), UsageError)


def _unqueued(request: QueuedTicketRequest) -> Impossible[Jtel]:
    return Impossible(lambda provider: provider.queue_ticket(request), UsageError)


CALLBACKS: tuple[Operation[Jtel], ...] = (
    Operation(
        QueuesCallbacks.queue_callback,
        lambda provider: provider.queue_callback(CALL),
        _create("event_callback.json", _BODY),
        CALLBACK,
        refusals=REFUSALS,
        impossible=(
            _uncalled(replace(CALL, contact=Number("72345"))),
            _uncalled(replace(CALL, contact=Number("My Shop"))),
            _uncalled(replace(CALL, receiver=Number("72345"))),
            _uncalled(replace(CALL, group=AgentGroupId(0))),
            _uncalled(replace(CALL, group=SplitGroup(AgentGroupId(240), AgentGroupId(0)))),
            _uncalled(replace(CALL, agent=AgentId(0))),
            _uncalled(replace(CALL, subject=" \n")),
            _uncalled(replace(CALL, data=" ")),
            _uncalled(replace(CALL, priority=-1)),
            _uncalled(replace(CALL, priority=201)),
            _uncalled(replace(CALL, link="crm.example.com/17")),
            _uncalled(replace(CALL, link="https://[crm")),
            _uncalled(replace(CALL, link="https://crm.example.com/a b")),
            # 02:30 in Berlin, twice: the clocks are set back from three to two.
            _uncalled(replace(CALL, due_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))),
            _uncalled(replace(CALL, due_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))),
        ),
    ),
    Operation(
        QueuesCallbacks.queue_callback,
        lambda provider: provider.queue_callback(FOR_AN_AGENT),
        _create(
            "event_updated.json",
            {
                "AcdEventTypesID": 3,
                "AcdConfigurationGroupsID": 240,
                "AcdAgentGroupsID": 241,
                "UsersID": 3,
                "Sender": "14235550142",
                "Subject": "Callback for Ana Ruiz",
                "UserData": DATA,
            },
        ),
        replace(
            CALLBACK,
            id=AcdEventId(2012),
            status=AcdEventStatus.NEW,
            status_id=20,
            agent=AgentId(3),
            updated=True,
        ),
        note="for an agent, of one that is there",
    ),
    Operation(
        QueuesTickets.queue_ticket,
        lambda provider: provider.queue_ticket(OPENED),
        _create(
            "event_ticket.json",
            {
                "AcdEventTypesID": 6,
                "AcdGroupsID": 235,
                "Sender": "info@example.com",
                "Receiver": "support@example.com",
                "Subject": "Ticket 123456 opened",
                "CrmURL": "https://tickets.example.com/123456",
                "UserData": "123456",
            },
        ),
        TICKET,
        refusals=REFUSALS,
        impossible=(
            _unqueued(replace(OPENED, sender=" ")),
            _unqueued(replace(OPENED, sender="+12")),
            _unqueued(replace(OPENED, subject="")),
            _unqueued(replace(OPENED, data="")),
            _unqueued(replace(OPENED, priority=1000)),
            _unqueued(replace(OPENED, group=AgentGroupId(-5))),
        ),
    ),
)
