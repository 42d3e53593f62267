"""The question before something is ordered: what will happen, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import FieldRefused, ProviderError
from bot.flows.commands.provided import title_of
from bot.flows.commands.turn import Turn
from bot.flows.contacts import Whom
from bot.flows.orders import ways
from bot.model import Ask, PriceQuote
from bot.model.kept_orders import NewOrder, Wanted
from bot.views.answers import CANCEL, Answer, Choice, Item
from bot.views.orders import price_words, question_words

_COSTS = "It costs {price}."
_NO_PRICE = "{title} names no price for this before."
_UNKNOWN = "What it costs is not known: {error}"
_STOPPED = "They opted out of texts from {line}."


async def question(
    turn: Turn,
    new: NewOrder,
    *,
    whom: Whom | None = None,
    hosted: Wanted | None = None,
    files: Sequence[str] = (),
) -> Answer:
    """Keep the order, and ask whether it may go out. `hosted` is the same with its files where the provider finds
    them, `files` are their names.

    Raises `FieldRefused` and `UsageError` for what cannot be sent so.
    """
    provider = turn.bridge.providers[new.provider]
    price, said = await _priced(provider, hosted or new.what)
    number = await turn.bridge.store.orders.keep(replace(new, price=price))
    heading, wanted = question_words(new, title_of(provider), files)
    send = Choice("Send", Ask("send", f"start {number}"), "primary")
    below = " ".join(filter(None, [said, _stopped(whom)]))
    return Answer(heading, (Item(wanted),), below=below, choices=(send, CANCEL), once=True)


async def _priced(provider: object, what: Wanted) -> tuple[PriceQuote | None, str]:
    """The price and a sentence about it. A field that the provider refuses is the member's to correct; whatever
    else goes wrong, they decide without a price."""
    try:
        price = await ways.quote(provider, what)
    except FieldRefused:
        raise
    except ProviderError as error:
        return None, _UNKNOWN.format(error=error)
    if price is None:
        return None, _NO_PRICE.format(title=title_of(provider))
    return price, _COSTS.format(price=price_words(price))


def _stopped(whom: Whom | None) -> str:
    conversation = whom.conversation if whom else None
    return _STOPPED.format(line=conversation.line.name) if conversation and conversation.opted_out else ""
