"""The windows of a ticket's card: *Add note*, *Change state* and *Attach file*.

What they send is a deed of the card, on disk when the window says so; the card and the thread tell how it went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Any

from bot.capabilities import KeepsTickets, ListsTicketChoices, TakesTicketNotes
from bot.errors import SlackError, UsageError
from bot.flows import gone
from bot.flows.cards.looking import case_for
from bot.flows.cards.ticket import FILES, MOVES, NOTES
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Form, Wrong, needed
from bot.grammar import Verb
from bot.grammar.shapes import Kind, Parameter
from bot.model import (
    ChannelId,
    Choice,
    MenuContext,
    SharedFile,
    TicketMove,
    TicketRole,
    TicketTerms,
    Ts,
)
from bot.model.cards import Card, CardKind, NewCardDeed
from bot.replies import read_files
from bot.views import ticket_windows as view
from bot.views.answers import Answer
from bot.views.card_parts import already
from bot.views.forms import Drawn, Sent
from bot.views.menus import options_in
from bot.views.ticket_card import ATTACH, MOVE, NOTE, state_name, ticket_name

_TAKES = Verb("", "", (Parameter("card", Kind.WORD),))
_GONE = "This ticket is not followed here any more. Type /ticket with its code."
_NO_WORDS = "Write what the note says."
_NO_STATE = "Choose a state."
_NO_STATES = "There is no other state for this ticket."
_MOVED = "Somebody changed it meanwhile: it is “{state}” now. Open this window again."
_NO_FILE = "Choose a file, or bring one."
_ON_ITS_WAY = "On its way to {name}. Its card, and a line in the thread, say how it went."


async def _card(turn: Turn, verb: str) -> Card:
    """The card that it is about. Raises `UsageError` when nothing can be done to it any more, `NotAllowed` for who
    may not do that on the card's own line."""
    card = await turn.bridge.store.cards.find(turn.asked.value("card", str))
    if card is None or card.kind != CardKind.TICKET or card.provider_id is None or card.settled:
        raise UsageError(_GONE)
    await (await case_for(turn.bridge, card)).admit(turn.given.member, ("ticket", verb))
    return card


async def _add(turn: Turn, card: Card, *news: tuple[str, str, str]) -> Answer:
    """Queue deeds: what, which words it carries, and what tells it from the others."""
    who = turn.given.member.id
    for what, words, nth in news:
        new = NewCardDeed(key=f"{turn.given.key}:{nth}", what=what, member=who, words=words)
        asked = await turn.bridge.store.deeds.add(card.uid, new)
        if not asked.done and asked.by is None:  # else this very window was sent before
            raise UsageError(already(asked))
    name = ticket_name(card.provider_id, TicketTerms.read(card.says).subject)
    return Answer(_ON_ITS_WAY.format(name=name))


# --- Notes ------------------------------------------------------------------------------------------------------


async def _draw_note(turn: Turn) -> Drawn:
    await _card(turn, "note")
    name = " ".join(turn.given.member.name.split())
    return view.note_form(the_provider(turn, TakesTicketNotes).note_limit - (len(name) + 2 if name else 0))


async def _send_note(turn: Turn, sent: Sent) -> Answer:
    return await _add(turn, await _card(turn, "note"), (NOTE, needed(sent, view.WORDS, _NO_WORDS), "note"))


# --- States -----------------------------------------------------------------------------------------------------


async def _draw_move(turn: Turn) -> Drawn:
    return view.move_form(await _states(turn, await _card(turn, "update")), None, (), "")


async def _redraw_move(turn: Turn, sent: Sent) -> Drawn:
    card = await _card(turn, "update")
    states = await _states(turn, card)
    chosen = next((state.id for state in states if str(state.id) == sent.text(view.STATE)), None)
    reasons = [] if chosen is None else await _menu(turn, card, TicketRole.REASON, chosen)
    return view.move_form(states, chosen, reasons, sent.text(view.SOLUTION))


