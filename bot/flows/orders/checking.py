"""Asking the provider what became of an order, when a person wants to know."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.flows.commands.provided import title_of
from bot.flows.orders import run
from bot.model import MemberId, NewDeed
from bot.model.kept_orders import Order, OrderState

_NO_TRACE = "{title} has no trace of it yet. That does not prove that it was not sent."


async def check(bridge: Bridge, member: MemberId, order: Order) -> str:
    """Ask, and note what that told; a sentence when it told nothing. Raises `ProviderError` for no answer."""
    if order.state is OrderState.UNCERTAIN:
        if not await run.look_up(bridge, order):
            return _NO_TRACE.format(title=title_of(bridge.providers.get(order.of.provider)))
        await bridge.store.audit.add(NewDeed(member, "order_found", about=f"{order.of.whom} · #{order.number}"))
    elif order.state is OrderState.DONE:
        await run.follow(bridge, order)
    await bridge.store.duties.ensure(run.DUTY, now=True)
    return ""
