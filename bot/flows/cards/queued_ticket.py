"""Tickets in a queue of the contact centre as cards: queued, and followed until the agents are done with them.

The contact centre tells nothing by itself, and takes nothing back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.capabilities import ListsAcdEvents, QueuesTickets
from bot.errors import NotFound, UsageError
from bot.flows.cards.kind import CardFlow, Case, Do, gone, way_to_holder
from bot.model import CLOSED, AcdEvent, AcdEventId, AcdEventKind, AcdEventStatus, QueuedTicketRequest
from bot.model.cards import CREATE, CardDeed, CardKind, News, Seen
from bot.model.queued_tickets import QueuedTicketTerms
from bot.views.queued_ticket_card import ADDED, queued_ticket_name

_NEWS = {
    AcdEventStatus.DONE: "✅ {name}: the agents are done with it.",
    AcdEventStatus.CHAT_CLOSED: "✅ {name}: the agents closed it.",
    AcdEventStatus.ERROR: "⚠️ {name}: the contact centre says that it failed. Look at it there.",
}
_NOT_KNOWN = "It is not known yet whether this ticket was queued."
CLOCK_SLACK = timedelta(seconds=60)  # how far the contact centre's clock may be behind ours


async def create(case: Case, _: CardDeed) -> Seen:
    """Queue it. Where the group allows one such ticket, the one that was there is the answer."""
    terms = QueuedTicketTerms.read(case.card.says)
    request = QueuedTicketRequest(terms.sender, terms.group, terms.subject, terms.data, link=terms.link)
    return await _bound(case, await case.provider(QueuesTickets).queue_ticket(request))


async def created(case: Case, _: CardDeed) -> Seen | None:
    """The ticket with our key, if there is exactly one that it can be. What another card holds may be it all the
    same: that one was added to this before its own answer came."""
    events = case.provider(ListsAcdEvents).list_acd_events()
    found = [event async for event in events if _can_be(case, event)]
    free = [event for event in found if await case.free(str(event.id))]
    candidates = free or [event for event in found if await _was_added_to(case, event)]
    return await _bound(case, candidates[0]) if len(candidates) == 1 else None


async def _was_added_to(case: Case, event: AcdEvent) -> bool:
    """Whether the card that holds it asked with another key: then what it has is ours. Else it is their own."""
    other = await case.bridge.store.cards.held(case.card.kind, case.card.provider, str(event.id))
    return other is not None and QueuedTicketTerms.read(other.says).data != event.data


def _can_be(case: Case, event: AcdEvent) -> bool:
    terms, earliest = QueuedTicketTerms.read(case.card.says), case.card.created_at - CLOCK_SLACK
    is_ours = event.kind is AcdEventKind.TICKET and event.data == terms.data
    return is_ours and (event.created_at is None or event.created_at >= earliest)


async def _bound(case: Case, event: AcdEvent) -> Seen:
    """The ticket as this card's; where it is another card's, the way there."""
    seen = seen_of(case, event)
    return await elsewhere(case, seen) or seen


async def elsewhere(case: Case, seen: Seen) -> Seen | None:
    """The way to the other card that holds it; None when none does."""
    link = None if seen.provider_id is None else await way_to_holder(case, seen.provider_id)
    if link is None:
        return None
    terms = replace(QueuedTicketTerms.read(case.card.says), added=True, other=link)
    return Seen(None, ADDED, terms.says(), settled=True)


async def read(case: Case) -> Seen:
    """How far it got."""
    if case.card.provider_id is None:
        raise UsageError(_NOT_KNOWN)
    try:
        event = await case.provider(ListsAcdEvents).read_acd_event(AcdEventId(int(case.card.provider_id)))
    except NotFound:
        return gone(case)
    return seen_of(case, event)


def seen_of(case: Case, event: AcdEvent) -> Seen:
    """What the card says of an event as the contact centre has it now. Pure."""
    terms = QueuedTicketTerms.read(case.card.says)
    word = event.status.value if event.status is not AcdEventStatus.UNKNOWN else f"state {event.status_id}"
    name, status = queued_ticket_name(str(event.id), terms.subject), event.status
    news = (News(status.value, _NEWS[status].format(name=name)),) if status in _NEWS else ()
    state = word if status is AcdEventStatus.UNKNOWN else status.value
    now = replace(terms, status_word=word, added=terms.added or event.updated)
    return Seen(str(event.id), state, now.says(), status in CLOSED, news)


QUEUED_TICKET = CardFlow(
    CardKind.QUEUED_TICKET,
    read,
    {CREATE: Do(create, created, ("ticket", "queue"))},
    shows=("ticket", "show"),
    elsewhere=elsewhere,
)
