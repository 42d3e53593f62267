"""Tickets as cards: opened, noted, moved from state to state, given files, and followed for a week after closing.

What the service desk posts to us only says that it is time to look. Every change of the state that is seen is told
in the thread, once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.capabilities import KeepsTickets, TakesTicketNotes
from bot.errors import NotAllowed, SlackError, UsageError
from bot.flows import texts
from bot.flows.cards.kind import CardFlow, Case, Do, as_of_now, shown_by
from bot.flows.cards.ticket_reading import (
    CLOCK_SLACK,
    as_it_was,
    bare,
    code_of,
    is_note,
    read,
    seen_after,
    seen_of,
    state_news,
    with_its_files,
)
from bot.flows.commands.begin import full_member
from bot.flows.scopes import needs_scope
from bot.markup import mentioned_members, with_names, without_ticket_sign
from bot.model import (
    Ask,
    Choice,
    Compare,
    Condition,
    File,
    MemberId,
    NoteScope,
    Search,
    TicketChange,
    TicketMove,
    TicketRequest,
    TicketRole,
    TicketTerms,
)
from bot.model.cards import CREATE, Card, CardDeed, CardKind, DeedState, News, Seen
from bot.views.card_buttons import CardAction
from bot.views.ticket_card import ATTACH, MOVE, NOTE, ticket_name

NEW, NOTES, MOVES, FILES = "form:ticket", "form:ticket_note", "form:ticket_move", "form:ticket_attach"

_NOTED = "📝 Your note is on {name}."
_ATTACHED = "📎 “{file}” is attached to {name}."
_NO_WORDS = "There are no words for the note. Write them behind “ticket:”."
_TOO_LONG = "A note has {most} characters at the most, with your name, and this has {count}. Split it."
_TOO_LARGE = "The file is too large: the service desk takes files of {most} MB at the most."
_NO_FILE = "The file cannot be read any more: Slack answered {code}."


# --- Opening ----------------------------------------------------------------------------------------------------


async def create(case: Case, _: CardDeed) -> Seen:
    """Open it, with our reference in its description."""
    terms = TicketTerms.read(case.card.says)
    key = await case.provider(KeepsTickets).create_ticket(_request(case.card, terms))
    case = await as_of_now(case)
    return await seen_after(case, Seen(key.code, "", case.card.says, settled=False))


def _request(card: Card, terms: TicketTerms) -> TicketRequest:
    return TicketRequest(
        kind=terms.kind,
        subject=terms.subject,
        project=terms.project,
        service=terms.service,
        category=terms.category,
        marker=f"Threadline {card.reference}",
        description=terms.description,
        roles=terms.roles,
        additional=terms.additional,
    )


async def created(case: Case, _: CardDeed) -> Seen | None:
    """The ticket with our reference in its description, if there is exactly one that no other card holds."""
    reference = case.card.reference
    found = await case.provider(KeepsTickets).find_tickets(
        Search((Condition("Description", Compare.LIKE, reference),))
    )
    holding = [ticket for ticket in found.rows if reference in ticket.description]
    ours = [ticket for ticket in holding if await case.free(ticket.code)]
    return seen_of(case, ours[0]) if len(ours) == 1 and not found.cut else None


# --- Notes ------------------------------------------------------------------------------------------------------


async def note(case: Case, deed: CardDeed) -> Seen:
    """Add a member's words, with their name before them."""
    provider, words = case.provider(TakesTicketNotes), await note_words(case, deed)
    if len(words) > provider.note_limit:
        raise UsageError(_TOO_LONG.format(most=provider.note_limit, count=len(words)))
    await provider.add_note(code_of(case), words)
    case = await as_of_now(case)
    return await seen_after(case, as_it_was(case, _told(case, deed, _NOTED)))


def _told(case: Case, deed: CardDeed, sentence: str, **words: str) -> News:
    """What its author is told of a deed that is done, whether the call said so or a look at the ticket. Pure."""
    name = ticket_name(code_of(case), TicketTerms.read(case.card.says).subject)
    return News(f"done:{deed.id}", sentence.format(name=name, **words), to=deed.member)


async def note_words(case: Case, deed: CardDeed) -> str:
    """The note as the service desk gets it. Raises `UsageError` for no words and for who may not write notes,
    `SlackError` when Slack does not say who they are."""
    name = await _author(case, deed.member, "note")
    names = {each: (await texts.member(case.bridge, each)).name for each in mentioned_members(deed.words)}
    said = with_names(without_ticket_sign(deed.words), names).strip()
    if not said:
        raise UsageError(_NO_WORDS)
    return f"{name}: {said}" if name else said


async def _author(case: Case, member: MemberId, verb: str) -> str:
    """Their name. What is asked for may come from a thread, where nobody looked who may do it. Raises `UsageError`
    for who may not."""
    try:
        who = await full_member(case.bridge, member)
        await case.admit(who, ("ticket", verb))
    except NotAllowed as error:
        raise UsageError(str(error)) from error
    return " ".join(who.name.split())