async def _states(turn: Turn, card: Card) -> Sequence[Choice]:
    """The states that the service desk allows next. Raises `UsageError` when there is no other."""
    now = TicketTerms.read(card.says).state
    menu = await _menu(turn, card, TicketRole.STATE, now.id if now else None)
    others = [each for each in menu if now is None or each.id != now.id]
    if not others:
        raise UsageError(_NO_STATES)
    return others


async def _menu(turn: Turn, card: Card, role: TicketRole, state: int | None = None) -> Sequence[Choice]:
    terms = TicketTerms.read(card.says)
    context = MenuContext(terms.kind, terms.project, terms.service, terms.category, state)
    return await the_provider(turn, ListsTicketChoices).list_choices(role, context)


async def _send_move(turn: Turn, sent: Sent) -> Answer:
    card, chosen = await _card(turn, "update"), needed(sent, view.STATE, _NO_STATE)
    offered = _options(sent, view.STATE)
    now = TicketTerms.read(card.says).state
    if now is not None and str(now.id) in offered:  # the one that it is in is never offered
        raise Wrong(view.STATE, _MOVED.format(state=state_name(now)))
    state = Choice(int(chosen), offered.get(chosen, ""))
    reason = sent.text(view.reason_name(state.id))
    wanted = TicketMove(state, int(reason) if reason else None, sent.text(view.SOLUTION).strip())
    return await _add(turn, card, (MOVE, wanted.words(), "move"))


# --- Files ------------------------------------------------------------------------------------------------------


async def _draw_attach(turn: Turn) -> Drawn:
    card, most = await _card(turn, "attach"), the_provider(turn, KeepsTickets).file_limit
    return view.attach_form(await _shared(turn, card, most), most)


async def _shared(turn: Turn, card: Card, most_bytes: int) -> Sequence[SharedFile]:
    """The files of the thread that are not too large, the newest first; none of a thread that is not there now."""
    conversation = await turn.bridge.store.threads.conversation(card.conversation_id)
    if conversation is None or conversation.root_channel is None or conversation.root_ts is None:
        return ()
    try:
        files = await _files_of(turn, conversation.root_channel, conversation.root_ts)
    except SlackError as error:
        if not gone.thread_gone(error) and not gone.channel_gone(error):
            raise
        return ()
    return [file for file in reversed(files) if file.size_bytes <= most_bytes]


async def _files_of(turn: Turn, channel: ChannelId, root_ts: Ts) -> Sequence[SharedFile]:
    found: dict[str, SharedFile] = {}
    async with aclosing(turn.bridge.slack.replies(channel, root_ts, oldest=None)) as messages:
        async for message in messages:
            found |= {file.id: file for file in read_files(message)}
    return list(found.values())


async def _send_attach(turn: Turn, sent: Sent) -> Answer:
    card, chosen = await _card(turn, "attach"), (*sent.many(view.SHARED), *sent.many(view.BROUGHT))
    if not chosen:
        raise Wrong(view.BROUGHT, _NO_FILE)
    return await _add(turn, card, *((ATTACH, file_id, file_id) for file_id in chosen))


def _options(sent: Sent, field: str) -> Mapping[str, str]:
    """The words of a menu's options, by their values. Pure."""
    fields: Sequence[Mapping[str, Any]] = sent.drawn.fields
    element: Mapping[str, Any] = next((block["element"] for block in fields if block.get("block_id") == field), {})
    return {option["value"]: option["text"]["text"] for option in options_in(element)}


TICKET_NOTE = Form(NOTES, "Note", ("ticket", "note"), _draw_note, _send_note, takes=_TAKES)
TICKET_MOVE = Form(
    MOVES, "Change state", ("ticket", "update"), _draw_move, _send_move, redraw=_redraw_move, takes=_TAKES
)
TICKET_ATTACH = Form(FILES, "Attach files", ("ticket", "attach"), _draw_attach, _send_attach, takes=_TAKES)
