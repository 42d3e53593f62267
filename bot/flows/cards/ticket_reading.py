"""A ticket as the service desk has it, and what its card and its thread are told of that."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.capabilities import KeepsTickets
from bot.errors import NotFound, ProviderError, Throttled, UsageError
from bot.flows.cards.kind import Case, gone, stands_for
from bot.markup import could_read, literal, shorten, without_ticket_sign
from bot.model import NoteScope, Ticket, TicketCode, TicketRole, TicketStep, TicketTerms
from bot.model.cards import GONE, UNDER_WAY, DeedState, News, Seen
from bot.model.ticket_terms import CLOSED
from bot.views.card_parts import short_name
from bot.views.ticket_card import ATTACH, NOTE, state_name, ticket_name

log = logging.getLogger(__name__)

CLOCK_SLACK = timedelta(seconds=60)  # how far the service desk's clock may be behind ours
QUOTED = 500  # characters of a note
LONGEST_NAME = 100  # of whoever wrote one, with the colon behind it
CLOSED_FOR = timedelta(days=7)  # it is looked at on: somebody may open a closed one again

_OPEN = frozenset({*UNDER_WAY, DeedState.UNCERTAIN})
_WRITTEN = "📝 {name} · {who}: {words}"
_SOMEBODY = "the service desk"
_NOTE_ACTION = "note"
_BEHIND_A_NAME = re.compile(": ")
_MOVED = "🎫 {name}: {old} → {new}."
_NOT_KNOWN = "It is not known yet whether this ticket was opened."


async def read(case: Case) -> Seen:
    """How it stands there."""
    try:
        seen = seen_of(case, await case.provider(KeepsTickets).read_ticket(code_of(case)))
    except NotFound:
        return gone(case)
    return seen if seen.state == CLOSED else await _with_notes(case, seen)


def code_of(case: Case) -> TicketCode:
    """Its code. Raises `UsageError` while nobody knows it."""
    if case.card.provider_id is None:
        raise UsageError(_NOT_KNOWN)
    return TicketCode(case.card.provider_id)


def seen_of(case: Case, ticket: Ticket) -> Seen:
    """What the card says of a ticket as the service desk has it now. Pure.

    While it is not known whether a file was attached, the files stay those that were there before.
    """
    before = TicketTerms.read(case.card.says)
    kept = any(deed.what == ATTACH and deed.state in _OPEN for deed in case.card.deeds)
    moved = before.state is not None and ticket.state is not None and before.state.id != ticket.state.id
    terms = replace(
        before,
        subject=ticket.subject or before.subject,
        project=ticket.project.id if ticket.project else before.project,
        service=_id(ticket, TicketRole.SERVICE) or before.service,
        category=_id(ticket, TicketRole.CATEGORY) or before.category,
        state=ticket.state or before.state,
        has=ticket.roles,
        moves=before.moves + moved,
        files=before.files if kept else tuple(file.id for file in ticket.files),
        files_known=before.files_known or not kept,
    )
    state = CLOSED if ticket.is_closed else str(ticket.state.id) if ticket.state else case.card.state
    news = state_news(ticket.code, before, terms)
    return Seen(ticket.code, state, terms.says(), state == CLOSED and stands_for(case, state, CLOSED_FOR), news)


def with_its_files(case: Case) -> Case:
    """The same, for a look that takes every file that is there as known. Pure."""
    deeds = tuple(deed for deed in case.card.deeds if deed.what != ATTACH)
    return replace(case, card=replace(case.card, deeds=deeds))


def _id(ticket: Ticket, role: TicketRole) -> int | None:
    return ticket.roles[role].id if role in ticket.roles else None


def state_news(code: TicketCode, before: TicketTerms, now: TicketTerms) -> tuple[News, ...]:
    """The change of its state, if it is one; two looks at the same change tell it once. Pure."""
    if now.moves == before.moves or before.state is None or now.state is None:
        return ()
    words = _MOVED.format(
        name=ticket_name(code, now.subject), old=state_name(before.state), new=state_name(now.state)
    )
    return (News(f"state:{now.moves}:{now.state.id}", words),)


# --- What is written to it there --------------------------------------------------------------------------------


async def _with_notes(case: Case, seen: Seen) -> Seen:
    """The same with the notes that others wrote since. Only public ones: others never leave the service desk.
    Where its history cannot be read, they are told the next time."""
    terms, created_at = TicketTerms.read(seen.says), case.card.created_at
    since = terms.noted_at or created_at - CLOCK_SLACK
    try:
        steps = await case.provider(KeepsTickets).list_ticket_steps(code_of(case), NoteScope.PUBLIC)
    except Throttled:
        raise
    except ProviderError as error:
        log.warning("card %d: its notes cannot be read (%s)", case.card.id, type(error).__name__)
        return seen
    notes = [step for step in steps if is_note(step, since) and not step.private and not _is_ours(case, step)]
    last = max((step.at for step in notes if step.at), default=terms.noted_at)
    name = ticket_name(seen.provider_id, terms.subject)
    news = tuple(_note_news(name, step) for step in notes)
    return replace(seen, says=replace(terms, noted_at=last).says(), news=(*seen.news, *news))


def is_note(step: TicketStep, since: datetime) -> bool:
    """Whether it is a note that was written then, or later. Pure."""
    return step.action.casefold() == _NOTE_ACTION and step.at is not None and step.at >= since


def bare(words: str) -> str:
    """Words without what the service desk changes about them. Pure."""
    return " ".join(words.replace("<", "‹").split())


def _is_ours(case: Case, step: TicketStep) -> bool:
    """Whether a member wrote it here: the thread has it already. Their name stands before it, and others in place
    of mentions. Pure."""
    ours = [bare(without_ticket_sign(deed.words)) for deed in case.card.deeds if deed.what == NOTE]
    said = bare(step.new)
    behind = [said, *(said[each.end() :] for each in _BEHIND_A_NAME.finditer(said[:LONGEST_NAME]))]
    return any(words and could_read(words, each) for words in ours for each in behind)


def _note_news(name: str, step: TicketStep) -> News:
    """Two notes of one moment are told apart by their words. Pure."""
    digest = hashlib.sha256(step.new.encode()).hexdigest()[:12]
    who = short_name(step.author) if step.author else _SOMEBODY
    sentence = _WRITTEN.format(name=name, who=who, words=shorten(literal(step.new), QUOTED))
    return News(f"note:{step.at}:{digest}", sentence)


# --- After something was done to it -----------------------------------------------------------------------------


async def seen_after(case: Case, otherwise: Seen) -> Seen:
    """How it stands after something surely was done to it; as it stood when that cannot be read now, also not for
    a code that nothing can be asked by."""
    known = replace(case, card=replace(case.card, provider_id=otherwise.provider_id))
    try:
        async with asyncio.timeout(case.bridge.tuning.deed_lease_s / 4):
            seen = await read(known)
    except (ProviderError, UsageError, TimeoutError):
        return otherwise
    if seen.state == GONE:  # it may be too new to be found
        return otherwise
    return replace(seen, news=(*seen.news, *(each for each in otherwise.news if each not in seen.news)))


def as_it_was(case: Case, *news: News) -> Seen:
    """The card as it stands, with something to tell; what was done to it since was not read. Pure."""
    terms = replace(TicketTerms.read(case.card.says), files_known=False)
    return Seen(code_of(case), case.card.state, terms.says(), case.card.settled, news)
