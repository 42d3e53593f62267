"""A card's message as it should stand now."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.capabilities import TakesTicketNotes
from bot.model import Message, Post
from bot.providers import title_of
from bot.views import cards
from bot.views.card_parts import Keeper


async def draw_card(bridge: Bridge, message: Message) -> Post:
    """The card that the message shows."""
    card = await bridge.store.cards.of_message(message.id)
    assert card is not None
    provider = bridge.providers.get(card.provider)
    return cards.draw(card, Keeper(title_of(card.provider), takes_notes=isinstance(provider, TakesTicketNotes)))
