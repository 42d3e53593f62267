"""Callbacks as cards: queued at the contact centre, followed until they are done or failed, and reminded of once
when their time has come and nobody has opened them.

Where a group takes no second callback of one contact, what is queued is added to the one that it has. That one
belongs to one card only: the card of what was added says so, and leads there.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

from bot.capabilities import ListsAcdEvents, ListsAgentGroups, QueuesCallbacks
from bot.errors import NotFound, ProviderError, UsageError
from bot.flows.cards.kind import CardFlow, Case, Do, gone, way_to_holder
from bot.model import (
    CLOSED,
    UNOPENED,
    AcdEvent,
    AcdEventId,
    AcdEventKind,
    AcdEventStatus,
    CallbackRequest,
    CallbackTerms,
)
from bot.model.cards import CREATE, GONE, CardDeed, CardKind, News, Seen
from bot.views.callback_card import ADDED

PATIENCE = timedelta(minutes=5)  # for an agent to open a callback whose time has come
CLOCK_SLACK = timedelta(seconds=60)  # how far the contact centre's clock may be behind ours
OVERDUE = "overdue"

_NOBODY_THERE = (
    "The contact centre does not know the group or the agent any more. Queue another callback for others."
)
_NEWS = {
    AcdEventStatus.DONE: "✅ {title}: done.",
    AcdEventStatus.ERROR: "⚠️ {title}: it failed at the contact centre. Call them, or queue it anew.",
    OVERDUE: "⏰ {title}: its time has come, and no agent has opened it yet.",
    GONE: "⚠️ {title}: the contact centre does not have it any more.",
}


async def queue(case: Case, _: CardDeed) -> Seen:
    """Put it into the group's queue. Raises `ProviderError`, `UsageError`."""
    request = request_of(CallbackTerms.read(case.card.says), case.card.reference)
    try:
        event = await case.provider(QueuesCallbacks).queue_callback(request)
    except NotFound as error:
        raise NotFound(_NOBODY_THERE, provider=error.provider, code=error.code) from error
    return await _bound(case, event)


def request_of(terms: CallbackTerms, reference: str) -> CallbackRequest:
    """What the contact centre is asked for. Pure."""
    return CallbackRequest(
        contact=terms.contact,
        group=terms.group,
        subject=terms.subject,
        data=reference,
        receiver=terms.receiver,
        agent=terms.agent,
        body=terms.body,
        link=terms.link,
        priority=terms.priority,
        due_at=terms.due_at,
    )


async def queued(case: Case, _: CardDeed) -> Seen | None:
    """The callback of our reference, if there is exactly one that it can be. What another card holds may be it all
    the same: that one was added to this before its own answer came."""
    events = case.provider(ListsAcdEvents).list_acd_events()
    found = [event async for event in events if _can_be(case, event)]
    free = [event for event in found if await case.free(str(event.id))]
    candidates = free or [event for event in found if await _was_added_to(case, event)]
    return await _bound(case, candidates[0]) if len(candidates) == 1 else None


async def _was_added_to(case: Case, event: AcdEvent) -> bool:
    """Whether the card that holds it asked with another key: then what it has is ours. Else it is their own."""
    other = await case.bridge.store.cards.held(case.card.kind, case.card.provider, str(event.id))
    return other is not None and other.reference != case.card.reference


def _can_be(case: Case, event: AcdEvent) -> bool:
    earliest = case.card.created_at - CLOCK_SLACK
    return (
        event.kind is AcdEventKind.CALLBACK
        and event.data == case.card.reference
        and event.sender == CallbackTerms.read(case.card.says).contact
        and (event.created_at is None or event.created_at >= earliest)
    )


async def _bound(case: Case, event: AcdEvent) -> Seen:
    """The callback as this card's; where it is another card's, the way there."""
    seen = seen_of(case, event)
    return await elsewhere(case, seen) or seen


async def elsewhere(case: Case, seen: Seen) -> Seen | None:
    """The way to the other card that holds it; None when none does."""
    link = None if seen.provider_id is None else await way_to_holder(case, seen.provider_id)
    if link is None:
        return None
    terms = replace(CallbackTerms.read(case.card.says), added=True, other=link)
    return Seen(None, ADDED, terms.says(), settled=True)


async def read(case: Case) -> Seen:
    """How it stands at the contact centre."""
    provider_id = case.card.provider_id
    if provider_id is None:
        raise UsageError("It is not known yet whether this callback was queued.")
    try:
        event = await case.provider(ListsAcdEvents).read_acd_event(AcdEventId(int(provider_id)))
    except NotFound:
        return gone(case, *_news(case, GONE))
    return await _with_agent(case, event, seen_of(case, event))


async def _with_agent(case: Case, event: AcdEvent, seen: Seen) -> Seen:
    """The same with the name of who has it: asked for when that is somebody else than before."""
    terms = CallbackTerms.read(seen.says)
    if event.agent is None or event.agent == terms.agent:
        return seen
    names: dict[int, str] = {}
    with contextlib.suppress(ProviderError, UsageError):  # older servers do not tell
        names = {agent.id: agent.name for agent in await case.provider(ListsAgentGroups).list_agents()}
    return replace(seen, says=replace(terms, agent=event.agent, agent_name=names.get(event.agent, "")).says())


def seen_of(case: Case, event: AcdEvent) -> Seen:
    """What the card says of a callback as the contact centre has it now. Pure."""
    before = CallbackTerms.read(case.card.says)
    terms = replace(before, status_id=event.status_id, added=before.added or event.updated)
    topic = OVERDUE if _is_overdue(case, event) else event.status.value
    settled = event.status in CLOSED
    return Seen(str(event.id), event.status, terms.says(), settled, _news(case, topic))


def _is_overdue(case: Case, event: AcdEvent) -> bool:
    remind_at = case.card.remind_at
    return event.status in UNOPENED and remind_at is not None and case.bridge.now() >= remind_at


def _news(case: Case, topic: str) -> tuple[News, ...]:
    sentence = _NEWS.get(topic)
    if sentence is None:
        return ()
    shown = topic == OVERDUE and case.line is not None and case.line.broadcasts
    return (News(topic, sentence.format(title=case.card.title), broadcast=shown),)


CALLBACK = CardFlow(
    CardKind.CALLBACK,
    read,
    {CREATE: Do(queue, queued, ("callback", "queue"))},
    shows=("callback", "show"),
    elsewhere=elsewhere,
)
