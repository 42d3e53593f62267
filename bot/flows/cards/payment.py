"""Payments as cards: asked for, reminded of, cancelled or marked as paid, and followed until they are settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.capabilities import SendsTexts, TakesPayments
from bot.errors import NotFound, UsageError
from bot.flows import texts
from bot.flows.cards.kind import CardFlow, Case, Do, gone, shown_by, stands_for
from bot.model import (
    SETTLED,
    MemberId,
    Payment,
    PaymentFilter,
    PaymentId,
    PaymentRequest,
    PaymentStatus,
    PaymentTerms,
)
from bot.model.cards import CREATE, GONE, CardDeed, CardKind, News, Seen
from bot.views import notices
from bot.views.payment_card import CANCEL, MARK_PAID, REMIND, payment_title
from bot.views.thread import contact_label

CLOSES = "close"  # cancelled or marked as paid: one of them
FAILED_FOR = timedelta(days=7)  # it is looked at on: the link is still there, and another card may be taken
CLOCK_SLACK = timedelta(seconds=60)  # how far a provider's clock may be behind ours

_NEWS: Mapping[str, str] = {
    PaymentStatus.PAID: "✅ {title}: paid.",
    PaymentStatus.FAILED: "⚠️ {title}: the payment failed. Ask the contact, and request it anew.",
    PaymentStatus.PAST_DUE: "⌛ {title}: past due, and not paid yet.",
    GONE: "⚠️ {title}: the provider does not have it any more. Ask for it anew if it is still to be paid.",
}


async def request(case: Case, deed: CardDeed) -> Seen:
    """Ask the contact, unless something forbids it by now. Raises `ProviderError`, `UsageError`, `SlackError`."""
    terms, line = PaymentTerms.read(case.card.says), case.the_line()
    await _refuse(case, deed.member, terms)
    wanted = PaymentRequest(terms.contact, terms.amount, terms.description, terms.message, case.card.reference)
    return seen_of(case, await case.provider(TakesPayments).request_payment(line, wanted))


async def _refuse(case: Case, asker: MemberId, terms: PaymentTerms) -> None:
    """What holds for a text holds for this: the contact gets one."""
    conversation = case.conversation
    if conversation is not None:
        conversation = await case.bridge.store.threads.conversation(conversation.id)  # a STOP may have come
    author = await texts.member(case.bridge, asker)
    refused = texts.refusal(conversation, author, terms.message, case.provider(SendsTexts).text_limit)
    if refused is not None:
        who = "the contact" if conversation is None else contact_label(conversation)
        raise UsageError(notices.refused(refused.reason, who=who, words=refused.words))


async def asked_for(case: Case, _: CardDeed) -> Seen | None:
    """The payment of our reference, if there is exactly one that it can be."""
    terms, line, found = PaymentTerms.read(case.card.says), case.the_line(), list[Payment]()
    which = PaymentFilter(contact=terms.contact, reference=case.card.reference)
    async for payment in case.provider(TakesPayments).list_payments(line, which):
        if _can_be(case, payment, terms) and await case.free(payment.id):
            found.append(payment)
    return seen_of(case, found[0]) if len(found) == 1 else None


def _can_be(case: Case, payment: Payment, terms: PaymentTerms) -> bool:
    earliest = case.card.created_at - CLOCK_SLACK
    return payment.amount == terms.amount and (payment.requested_at is None or payment.requested_at >= earliest)


async def read(case: Case) -> Seen:
    """How it stands at the provider."""
    try:
        found = await case.provider(TakesPayments).read_payment(case.the_line(), payment_id(case))
    except NotFound:
        return gone(case, *_news(GONE, PaymentTerms.read(case.card.says)))
    return seen_of(case, found)


async def remind(case: Case, _: CardDeed) -> Seen:
    """Text the one reminder."""
    return seen_of(case, await case.provider(TakesPayments).remind_payment(case.the_line(), payment_id(case)))


async def cancel(case: Case, _: CardDeed) -> Seen:
    """Cancel it; the provider tells the contact."""
    return seen_of(case, await case.provider(TakesPayments).cancel_payment(case.the_line(), payment_id(case)))


async def mark_paid(case: Case, _: CardDeed) -> Seen:
    """The money came another way."""
    found = await case.provider(TakesPayments).mark_payment_paid(case.the_line(), payment_id(case))
    return seen_of(case, found)


def payment_id(case: Case) -> PaymentId:
    """The provider's number of it. Raises `UsageError` while nobody knows it."""
    if case.card.provider_id is None:
        raise UsageError("It is not known yet whether this payment was asked for.")
    return PaymentId(case.card.provider_id)


def seen_of(case: Case, payment: Payment) -> Seen:
    """What the card says of a payment as the provider has it now. Pure."""
    seen = seen_as(PaymentTerms.read(case.card.says), payment)
    has_failed = seen.state == PaymentStatus.FAILED and stands_for(case, seen.state, FAILED_FOR)
    return replace(seen, settled=seen.settled or has_failed)


def seen_as(terms: PaymentTerms, payment: Payment) -> Seen:
    """The same for a payment that may have no card yet. Pure."""
    past_due = payment.past_due or payment.status == PaymentStatus.PAST_DUE
    now = replace(terms, reminded=payment.reminded, past_due=past_due, status_word=payment.status_word)
    is_over = payment.status in SETTLED
    topic = PaymentStatus.PAST_DUE if past_due and not is_over else payment.status
    settled = is_over and payment.status != PaymentStatus.FAILED
    return Seen(payment.id, payment.status, now.says(), settled, _news(topic, terms))


def _news(topic: str, terms: PaymentTerms) -> tuple[News, ...]:
    title = payment_title(terms.amount, terms.description)
    return (News(topic, _NEWS[topic].format(title=title)),) if topic in _NEWS else ()


PAYMENT = CardFlow(
    CardKind.PAYMENT,
    read,
    {
        CREATE: Do(request, asked_for, ("pay", "request")),
        REMIND: Do(
            remind,
            shown_by(read, lambda seen: PaymentTerms.read(seen.says).reminded),
            ("pay", "remind"),
            once=REMIND,
        ),
        CANCEL: Do(
            cancel,
            shown_by(read, lambda seen: seen.state == PaymentStatus.CANCELLED),
            ("pay", "cancel"),
            once=CLOSES,
            harmless=True,
        ),
        MARK_PAID: Do(
            mark_paid,
            shown_by(read, lambda seen: seen.state == PaymentStatus.MARKED_PAID),
            ("pay", "paid"),
            once=CLOSES,
            harmless=True,
        ),
    },
    shows=("pay", "show"),
)
