"""Queueing at jtel: callbacks and tickets.

Nothing there knows a request again: the same one queues a second event, unless the group allows none, and then the
answer is the first one. An appointment stands in the server's own time, without a zone, and one that is over rings
at once: so there is none without `JTEL_TIME_ZONE`, and none in the hour that comes twice. Appointments and
priorities are of release 3.35.
Source: https://wiki.jtel.de/display/JPW/AcdEvents+REST+API+-+AcdEvent+Functions
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from bot.capabilities import QueuesCallbacks, QueuesTickets
from bot.errors import UsageError
from bot.http import Http
from bot.model import AcdEvent, AgentGroupId, CallbackRequest, Number, QueuedTicketRequest, SplitGroup
from bot.providers.jtel.asking import known, one_line, plain, the_one, their_number
from bot.providers.jtel.events import read_event
from bot.providers.reading import filled

CALLBACK, TICKET = 3, 6
MOST_URGENT = 200  # Source: https://wiki.jtel.de/display/JPW/AcdEvent+Create+Advanced

_NO_ZONE = (
    "jtel takes times in its server's own time zone, which is not known here: leave the time out, or ask an "
    "admin to set JTEL_TIME_ZONE."
)
_TWICE = "On that day jtel's clocks are set back, and this hour comes twice. Choose a time before or after it."
_NO_SUBJECT = "This needs a subject. Write a few words that tell the agent what it is about."
_NO_DATA = "This needs a key of its own, by which it is found again. Write one after data=."
_NO_SENDER = "A ticket needs a sender: a phone number or an address."
_NO_LINK = "The link for the agent must be a whole address, like https://crm.example.com/contact."
_PRIORITY = f"A priority is a whole number from 0 to {MOST_URGENT}."


class Callbacks(QueuesCallbacks, QueuesTickets):
    """jtel's way to put something into a queue."""

    _http: Http
    _zone: tzinfo | None

    async def queue_callback(self, request: CallbackRequest) -> AcdEvent:
        """Queue a call, from now on or from `due_at` on."""
        return await self._queue(callback_body(request, self._zone))

    def check_callback(self, request: CallbackRequest) -> None:
        """Whether it can be called, told and shown."""
        callback_body(request, self._zone)

    async def queue_ticket(self, request: QueuedTicketRequest) -> AcdEvent:
        """Queue a ticket. They give it no words but its subject and its link."""
        return await self._queue(ticket_body(request, self._zone))

    async def _queue(self, body: Mapping[str, object]) -> AcdEvent:
        response = await self._http.act("POST", "/acd/events/create", body)
        return the_one(response, lambda row: read_event(row, zone=self._zone))


# --- What is asked ------------------------------------------------------------------------------------------


def callback_body(request: CallbackRequest, zone: tzinfo | None) -> dict[str, object]:
    """What queues a callback. Raises `UsageError` for what cannot be called, told or shown. Pure."""
    return {
        "AcdEventTypesID": CALLBACK,
        "Sender": their_number(request.contact),
        **filled({"Receiver": request.receiver and their_number(request.receiver)}),
        **filled({"Body": plain(request.body) or None}),
        **event_body(request, zone),
    }


def ticket_body(request: QueuedTicketRequest, zone: tzinfo | None) -> dict[str, object]:
    """What queues a ticket. Raises `UsageError`. Pure."""
    sender = address(request.sender)
    if not sender:
        raise UsageError(_NO_SENDER)
    return {
        "AcdEventTypesID": TICKET,
        "Sender": sender,
        **filled({"Receiver": address(request.receiver) or None}),
        **event_body(request, zone),
    }


def event_body(request: CallbackRequest | QueuedTicketRequest, zone: tzinfo | None) -> dict[str, object]:
    """What both have. Raises `UsageError`. Pure."""
    subject, data = one_line(request.subject), request.data.strip()
    if not subject or not data:
        raise UsageError(_NO_DATA if subject else _NO_SUBJECT)
    if request.priority is not None and not 0 <= request.priority <= MOST_URGENT:
        raise UsageError(_PRIORITY)
    more = {
        "UsersID": None if request.agent is None else known(request.agent),
        "CrmURL": whole_link(request.link),
        "nPriority": request.priority,
    }
    return {
        **group_body(request.group),
        "Subject": subject,
        "UserData": data,
        **filled(more),
        **(appointment(request.due_at, zone) if request.due_at is not None else {}),
    }


def group_body(group: AgentGroupId | SplitGroup) -> dict[str, int]:
    """A group that stands alone, or both halves of one that does not. Raises `UsageError`. Pure."""
    if isinstance(group, SplitGroup):
        return {"AcdConfigurationGroupsID": known(group.configuration), "AcdAgentGroupsID": known(group.agents)}
    return {"AcdGroupsID": known(group)}


def appointment(due_at: datetime, zone: tzinfo | None) -> dict[str, str]:
    """The earliest minute for it, on the server's clock; never before `due_at`. Raises `UsageError`. Pure."""
    if zone is None:
        raise UsageError(_NO_ZONE)
    begun = due_at.second or due_at.microsecond
    minute = due_at.replace(second=0, microsecond=0) + timedelta(minutes=1 if begun else 0)
    local = minute.astimezone(zone)
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        raise UsageError(_TWICE)
    return {"dtAppointmentDate": f"{local:%Y-%m-%d}", "dtAppointmentTime": f"{local:%H:%M}"}


def whole_link(link: str) -> str | None:
    """The link, None without one. Raises `UsageError` for one that is not whole. Pure."""
    if not link.strip():
        return None
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(link.split()) > 1:
        raise UsageError(_NO_LINK)
    return link.strip()


def address(of: str) -> str:
    """A sender or receiver of a ticket: a number without its plus, anything else as it is. Pure."""
    return their_number(Number(of)) if of.startswith("+") else one_line(of)
