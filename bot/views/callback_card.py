"""A callback's card: when, for whom, who takes it, and how far it got. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.markup import one_line
from bot.model import AcdEventStatus, Block, CallbackTerms, Number, Post
from bot.model.cards import CREATE, DROPPED, GONE, Card
from bot.phone import display_number, time_there
from bot.views import rich
from bot.views.card_buttons import LEAVE, REFRESH, CardButton, LinkButton
from bot.views.card_parts import DeedWords, Keeper, asking_buttons, deed_line, post, short_name

ADDED = "added"  # to one that another card shows
TITLE, SUBJECT = 60, 300  # characters of the subject

# State → what people read, and whether the time of it stands behind.
_STATES: Mapping[str, tuple[str, bool]] = {
    AcdEventStatus.ENTERING: ("Received", False),
    AcdEventStatus.WAITING: ("Waiting for an agent", False),
    AcdEventStatus.IN_TRANSFER: ("In transfer", False),
    AcdEventStatus.TO_AGENT: ("Going to an agent", False),
    AcdEventStatus.NEW: ("New: at an agent, unread", False),
    AcdEventStatus.SEEN: ("👀 Opened by an agent", False),
    AcdEventStatus.REMIND: ("⏰ The agent set a reminder", False),
    AcdEventStatus.CHAT_CLOSED: ("✅ Closed", True),
    AcdEventStatus.DONE: ("✅ Done", True),
    AcdEventStatus.ERROR: ("⚠️ It failed", True),
    ADDED: ("➕ Added to one that was there", False),
    GONE: ("🗑️ No longer at the contact centre", True),
    DROPPED: ("🗑️ Forgotten: it is not followed any more", False),
}
_DEEDS: Mapping[str, DeedWords] = {
    CREATE: DeedWords(
        "The callback is being queued …", "It is not known whether the callback was queued.", "It was not queued."
    ),
}
_OTHER = DeedWords("Something is being done …", "It is not known whether it was done.", "It was not done.")
_ADDED = "{provider} had a callback to them, and added this to it. "


def callback_title(subject: str) -> str:
    """A callback in a few words: `Callback · Printer broken`."""
    return f"Callback · {one_line(subject, TITLE)}"


def callback_card(card: Card, keeper: Keeper) -> Post:
    """The card as it should stand now."""
    terms = CallbackTerms.read(card.says)
    heading = [*rich.said("📞 "), *rich.said("Callback", bold=True)]
    if card.conversation_id is None:
        heading += [*rich.said(" to "), *rich.words(display_number(terms.contact))]
    heading += [*rich.said(" · "), *rich.words(one_line(terms.subject, SUBJECT))]
    heading += [*_due(terms), *_whose(terms)]
    heading += [*rich.said(" · asked by "), rich.member(card.author), *rich.said(" "), rich.when(card.created_at)]
    heading += _state(card, terms)
    below = _other(terms, keeper.title) or deed_line(card, _DEEDS, _OTHER)
    return post(card, heading, below, _buttons(card, terms))


def _due(terms: CallbackTerms) -> list[Block]:
    if terms.due_at is None:
        return rich.said(" · as soon as possible")
    return [*rich.said(" · "), rich.when(terms.due_at), *rich.said(for_them(terms.contact, terms.due_at))]


def for_them(contact: Number, at: datetime) -> str:
    """What their clock shows then: ` (Mon 12:00 for them)`; empty when that is not known."""
    local = time_there(contact, at)
    return "" if local is None else f" ({local:%a %H:%M} for them)"


def _whose(terms: CallbackTerms) -> list[Block]:
    agent = f" · agent {_agent_name(terms)}" if terms.agent is not None else ""
    return [*rich.said(" · "), *rich.words(f"group {short_name(terms.group_name)}{agent}")]


def _agent_name(terms: CallbackTerms) -> str:
    return short_name(terms.agent_name) if terms.agent_name else f"#{terms.agent}"


def _state(card: Card, terms: CallbackTerms) -> list[Block]:
    if card.unfound:
        return rich.said(" · Queued, as somebody said; the contact centre does not show it yet")
    if not card.state:
        return []
    unknown = f"At the contact centre: state {terms.status_id}" if terms.status_id >= 0 else "In no known state"
    words, timed = _STATES.get(card.state, (unknown, False))
    shown = [*rich.said(" · "), *rich.said(words, bold=card.settled)]
    return [*shown, *rich.said(" "), rich.when(card.state_at)] if timed else shown


def _other(terms: CallbackTerms, provider_title: str) -> list[Block]:
    if not terms.added:
        return []
    said = rich.said(_ADDED.format(provider=provider_title))
    return [*said, rich.link(terms.other, "See its card")] if terms.other else said


def _buttons(card: Card, terms: CallbackTerms) -> list[CardButton | LinkButton]:
    link = [LinkButton("Open in CRM", terms.link)] if terms.link else []
    if card.settled:
        return [*link]
    if card.unfound:
        return [REFRESH, LEAVE, *link]
    asking = asking_buttons(card)
    followed = card.provider_id is not None and not asking
    return [*asking, *([REFRESH] if followed else []), *link]