def note_typed(deed: CardDeed) -> str:
    """What was written in the window; a reply stands in its thread. Pure."""
    return deed.words if without_ticket_sign(deed.words) == deed.words.strip() else ""


async def noted(case: Case, deed: CardDeed) -> Seen | None:
    """Whether the history has the note: once more than what else was written there with these words."""
    steps = await case.provider(KeepsTickets).list_ticket_steps(code_of(case), NoteScope.ALL)
    words, since = bare(await note_words(case, deed)), _begun_at(deed) - CLOCK_SLACK
    written = [step for step in steps if is_note(step, since) and bare(step.new) == words]
    others = [each for each in case.card.deeds if each.id != deed.id and _is_twin(each, deed, since)]
    return as_it_was(case, _told(case, deed, _NOTED)) if len(written) > len(others) else None


def _begun_at(deed: CardDeed) -> datetime:
    """When it can have been done: by the last try, or by any where an earlier one may have done it. Pure."""
    return deed.created_at if deed.doubted or deed.claimed_at is None else deed.claimed_at


def _is_twin(other: CardDeed, deed: CardDeed, since: datetime) -> bool:
    is_done = other.what == NOTE and other.state == DeedState.DONE
    return is_done and other.words == deed.words and other.claimed_at is not None and other.claimed_at >= since


# --- States -----------------------------------------------------------------------------------------------------


async def move(case: Case, deed: CardDeed) -> Seen:
    """Set its state, and what goes with it."""
    wanted = TicketMove.read(deed.words)
    reason = {TicketRole.REASON: wanted.reason} if wanted.reason is not None else {}
    change = TicketChange(solution=wanted.solution or None, roles={TicketRole.STATE: wanted.state.id, **reason})
    await case.provider(KeepsTickets).update_ticket(code_of(case), change)
    case = await as_of_now(case)
    return await seen_after(case, _moved(case, wanted.state))


def _moved(case: Case, state: Choice) -> Seen:
    """The card with that state. Pure."""
    before = TicketTerms.read(case.card.says)
    is_new = before.state is None or before.state.id != state.id
    terms = replace(before, state=state, moves=before.moves + is_new)
    news = state_news(code_of(case), before, terms)
    return Seen(code_of(case), str(state.id), terms.says(), settled=False, news=news)


async def moved(case: Case, deed: CardDeed) -> Seen | None:
    """Whether it is in that state."""
    wanted = TicketMove.read(deed.words).state.id

    def is_there(seen: Seen) -> bool:
        state = TicketTerms.read(seen.says).state
        return state is not None and state.id == wanted

    return await shown_by(read, is_there)(case, deed)


# --- Files ------------------------------------------------------------------------------------------------------


async def attach(case: Case, deed: CardDeed) -> Seen:
    """Bring a file from Slack to the ticket."""
    provider = case.provider(KeepsTickets)
    await _author(case, deed.member, "attach")
    file = await _file(case, deed, provider.file_limit)
    await provider.attach_file(code_of(case), file)
    case = with_its_files(await as_of_now(case))
    return await seen_after(case, as_it_was(case, _told(case, deed, _ATTACHED, file=file.name)))


async def _file(case: Case, deed: CardDeed, most_bytes: int) -> File:
    try:
        with needs_scope("files:read"):
            return await case.bridge.slack.read_file(deed.words, most_bytes)
    except SlackError as error:
        if error.code == "file_too_large":
            raise UsageError(_TOO_LARGE.format(most=most_bytes // 1024 // 1024)) from error
        if error.retry_after_s is None and error.code not in ("unreachable", "no_answer"):
            raise UsageError(_NO_FILE.format(code=error.code)) from error
        raise


async def attached(case: Case, deed: CardDeed) -> Seen | None:
    """Whether a file of that name is there that was not there before, as far as it is known what was."""
    provider, before = case.provider(KeepsTickets), TicketTerms.read(case.card.says)
    if not before.files_known:
        return None
    ticket, file = await provider.read_ticket(code_of(case)), await _file(case, deed, provider.file_limit)
    new = [each for each in ticket.files if each.id not in before.files and each.name == file.name]
    if not new:
        return None
    seen = seen_of(with_its_files(case), ticket)
    return replace(seen, news=(*seen.news, _told(case, deed, _ATTACHED, file=file.name)))


TICKET = CardFlow(
    CardKind.TICKET,
    read,
    {
        CREATE: Do(create, created, ("ticket", "new")),
        NOTE: Do(note, noted, ("ticket", "note"), typed=note_typed),
        MOVE: Do(move, moved, ("ticket", "update"), typed=lambda deed: TicketMove.read(deed.words).solution),
        ATTACH: Do(attach, attached, ("ticket", "attach")),
    },
    shows=("ticket", "show"),
    opens={
        CardAction.NOTE: lambda card: Ask(NOTES, card.uid),
        CardAction.MOVE: lambda card: Ask(MOVES, card.uid),
        CardAction.ATTACH: lambda card: Ask(FILES, card.uid),
        CardAction.EDIT: lambda card: Ask(NEW, f"card={card.uid}"),
    },
)
