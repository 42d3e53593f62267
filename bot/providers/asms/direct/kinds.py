"""What kinds of tickets are in Aranda's own API: numbers, the same in every instance. Pure.

Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html
"""

from __future__ import annotations

from bot.errors import UsageError
from bot.model import TicketKind
from bot.providers.asms.ticket_reading import KINDS_BY_ID

NUMBERS = {kind: number for number, kind in KINDS_BY_ID.items()}


def kind_number(kind: TicketKind | None) -> int:
    """Its number. Raises `UsageError` for a kind that a ticket cannot have."""
    number = NUMBERS.get(kind) if kind else None
    if number is None:
        raise UsageError(f"Choose what the ticket is: {', '.join(NUMBERS)}.")
    return number
