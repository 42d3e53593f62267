"""A ticket's card: its code, what it is about, how it stands, who has it, and who opened it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import one_line
from bot.model import Block, Choice, Post, TicketRole, TicketTerms
from bot.model.cards import CREATE, DROPPED, GONE, Card
from bot.model.ticket_terms import CLOSED
from bot.views import rich
from bot.views.card_buttons import FORGET, LEAVE, REFRESH, RETRY, CardAction, CardButton
from bot.views.card_parts import DeedWords, Keeper, asking_buttons, deed_line, post, short_name
from bot.views.phrases import dotted

NOTE, MOVE, ATTACH = CardAction.NOTE.deed, CardAction.MOVE.deed, CardAction.ATTACH.deed
SUBJECT = 200  # characters of it
TITLE = 60

_ENDS: Mapping[str, str] = {
    GONE: "The service desk does not have it any more",
    DROPPED: "🗑️ Forgotten: it is not followed any more",
}
_DEEDS: Mapping[str, DeedWords] = {
    CREATE: DeedWords("Being opened …", "It is not known whether it was opened.", "It was not opened."),
    NOTE: DeedWords(
        "A note is being added …", "It is not known whether the note was added.", "No note was added."
    ),
    MOVE: DeedWords(
        "Its state is being changed …",
        "It is not known whether its state was changed.",
        "Its state was not changed.",
    ),
    ATTACH: DeedWords(
        "A file is being attached …",
        "It is not known whether the file was attached.",
        "No file was attached.",
    ),
}
_OTHER = DeedWords("Something is being done …", "It is not known whether it was done.", "It was not done.")
_BUTTONS = (
    CardButton(CardAction.NOTE, "Add note"),
    CardButton(CardAction.MOVE, "Change state"),
    CardButton(CardAction.ATTACH, "Attach file"),
)
_EDIT = CardButton(CardAction.EDIT, "Edit", style="primary")
_AGAIN = CardButton(RETRY.action, RETRY.label)


def ticket_title(subject: str) -> str:
    """A ticket in a few words, before it has a code."""
    return one_line(subject, TITLE)


def ticket_name(code: str | None, subject: str) -> str:
    """A ticket as people call it: `RF-200 · No hot water`."""
    return dotted(short_name(code) if code else "", ticket_title(subject))


def ticket_card(card: Card, keeper: Keeper) -> Post:
    """The card as it should stand now."""
    terms = TicketTerms.read(card.says)
    code = [*rich.words(short_name(card.provider_id), bold=True), *rich.said(" · ")] if card.provider_id else []
    heading = [*rich.said("🎫 "), *code, *rich.words(one_line(terms.subject, SUBJECT))]
    heading += [*_status(card, terms), *rich.said("\n"), *_who(terms)]
    heading += [*rich.said("asked for by "), rich.member(card.author), *rich.said(" "), rich.when(card.created_at)]
    if card.settled:
        return post(card, heading, [], [])
    return post(card, heading, deed_line(card, _DEEDS, _OTHER), _buttons(card, keeper))


def _status(card: Card, terms: TicketTerms) -> list[Block]:
    if card.unfound:
        return rich.said(" · Opened, as somebody said; the service desk does not show it yet")
    words = _ENDS.get(card.state) or (state_name(terms.state) if terms.state else "")
    if card.state == CLOSED:
        words = f"✅ {words or 'Closed'}"
    return [*rich.said(" · "), *rich.words(words, bold=True)] if words else []


def state_name(state: Choice) -> str:
    """What people call a state of the service desk's; its number when it has no name."""
    return short_name(state.name) if state.name else f"#{state.id}"


def _who(terms: TicketTerms) -> list[Block]:
    """Its group, and who of it has it."""
    names = (terms.has[role].name for role in (TicketRole.GROUP, TicketRole.RESPONSIBLE) if role in terms.has)
    return [piece for name in names if name for piece in (*rich.words(short_name(name)), *rich.said(" · "))]


def _buttons(card: Card, keeper: Keeper) -> list[CardButton]:
    asking = asking_buttons(card)
    if card.unfound:
        return [REFRESH, LEAVE]
    if card.provider_id is None:
        refused = card.failure is not None and card.failure.what == CREATE
        return [_EDIT, _AGAIN, FORGET] if refused and asking else asking
    buttons = () if card.state == GONE else _BUTTONS if keeper.takes_notes else _BUTTONS[1:]
    return [*asking, *buttons, *([] if asking else [REFRESH])]
