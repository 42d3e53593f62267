"""Voice calls, faxes, letters and postcards, as people read of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo

from bot.markup import escape, literal, shorten
from bot.model import (
    Address,
    Ask,
    Block,
    Delivery,
    FaxOrder,
    LetterOrder,
    MemberId,
    Post,
    PostcardOrder,
    PriceQuote,
    VoiceOrder,
)
from bot.model.kept_orders import NewOrder, Order, OrderDecided, OrderDecision, OrderKind, OrderState, Wanted
from bot.money import display_money
from bot.views import rich
from bot.views.answers import LONGEST_SECTION, Answer, Choice, Item, answer
from bot.views.card_buttons import CardButton, OrderAction, order_row
from bot.views.phrases import below_each_other, commas, dotted, flat, moment

QUOTED = 300
FALLBACK = 1_000
_NAMES: Mapping[OrderKind, str] = {
    OrderKind.VOICE: "📞 Call",
    OrderKind.FAX: "📠 Fax",
    OrderKind.LETTER: "✉️ Letter",
    OrderKind.POSTCARD: "🏞️ Postcard",
}
_DELIVERED: Mapping[OrderKind, str] = {
    OrderKind.VOICE: "✅ It was answered.",
    OrderKind.FAX: "✅ It arrived.",
    OrderKind.LETTER: "✅ It was delivered.",
    OrderKind.POSTCARD: "✅ It was delivered.",
}
_UNDER_WAY: Mapping[Delivery | None, str] = {
    None: "📨 {title} has it.",
    Delivery.ACCEPTED: "📨 {title} has it.",
    Delivery.SENT: "📨 {title} has sent it.",
}
_UNCERTAIN = (
    "❔ It is not known whether this went out: the connection to {title} broke, and its history does not show it. "
    "It is never sent again by itself. Check asks {title} once more; look there before you order it again."
)
_LAST_TRY = "The last try failed: {why}"
_TWICE = "If the first one did go out, it happens twice{costs}. It is looked for once more before."
_COSTS = ", and costs {price} once more"
_DECIDED: Mapping[OrderDecision, str] = {
    OrderDecision.WENT_OUT: " says that it went out.",
    OrderDecision.AGAIN: " ordered it again while nobody knew whether it went out.",
}
_FIRST = "{who} was first, and {did}."
_DID: Mapping[OrderDecision, str] = {
    OrderDecision.WENT_OUT: "said that it went out",
    OrderDecision.AGAIN: "ordered it again",
}
_NOT_ASKED = "Nothing was done: nobody has to decide about this order any more, or it was tried again since."
_SENDING = "⏳ It is being sent."
_LOOKING = "⏳ {title} did not answer. It is looked for there, and not sent again."
_LATER = "⏳ Not sent yet: {why} It is tried again."


def order_about(order: Order) -> str:
    """What an order is called: `📞 Call to Maria Lopez · +1 415 555 0134 · #12`."""
    return dotted(f"{_NAMES[order.of.kind]} to {order.of.whom}", f"#{order.number}")


def order_stands(order: Order, title: str) -> str:
    """How far it got."""
    match order.state:
        case OrderState.WAITING:
            return "It waits for the say of who ordered it."
        case OrderState.QUEUED:
            return _LATER.format(why=flat(order.why)) if order.why else "⏳ It waits to be sent."
        case OrderState.SENDING:
            return _LOOKING.format(title=title) if order.looks else _SENDING
        case OrderState.FAILED:
            return f"⚠️ It was not sent: {flat(order.why)}"
        case OrderState.UNCERTAIN:
            last = _LAST_TRY.format(why=flat(order.why)) if order.why else ""
            return below_each_other(_UNCERTAIN.format(title=title), last)
        case OrderState.DONE:
            return _by_word(order) or _delivery(order, title)


def _by_word(order: Order) -> str:
    """What a person alone says of it."""
    known = order.delivery is not None or order.order_id is not None
    return "" if known or order.decided is not OrderDecision.WENT_OUT else "☑️ It went out, as a person says."


def _delivery(order: Order, title: str) -> str:
    if order.delivery is Delivery.FAILED:
        return below_each_other(f"⚠️ It did not get through. {flat(order.why)}".strip(), _keys(order))
    if order.delivery is Delivery.DELIVERED:
        return below_each_other(_DELIVERED[order.of.kind], _keys(order))
    return below_each_other(_UNDER_WAY[order.delivery].format(title=title), _keys(order))


def _keys(order: Order) -> str:
    return f"They pressed {order.keys}." if order.keys else ""


def price_words(price: PriceQuote) -> str:
    """What something costs: `$0.07`."""
    return display_money(price.total)


def _price(order: Order) -> str:
    """What was charged, else what was said before."""
    if order.paid is not None:
        return price_words(order.paid)
    return f"about {price_words(order.of.price)}" if order.of.price is not None else ""


# --- What is wanted -------------------------------------------------------------------------------------


def wanted_words(what: Wanted) -> str:
    """Everything that a member asked for, but for whom."""
    match what:
        case VoiceOrder():
            return below_each_other(f"“{shorten(what.words, QUOTED)}”", _spoken(what))
        case FaxOrder():
            return shorten(what.file_url, QUOTED)
        case LetterOrder():
            return below_each_other(address_words(what.to), _printed(what))
        case PostcardOrder():
            return address_words(what.to)


def address_words(address: Address) -> str:
    """An address on one line."""
    city = " ".join(part for part in (address.postal_code, address.city, address.state) if part)
    parts = (address.name, address.line_1, address.line_2, city, address.country)
    return commas(parts)


def _spoken(what: VoiceOrder) -> str:
    asks = "asks for a key" if what.asks_key else ""
    return dotted(f"{what.language}, {what.voice} voice", asks, "speaks to machines" if what.finds_machine else "")


def _printed(what: LetterOrder) -> str:
    return dotted(
        "in colour" if what.in_colour else "black and white",
        "both sides" if what.two_sided else "one side",
        "priority" if what.priority else "",
        "the address is in the file" if what.address_page_in_file else "",
    )


def files_words(names: Iterable[str]) -> str:
    """Files by their names."""
    return shorten(commas(names), QUOTED)


def question_words(new: NewOrder, title: str, files: Iterable[str]) -> tuple[str, str]:
    """What will happen, and what of."""
    heading = f"{_NAMES[new.kind]} to {flat(new.whom)}, by {title}?"
    return heading, below_each_other(wanted_words(new.what), files_words(files))


# --- Answers and cards ----------------------------------------------------------------------------------


def order_answer(order: Order, title: str) -> Answer:
    """An order with how far it got, and what can be done about it."""
    items = (Item(order_stands(order, title)),)
    return Answer(order_about(order), items, below=_price(order), rows=tuple(_decisions(order)))


def _decisions(order: Order) -> Iterator[Block]:
    """Who decided about it, and the buttons for what a person has to say."""
    if order.decided is not None and order.decided_by is not None:
        words = rich.said(_DECIDED[order.decided])
        yield rich.block(rich.section(rich.member(order.decided_by), *words))
    if order.state is OrderState.UNCERTAIN:
        costs = _COSTS.format(price=_price(order)) if _price(order) else ""
        yield order_row(
            f"{order.number}:{order.attempts}",
            CardButton(OrderAction.CHECK, "Check"),
            CardButton(OrderAction.WENT_OUT, "It went out"),
            CardButton(OrderAction.AGAIN, "Order again", _TWICE.format(costs=costs), "danger"),
        )


def already(decided: OrderDecided) -> str:
    """The answer to a click that does nothing any more. Slack mark-up."""
    if decided.by is None or decided.how is None:
        return _NOT_ASKED
    return _FIRST.format(who=f"<@{decided.by}>", did=_DID[decided.how])


def order_details(order: Order, title: str, zone: tzinfo) -> Answer:
    """The same with everything that was asked for, and when."""
    made = order_answer(order, title)
    wanted = Item(wanted_words(order.of.what) or "Its files are in Slack.")
    below = dotted(_price(order), f"ordered {moment(order.asked_at, zone)}")
    return replace(made, items=(*made.items, wanted), below=below)


def order_item(order: Order, title: str, zone: tzinfo) -> Item:
    """An order in a list."""
    about = dotted(_price(order), moment(order.asked_at, zone))
    show = Choice("Show", Ask("send", f"order {order.number}"))
    check = (Choice("Check", Ask("send", f"check {order.number}")),) if order.state is OrderState.UNCERTAIN else ()
    return Item(below_each_other(order_about(order), order_stands(order, title), about), (show, *check))


def order_card(made: Answer, mentioned: MemberId | None) -> Post:
    """An order in a thread or a direct message."""
    post = answer(made, "")
    if mentioned is None:
        return post
    by = rich.block(rich.section(*rich.said("Ordered by "), rich.member(mentioned)))
    return replace(post, blocks=(*post.blocks, by))


def bad_news(order: Order, title: str) -> Post:
    """What who ordered it must not overlook."""
    words = shorten(f"{order_about(order)}: {order_stands(order, title)}", LONGEST_SECTION)
    section = rich.section(rich.member(order.of.member), *rich.said(" "), *rich.words(words))
    return Post(text=escape(shorten(literal(words), FALLBACK)), blocks=(rich.block(section),))
