"""A card's message as it should stand now."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.model import Message, Post
from bot.views import cards


async def draw_card(bridge: Bridge, message: Message) -> Post:
    """The card that the message shows."""
    card = await bridge.store.cards.of_message(message.id)
    assert card is not None
    provider = bridge.providers.get(card.provider)
    return cards.draw(card, provider.title if provider else card.provider)
