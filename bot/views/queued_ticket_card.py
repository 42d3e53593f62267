"""The card of a ticket that waits for agents: what it is about, for which group, and how far it got. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import one_line
from bot.model import AcdEventStatus, Block, Post
from bot.model.cards import CREATE, DROPPED, GONE, Card
from bot.model.queued_tickets import QueuedTicketTerms
from bot.views import rich
from bot.views.card_buttons import LEAVE, REFRESH, CardButton, LinkButton
from bot.views.card_parts import DeedWords, Keeper, asking_buttons, deed_line, post, short_name
from bot.views.phrases import dotted
from bot.views.ticket_card import SUBJECT, ticket_title

ADDED = "added"  # to one that another card shows

_ENDS: Mapping[str, str] = {
    AcdEventStatus.DONE: "✅ Done",
    AcdEventStatus.CHAT_CLOSED: "✅ Closed",
    AcdEventStatus.ERROR: "⚠️ Failed",
    ADDED: "➕ Added to one that was there",
    GONE: "The contact centre does not have it any more",
    DROPPED: "🗑️ Forgotten: it is not followed any more",
}
_DEEDS: Mapping[str, DeedWords] = {
    CREATE: DeedWords("Being queued …", "It is not known whether it was queued.", "It was not queued.")
}
_ADDED = "{provider} had such a ticket, and added this to it. "
_OTHER = DeedWords("Something is being done …", "It is not known whether it was done.", "It was not done.")


def queued_ticket_name(event: str | None, subject: str) -> str:
    """A queued ticket as people call it: `#2039 · Lost keys`."""
    return dotted(f"#{event}" if event else "", ticket_title(subject))


def queued_ticket_card(card: Card, keeper: Keeper) -> Post:
    """The card as it should stand now."""
    terms = QueuedTicketTerms.read(card.says)
    number = rich.said(f"#{card.provider_id} · ", bold=True) if card.provider_id else []
    heading = [*rich.said("🎫 "), *number, *rich.words(one_line(terms.subject, SUBJECT))]
    heading += [*_status(card, terms), *rich.said("\nfor "), *rich.words(short_name(terms.group_name))]
    heading += [
        *rich.said(" · asked for by "),
        rich.member(card.author),
        *rich.said(" "),
        rich.when(card.created_at),
    ]
    below = _other(terms, keeper.title) or deed_line(card, _DEEDS, _OTHER)
    return post(card, heading, below, _buttons(card, terms))


def _buttons(card: Card, terms: QueuedTicketTerms) -> list[CardButton | LinkButton]:
    link = [LinkButton("Open in CRM", terms.link)] if terms.link else []
    if card.settled:
        return [*link]
    if card.unfound:
        return [REFRESH, LEAVE, *link]
    asking = asking_buttons(card)
    followed = card.provider_id is not None and not asking
    return [*asking, *([REFRESH] if followed else []), *link]


def _other(terms: QueuedTicketTerms, provider_title: str) -> list[Block]:
    if not terms.added:
        return []
    said = rich.said(_ADDED.format(provider=provider_title))
    return [*said, rich.link(terms.other, "See its card")] if terms.other else said


def _status(card: Card, terms: QueuedTicketTerms) -> list[Block]:
    if card.unfound:
        return rich.said(" · Queued, as somebody said; the contact centre does not show it yet")
    words = _ENDS.get(card.state) or (short_name(terms.status_word) if terms.status_word else "")
    return [*rich.said(" · "), *rich.words(words[:1].upper() + words[1:], bold=True)] if words else []
