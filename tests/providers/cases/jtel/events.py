"""jtel's events and groups, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import ListsAcdEvents, ListsAgentGroups, Provider
from bot.errors import UsageError
from bot.model import (
    AccountFacts,
    AcdEvent,
    AcdEventId,
    AcdEventKind,
    AcdEventStatus,
    AcdWord,
    Agent,
    AgentGroup,
    AgentGroupId,
    AgentId,
)
from bot.providers.jtel import Jtel
from tests.providers.case import Exchange, Impossible, Operation, everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.jtel.common import NO_ROW, NO_ROWS, OF_ONE, OF_SEARCHES, REFUSALS, jt

EVENT, GROUP = AcdEventId(2040), AgentGroupId(235)
CALLBACK = AcdEvent(
    id=EVENT,
    kind=AcdEventKind.CALLBACK,
    kind_id=3,
    status=AcdEventStatus.WAITING,
    status_id=1,
    group=GROUP,
    agent=None,
    sender=CONTACT,
    subject="Callback for Ana Ruiz",
    data="slack-C024BE91L-1712345678.000100",
    created_at=datetime(2026, 3, 2, 8, 15, 2, 794000, tzinfo=UTC),
    changed_at=datetime(2026, 3, 2, 8, 15, 2, 929000, tzinfo=UTC),
)
TICKET = AcdEvent(
    id=AcdEventId(2039),
    kind=AcdEventKind.TICKET,
    kind_id=6,
    status=AcdEventStatus.WAITING,
    status_id=1,
    group=GROUP,
    agent=None,
    sender="info@example.com",
    subject="Ticket 123456 opened",
    data="123456",
    created_at=datetime(2026, 3, 2, 1, 59, 32, 794000, tzinfo=UTC),
    changed_at=datetime(2026, 3, 2, 1, 59, 32, 929000, tzinfo=UTC),
)
AT_AN_AGENT = AcdEvent(
    id=EVENT,
    kind=AcdEventKind.CALLBACK,
    kind_id=3,
    status=AcdEventStatus.NEW,
    status_id=20,
    group=GROUP,
    agent=AgentId(3),
    sender=CONTACT,
    subject="Callback for Ana Ruiz",
    data="slack-C024BE91L-1712345678.000100",
    created_at=CALLBACK.created_at,
    changed_at=CALLBACK.changed_at,
)
_DATED = replace(jt("event_types.json"), headers={"date": "Mon, 02 Mar 2026 15:04:58 GMT"})
SALES, SUPPORT = AgentGroup(AgentGroupId(240), "Sales"), AgentGroup(GROUP, "Support DE")

EVENTS: tuple[Operation[Jtel], ...] = (
    Operation(
        Provider.check,
        lambda provider: provider.check(),
        (Exchange("GET /acd/events/types", _DATED, wrong=NO_ROWS),),
        AccountFacts("7 kinds of events", -2.0),
        refusals=REFUSALS,
    ),
    Operation(
        ListsAcdEvents.list_acd_events,
        lambda provider: everything(provider.list_acd_events()),
        (Exchange("GET /acd/events", jt("events.json"), wrong=NO_ROWS),),
        [TICKET, AT_AN_AGENT],
        refusals=REFUSALS,
    ),
    Operation(
        ListsAcdEvents.read_acd_event,
        lambda provider: provider.read_acd_event(EVENT),
        (Exchange("GET /acd/events/event/2040", jt("event_callback.json"), wrong=NO_ROW),),
        CALLBACK,
        refusals=OF_ONE,
        impossible=(Impossible(lambda provider: provider.read_acd_event(AcdEventId(0)), UsageError),),
    ),
    Operation(
        ListsAcdEvents.list_event_types,
        lambda provider: provider.list_event_types(),
        (Exchange("GET /acd/events/types", jt("event_types.json"), wrong=NO_ROWS),),
        [
            AcdWord(1, "VoiceMail", AcdEventKind.VOICE_MAIL),
            AcdWord(2, "Fax", AcdEventKind.FAX),
            AcdWord(3, "Callback", AcdEventKind.CALLBACK),
            AcdWord(4, "SMS", AcdEventKind.TEXT),
            AcdWord(5, "Email", AcdEventKind.EMAIL),
            AcdWord(6, "WorkFlowConnector", AcdEventKind.TICKET),
            AcdWord(7, "Chat", AcdEventKind.CHAT),
        ],
        refusals=REFUSALS,
    ),
    Operation(
        ListsAcdEvents.list_event_states,
        lambda provider: provider.list_event_states(),
        (Exchange("GET /acd/events/status", jt("event_states.json"), wrong=NO_ROWS),),
        [
            AcdWord(0, "EnterSystem", AcdEventStatus.ENTERING),
            AcdWord(1, "Distribute", AcdEventStatus.WAITING),
            AcdWord(2, "TransportSMTP", AcdEventStatus.IN_TRANSFER),
            AcdWord(4, "TransportToGroup", AcdEventStatus.IN_TRANSFER),
            AcdWord(10, "TransportAgent", AcdEventStatus.TO_AGENT),
            AcdWord(20, "New", AcdEventStatus.NEW),
            AcdWord(30, "Seen", AcdEventStatus.SEEN),
            AcdWord(40, "Remind", AcdEventStatus.REMIND),
            AcdWord(98, "ChatClosed", AcdEventStatus.CHAT_CLOSED),
            AcdWord(99, "Done", AcdEventStatus.DONE),
            AcdWord(100, "Error", AcdEventStatus.ERROR),
        ],
        refusals=REFUSALS,
    ),
)

GROUPS: tuple[Operation[Jtel], ...] = (
    Operation(
        ListsAgentGroups.list_agent_groups,
        lambda provider: provider.list_agent_groups(),
        (Exchange("GET /acd/groups", jt("groups.json"), wrong=NO_ROWS),),
        [SALES, SUPPORT],
        refusals=REFUSALS,
    ),
    Operation(
        ListsAgentGroups.read_agent_group,
        lambda provider: provider.read_agent_group(GROUP),
        (Exchange("GET /acd/groups/group/235", jt("group.json"), wrong=NO_ROW),),
        SUPPORT,
        refusals=OF_ONE,
        impossible=(Impossible(lambda provider: provider.read_agent_group(AgentGroupId(-1)), UsageError),),
    ),
    Operation(
        ListsAgentGroups.find_agent_groups,
        lambda provider: provider.find_agent_groups(" Support & more "),
        (Exchange("GET /acd/groups/group", jt("group.json"), {"name": "Support & more"}, wrong=NO_ROWS),),
        [SUPPORT],
        refusals=OF_SEARCHES,
        impossible=(Impossible(lambda provider: provider.find_agent_groups(" "), UsageError),),
    ),
    Operation(
        ListsAgentGroups.list_agents,
        lambda provider: provider.list_agents(),
        (Exchange("GET /users", jt("users.json"), wrong=NO_ROWS),),
        [Agent(AgentId(3), "kim@example.com"), Agent(AgentId(7), "lee@example.com")],
        refusals=REFUSALS,
    ),
)
