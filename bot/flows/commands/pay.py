"""`/pay`: payments that contacts are asked for. What is done to one its card does, and says how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.capabilities import TakesPayments
from bot.errors import UsageError
from bot.flows import payments
from bot.flows.cards.payment import PAYMENT
from bot.flows.commands.listing import ask_first, list_answer, read_page
from bot.flows.commands.provided import line_and_provider, title_of
from bot.flows.commands.turn import Turn, Verb, from_key
from bot.flows.commands.whom import whom
from bot.flows.contacts import Whom, thread_link
from bot.flows.payments import PaymentDraft
from bot.grammar import To, quote
from bot.markup import inert
from bot.model import (
    SETTLED,
    Ask,
    Line,
    Number,
    Payment,
    PaymentFilter,
    PaymentId,
    PaymentSort,
)
from bot.model.cards import Asked, CardKind, NewCardDeed
from bot.money import display_money, parse_amount
from bot.views.answers import CANCEL as NO
from bot.views.answers import Answer, Choice, Item
from bot.views.card_parts import already
from bot.views.payment_card import CANCEL, MARK_PAID, REMIND
from bot.views.payments import payment_about, payment_words, status_words

_ASK = "Ask {who} for {amount} ({what})? They get a text with a link to pay."
_MORE = " It is more than one person may ask for alone, so it waits for somebody else's approval."
_SETTLED = "{about} is {status}: nothing can be done to it any more."
_REMINDED = "{about}: the reminder was sent, and a payment has one."
_UNDER_WAY = "On its way: {about}. Its card in the thread says how it went."


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that is done to a payment: the deed, the button for it, and the question before it."""

    deed: str
    label: str
    question: str


_STEPS: Mapping[str, _Step] = {
    "remind": _Step(REMIND, "Remind", "Remind of {about}? {provider} texts the contact, once for each payment."),
    "cancel": _Step(CANCEL, "Cancel payment", "Cancel {about}? {provider} tells the contact by text."),
    "paid": _Step(MARK_PAID, "Mark paid", "Mark {about} as paid? This is for money that came another way."),
}


async def request(turn: Turn) -> Answer | None:
    """`/pay <to> <amount> <description>`: always asks first, for the contact gets a text."""
    line, provider = line_and_provider(turn, TakesPayments)
    amount = parse_amount(turn.asked.value("amount", str), provider.currency)
    found = await whom(turn, line, turn.asked.value("to", To), lambda number: _same(turn, line, number))
    draft = PaymentDraft(
        line=line,
        whom=found,
        amount=amount,
        description=turn.asked.value("description", str),
        message=turn.asked.find("message", str) or payments.default_message(amount),
        reference=turn.asked.find("ref", str) or "",
        author=turn.given.member,
    )
    payments.refuse(turn.bridge, draft)
    if not turn.given.ask.sure:
        return _ask_first(turn, draft)
    return await payments.ask_for(turn.bridge, draft, turn.given.key)


def _same(turn: Turn, line: Line, number: Number, *, sure: bool = False) -> Ask:
    """The same request, of the contact with that number."""
    words = turn.asked.instead("to", quote(number))
    named = "" if turn.asked.has("from") else f" {from_key(line)}"
    return turn.again(f"{words}{named}", sure=sure)


def _ask_first(turn: Turn, draft: PaymentDraft) -> Answer:
    heading = _ASK.format(who=draft.whom.label, amount=display_money(draft.amount), what=draft.description)
    if payments.needs_approval(turn.bridge, draft.amount):
        heading += _MORE
    agree = Choice("Request", _same(turn, draft.line, draft.whom.number, sure=True), "primary")
    return Answer(heading, choices=(agree, NO), once=True)


