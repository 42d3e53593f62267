"""What a provider tells us about texts that went out: how far they got, and which ones others sent."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.markup import could_read
from bot.model import DeliveryReported, TextSent

ECHOES_AT_ONCE = 100


async def receive_report(bridge: Bridge, event: DeliveryReported | TextSent) -> None:
    """Apply a report or an echo to its text, or keep it until that is known."""
    await bridge.store.reports.accept(event)


async def settle_echoes(bridge: Bridge) -> int:
    """Decide about echoes that waited long enough: ours after all, or sent elsewhere."""
    return await bridge.store.reports.settle_echoes(could_read, ECHOES_AT_ONCE)
