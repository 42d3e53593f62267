"""What can be done for a conversation, as its card offers it."""

from __future__ import annotations

from dataclasses import replace

from bot.bridge import Bridge
from bot.capabilities import KeepsContacts, KeepsTickets, ListsConversations, QueuesCallbacks, TakesPayments
from bot.model import Conversation, Post
from bot.views.root_buttons import Abilities, root_buttons


def abilities(bridge: Bridge, conversation: Conversation) -> Abilities:
    """What the line's provider, and the others, can do for it."""
    provider = bridge.providers.get(conversation.line.provider)
    return Abilities(
        keeps_contacts=isinstance(provider, KeepsContacts),
        archives=isinstance(provider, ListsConversations),
        takes_payments=isinstance(provider, TakesPayments),
        queues_callbacks=any(isinstance(each, QueuesCallbacks) for each in bridge.providers.values()),
        keeps_tickets=any(isinstance(each, KeepsTickets) for each in bridge.providers.values()),
    )


def with_buttons(bridge: Bridge, conversation: Conversation, card: Post) -> Post:
    """A root card, and below it what can be done."""
    return replace(card, blocks=(*card.blocks, root_buttons(conversation, abilities(bridge, conversation))))