async def every(turn: Turn) -> Answer | None:
    """`/pay list`: cancelled and paid ones too."""
    line, provider = line_and_provider(turn, TakesPayments)
    to = turn.asked.find("to", To)
    contact = None if to is None else await whom(turn, line, to, lambda number: _listed(turn, number))
    page = await read_page(provider.list_payments(line, _which(turn, contact)), turn.asked.page)

    def item(payment: Payment) -> Item:
        show = Choice("Show", turn.again(f"#{payment.id} {from_key(line)}"))
        return Item(payment_words(payment, turn.zone), (show, *_choices(turn, line, payment)))

    return list_answer(f"Payments on {line.name}", page, item, turn.page)


def _which(turn: Turn, contact: Whom | None) -> PaymentFilter:
    sort = turn.asked.find("sort", str)
    return PaymentFilter(
        contact=contact.number if contact else None,
        reference=turn.asked.find("ref", str),
        sort=PaymentSort(sort) if sort else None,
        descending=turn.asked.find("order", str) != "asc",
    )


def _listed(turn: Turn, number: Number) -> Ask:
    return turn.again(f"list to={quote(number)}")


async def show(turn: Turn) -> Answer | None:
    """`/pay <id>`: how it stands, and its card's thread."""
    line, provider = line_and_provider(turn, TakesPayments)
    payment = await provider.read_payment(line, _id(turn))
    card = await turn.bridge.store.cards.held(CardKind.PAYMENT, line.provider, payment.id)
    conversation = await turn.bridge.store.threads.conversation(card.conversation_id if card else None)
    refresh = Choice("Refresh", turn.again(f"#{payment.id} {from_key(line)}"))
    item = Item(payment_words(payment, turn.zone), (*_choices(turn, line, payment), refresh))
    return Answer(payment_about(payment), (item,), link=thread_link(turn.bridge, conversation))


def _choices(turn: Turn, line: Line, payment: Payment) -> tuple[Choice, ...]:
    """What can still be done to it."""
    if payment.status in SETTLED:
        return ()
    verbs = [verb for verb in _STEPS if not (verb == "remind" and payment.reminded)]
    return tuple(Choice(_STEPS[verb].label, turn.again(f"{verb} {payment.id} {from_key(line)}")) for verb in verbs)


async def step(turn: Turn) -> Answer | None:
    """`/pay remind|cancel|paid <id>`: asks first."""
    line, provider = line_and_provider(turn, TakesPayments)
    payment = await provider.read_payment(line, _id(turn))
    about, verb = payment_about(payment), turn.asked.verb.word
    if payment.status in SETTLED:
        raise UsageError(_SETTLED.format(about=inert(about), status=inert(status_words(payment))))
    if verb == "remind" and payment.reminded:
        raise UsageError(_REMINDED.format(about=inert(about)))
    if not turn.given.ask.sure:
        question = _STEPS[verb].question.format(about=about, provider=title_of(provider))
        return ask_first(turn, question, _STEPS[verb].label, f"{verb} {payment.id} {from_key(line)}")
    return await _do(turn, line, payment, _STEPS[verb].deed)


async def _do(turn: Turn, line: Line, payment: Payment, deed: str) -> Answer:
    """Have its card do it, which it gets if it has none."""
    member = turn.given.member.id
    card = await payments.card_for(turn.bridge, line, payment, member)
    new = NewCardDeed(key=turn.given.key, what=deed, member=member, once=PAYMENT.deeds[deed].once)
    asked = await turn.bridge.store.deeds.add(card.uid, new)
    conversation = await turn.bridge.store.threads.conversation(card.conversation_id)
    return Answer(_told(asked, payment), link=thread_link(turn.bridge, conversation))


def _told(asked: Asked, payment: Payment) -> str:
    return _UNDER_WAY.format(about=payment_about(payment)) if asked.done else already(asked)


def _id(turn: Turn) -> PaymentId:
    return PaymentId(str(turn.asked.value("id", int)))


PAY: Mapping[str, Verb] = {
    "request": request,
    "show": show,
    "list": every,
    "remind": step,
    "cancel": step,
    "paid": step,
}
