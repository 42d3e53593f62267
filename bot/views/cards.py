"""Cards of every kind, one line each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.model import Post
from bot.model.cards import Card, CardKind
from bot.views.callback_card import callback_card
from bot.views.card_parts import Keeper
from bot.views.payment_card import payment_card
from bot.views.queued_ticket_card import queued_ticket_card
from bot.views.ticket_card import ticket_card

_DRAWN: Mapping[CardKind, Callable[[Card, Keeper], Post]] = {
    CardKind.CALLBACK: callback_card,
    CardKind.PAYMENT: payment_card,
    CardKind.QUEUED_TICKET: queued_ticket_card,
    CardKind.TICKET: ticket_card,
}


def draw(card: Card, keeper: Keeper) -> Post:
    """The card as it should stand now."""
    return _DRAWN[card.kind](card, keeper)
