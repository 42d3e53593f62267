"""What was ordered: letting it go out, listing it, and asking what became of it."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import UsageError
from bot.flows.commands.begin import allowed
from bot.flows.commands.listing import PAGE, Page, list_answer
from bot.flows.commands.provided import title_of
from bot.flows.commands.turn import Turn
from bot.flows.orders import checking, run
from bot.grammar import verb_of
from bot.model import Ask, NewDeed
from bot.model.kept_orders import Order, OrderNumber, OrderState
from bot.views import orders as views
from bot.views.answers import Answer, Choice, Item

_NOT_THERE = "There is no order #{number}. /send orders lists them."
_NOT_WAITING = "This order is not yours, was sent before, or is too old."
_ORDERED = "Ordered: {about}."
_TOLD = "A message tells you what becomes of it: in their thread, or directly."


async def start(turn: Turn) -> Answer:
    """`/send start <id>`, the button under the question: who ordered it and still may."""
    order = await turn.bridge.store.orders.find(_number(turn))
    if order is None or order.of.member != turn.given.member.id:
        raise UsageError(_NOT_WAITING)
    await allowed(turn, verb_of("send", order.of.kind))
    deed = NewDeed(turn.given.member.id, f"ordered_{order.of.kind}", about=f"{order.of.whom} · #{order.number}")
    if not await turn.bridge.store.orders.start(order.number, deed):
        raise UsageError(_NOT_WAITING)
    await turn.bridge.store.duties.ensure(run.DUTY, now=True)
    show = Choice("Show", Ask("send", f"order {order.number}"))
    return Answer(_ORDERED.format(about=views.order_about(order)), below=_TOLD, choices=(show,))


async def every(turn: Turn) -> Answer:
    """`/send orders`: newest first."""
    page = turn.asked.page
    found = await turn.bridge.store.orders.page(None, skip=(page - 1) * PAGE, limit=PAGE + 1)

    def item(order: Order) -> Item:
        return views.order_item(order, _title(turn, order), turn.zone)

    shown = Page(page, found[:PAGE], len(found) > PAGE)
    return list_answer("What was ordered, newest first", shown, item, turn.page)


async def show(turn: Turn) -> Answer:
    """`/send order <id>`."""
    return _shown(turn, await _known(turn))


async def check(turn: Turn) -> Answer:
    """`/send check <id>`: asks the provider what became of it. Raises `ProviderError` when it does not say."""
    said = await checking.check(turn.bridge, turn.given.member.id, await _known(turn))
    made = _shown(turn, await _known(turn))
    return replace(made, items=(Item(said), *made.items)) if said else made


def _shown(turn: Turn, order: Order) -> Answer:
    return views.order_details(order, _title(turn, order), turn.zone)


async def _known(turn: Turn) -> Order:
    number = _number(turn)
    order = await turn.bridge.store.orders.find(number)
    if order is None or order.state is OrderState.WAITING:
        raise UsageError(_NOT_THERE.format(number=number))
    return order


def _number(turn: Turn) -> OrderNumber:
    return OrderNumber(turn.asked.value("id", int))


def _title(turn: Turn, order: Order) -> str:
    return title_of(turn.bridge.providers.get(order.of.provider))
