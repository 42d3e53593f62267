"""What a click under an order in doubt does. The first click decides; a second one is told who was first.

Who ordered it may decide, and whoever may order such a thing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.commands.begin import full_member
from bot.flows.orders.checking import check
from bot.flows.orders.run import DUTY
from bot.flows.rights import lines_for
from bot.grammar import verb_of
from bot.model import Member, MemberId
from bot.model.kept_orders import Order, OrderNumber
from bot.views import orders as views
from bot.views.card_buttons import OrderAction

_GONE = "This order is not known any more, and its buttons do nothing."


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click: whose, and which button. `attempts` is the try under which the button stood."""

    action: OrderAction
    number: OrderNumber
    attempts: int
    member: MemberId


async def decide(bridge: Bridge, pressed: Pressed) -> str | None:
    """Do what the button says: a sentence for who clicked, or None when the order's message shows it.

    Raises `NotAllowed` for who may not, `UsageError`, `SlackError` when Slack does not say who clicked, and
    `ProviderError` when the provider does not say what became of the order.
    """
    who = await full_member(bridge, pressed.member)
    order = await bridge.store.orders.find(pressed.number)
    if order is None:
        raise UsageError(_GONE)
    await _may(bridge, who, order)
    if pressed.action is OrderAction.CHECK:
        return await check(bridge, who.id, order) or None
    decisions = bridge.store.order_decisions
    deciding = decisions.again if pressed.action is OrderAction.AGAIN else decisions.went_out
    decided = await deciding(replace(order, attempts=pressed.attempts), who.id)
    if not decided.done:
        return views.already(decided)
    await bridge.store.duties.ensure(DUTY, now=True)
    return None


async def _may(bridge: Bridge, who: Member, order: Order) -> None:
    if who.id != order.of.member:
        await lines_for(bridge, who, verb_of("send", order.of.kind), await bridge.store.lines.all())
