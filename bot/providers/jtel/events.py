"""What waits in jtel's queues: events, their kinds and their states.

An event cannot be changed or taken back from here, and nobody tells of a change: ask again.
Source: https://wiki.jtel.de/display/JPW/AcdEvents+REST+API+-+AcdEvent+Functions
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import tzinfo
from functools import partial

from bot.capabilities import ListsAcdEvents
from bot.http import Count, Http, Wire, Words
from bot.model import AcdEvent, AcdEventId, AcdEventKind, AcdEventStatus, AcdWord, AgentGroupId, AgentId
from bot.providers.jtel.asking import (
    MOST_BYTES,
    all_of,
    known,
    our_number,
    readable,
    rows_of,
    server_time,
    the_one,
)
from bot.providers.jtel.wire import RowWire
from bot.providers.reading import first_of, read_row

Meaning = AcdEventKind | AcdEventStatus

NOT_SAID = -1  # 0 is a state of theirs

# Open sets with gaps. Source: https://wiki.jtel.de/display/JPW/AcdEvents+REST+API+-+AcdEvent+Functions
KINDS: Mapping[int, AcdEventKind] = {
    1: AcdEventKind.VOICE_MAIL,
    2: AcdEventKind.FAX,
    3: AcdEventKind.CALLBACK,
    4: AcdEventKind.TEXT,
    5: AcdEventKind.EMAIL,
    6: AcdEventKind.TICKET,
    7: AcdEventKind.CHAT,
}
STATES: Mapping[int, AcdEventStatus] = {
    0: AcdEventStatus.ENTERING,
    1: AcdEventStatus.WAITING,
    2: AcdEventStatus.IN_TRANSFER,
    4: AcdEventStatus.IN_TRANSFER,
    10: AcdEventStatus.TO_AGENT,
    20: AcdEventStatus.NEW,
    30: AcdEventStatus.SEEN,
    40: AcdEventStatus.REMIND,
    98: AcdEventStatus.CHAT_CLOSED,
    99: AcdEventStatus.DONE,
    100: AcdEventStatus.ERROR,
}
_OF_PHONES = frozenset({AcdEventKind.VOICE_MAIL, AcdEventKind.FAX, AcdEventKind.CALLBACK, AcdEventKind.TEXT})
_ADDED_TO = "UPDATED"


class Events(ListsAcdEvents):
    """jtel's events."""

    _http: Http
    _zone: tzinfo | None

    async def list_acd_events(self) -> AsyncIterator[AcdEvent]:
        """The whole table, oldest first, in one answer."""
        response = await self._http.read("/acd/events", most_bytes=MOST_BYTES)
        for event in readable(rows_of(response), partial(read_event, zone=self._zone)):
            yield event

    async def read_acd_event(self, event: AcdEventId) -> AcdEvent:
        """One event."""
        response = await self._http.read(f"/acd/events/event/{known(event)}")
        return the_one(response, partial(read_event, zone=self._zone))

    async def list_event_types(self) -> Sequence[AcdWord]:
        """Theirs, with what they mean here."""
        return all_of(await self._http.read("/acd/events/types"), read_kind)

    async def list_event_states(self) -> Sequence[AcdWord]:
        """Theirs, with what they mean here."""
        return all_of(await self._http.read("/acd/events/status"), read_state)


# --- What the answers mean ----------------------------------------------------------------------------------


class EventWire(RowWire):
    """An event. `Result_` is there when it was asked for and existed before."""

    AcdEventTypesID: Count = None
    AcdEventStatusID: Count = None
    AcdGroupsID: Count = None
    UsersID: Count = None
    Sender: Words | None = None
    Subject: Words | None = None
    UserData: Words | None = None
    Result_: Words | None = None
    dtCreated: Words | None = None  # noqa: N815  # their spelling
    dtLastModified: Words | None = None  # noqa: N815

    def event(self, zone: tzinfo | None) -> AcdEvent:
        """The same in our words."""
        kind_id = NOT_SAID if self.AcdEventTypesID is None else self.AcdEventTypesID
        status_id = NOT_SAID if self.AcdEventStatusID is None else self.AcdEventStatusID
        kind = KINDS.get(kind_id, AcdEventKind.UNKNOWN)
        number = our_number(self.Sender) if kind in _OF_PHONES else None
        return AcdEvent(
            id=AcdEventId(self.ID),
            kind=kind,
            kind_id=kind_id,
            status=STATES.get(status_id, AcdEventStatus.UNKNOWN),
            status_id=status_id,
            group=AgentGroupId(self.AcdGroupsID) if self.AcdGroupsID else None,
            agent=AgentId(self.UsersID) if self.UsersID else None,
            sender=first_of(number, self.Sender),
            subject=first_of(self.Subject),
            data=first_of(self.UserData),
            created_at=server_time(self.dtCreated, zone),
            changed_at=server_time(self.dtLastModified, zone),
            updated=first_of(self.Result_) == _ADDED_TO,
        )


class WordWire(Wire):
    """A kind or a state. `ShortText` is like `AcdEventTypes.Callback`."""

    ID: int
    ShortText: Words | None = None

    def word(self, table: Mapping[int, Meaning], unknown: Meaning) -> AcdWord:
        """The same with what it means by `table`."""
        label = first_of(self.ShortText).rpartition(".")[2]
        return AcdWord(self.ID, label or str(self.ID), table.get(self.ID, unknown))


def read_event(row: object, *, zone: tzinfo | None) -> AcdEvent | None:
    """One row of events. Pure."""
    wire = read_row(EventWire, row)
    return wire.event(zone) if wire else None


def read_kind(row: object) -> AcdWord | None:
    """One row of kinds. Pure."""
    wire = read_row(WordWire, row)
    return wire.word(KINDS, AcdEventKind.UNKNOWN) if wire else None


def read_state(row: object) -> AcdWord | None:
    """One row of states. Pure."""
    wire = read_row(WordWire, row)
    return wire.word(STATES, AcdEventStatus.UNKNOWN) if wire else None
