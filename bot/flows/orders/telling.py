"""Telling members what became of what they ordered: one message for each order, changed in place.

It stands in the contact's thread where there is one, else in a direct message to who ordered it. A change does not
notify anybody, so bad news come as a message below it as well.
"""

from __future__ import annotations

import logging
from uuid import uuid4

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import gone, rights
from bot.flows.commands.provided import title_of
from bot.model import Conversation, Post
from bot.model.kept_orders import Order, OrderNumber, OrderPlace
from bot.views import orders as views

log = logging.getLogger(__name__)

AT_ONCE = 20


async def tell_all(bridge: Bridge) -> None:
    """Tell of everything that is new. Raises `SlackError` for what passes: it is told later. An order at which
    Slack itself fails is told later, too, and keeps no other waiting."""
    after = OrderNumber(0)
    while untold := await bridge.store.orders.untold(AT_ONCE, after=after):
        for order in untold:
            await _tell(bridge, order)
        after = untold[-1].number


async def _tell(bridge: Bridge, order: Order) -> None:
    try:
        place = await _told(bridge, order)
    except SlackError as error:
        if not gone.failed_at_it(error):
            raise
        log.warning("order %d: Slack answered %s, telling again", order.number, error.code)
    else:
        await bridge.store.orders.told(order, place)


async def _told(bridge: Bridge, order: Order) -> OrderPlace | None:
    """Where its message stands now; None when nobody can be told."""
    try:
        if order.place is not None and await _changed(bridge, order, order.place):
            return order.place
        return await _in_thread(bridge, order) or await _directly(bridge, order)
    except SlackError as error:
        _refuse_passing(order, error)
        return None


async def _changed(bridge: Bridge, order: Order, place: OrderPlace) -> bool:
    """Change the message; False when it is gone."""
    try:
        await bridge.slack.update(place.channel, place.ts, _card(bridge, order, in_thread=bool(place.thread_ts)))
        if order.bad:
            below = views.bad_news(order, _title(bridge, order))
            await bridge.slack.post(place.channel, below, uid=uuid4().hex, thread_ts=place.thread_ts or place.ts)
    except SlackError as error:
        _refuse_passing(order, error)
        return False
    return True


async def _in_thread(bridge: Bridge, order: Order) -> OrderPlace | None:
    """Post it into the contact's thread; None where there is none that takes it."""
    conversation = await _conversation_of(bridge, order)
    if conversation is None or conversation.root_channel is None or conversation.root_ts is None:
        return None
    card = _card(bridge, order, in_thread=True)
    channel, root = conversation.root_channel, conversation.root_ts
    try:
        ts = await bridge.slack.post(channel, card, uid=uuid4().hex, thread_ts=root)
    except SlackError as error:
        _refuse_passing(order, error)
        return None
    return OrderPlace(channel, ts, root)


async def _conversation_of(bridge: Bridge, order: Order) -> Conversation | None:
    """The conversation with whom it goes to, if who ordered it can read its thread."""
    number = order.of.number
    if number is None:
        return None
    for line in await bridge.store.lines.all():
        found = await bridge.store.contacts.with_number(line.id, number)
        if found is None or found.root_channel is None:
            continue
        if order.of.member in await rights.members_of(bridge, found.root_channel):
            return found
    return None


async def _directly(bridge: Bridge, order: Order) -> OrderPlace:
    channel = await bridge.slack.open_dm(order.of.member)
    card = _card(bridge, order, in_thread=False)
    return OrderPlace(channel, await bridge.slack.post(channel, card, uid=uuid4().hex), None)


def _card(bridge: Bridge, order: Order, *, in_thread: bool) -> Post:
    made = views.order_answer(order, _title(bridge, order))
    return views.order_card(made, order.of.member if in_thread else None)


def _title(bridge: Bridge, order: Order) -> str:
    return title_of(bridge.providers.get(order.of.provider))


def _refuse_passing(order: Order, error: SlackError) -> None:
    """Raises an error that passes; one that stays must not hold up what else is to be told."""
    if gone.passes(error):
        raise error
    log.warning("order %d: Slack answered %s", order.number, error.code)
