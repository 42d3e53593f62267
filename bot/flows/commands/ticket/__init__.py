"""`/ticket`: tickets, the articles that help with them, and the things that they are about."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.commands.ticket.changing import CHANGING
from bot.flows.commands.ticket.finding import FINDING
from bot.flows.commands.ticket.item_writing import ITEM_WRITING
from bot.flows.commands.ticket.items import ITEMS
from bot.flows.commands.ticket.knowledge import KNOWLEDGE
from bot.flows.commands.ticket.opening import OPENING
from bot.flows.commands.ticket.queueing import QUEUEING
from bot.flows.commands.ticket.showing import SHOWING
from bot.flows.commands.turn import Verb

TICKET: Mapping[str, Verb] = {
    **OPENING,
    **QUEUEING,
    **SHOWING,
    **FINDING,
    **CHANGING,
    **KNOWLEDGE,
    **ITEMS,
    **ITEM_WRITING,
}

__all__ = ["TICKET"]
