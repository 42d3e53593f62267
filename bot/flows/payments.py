"""Asking a contact for a payment: what the command, the form, the shortcut and the button have in common.

Nothing is asked of a provider here: the card and its first deed are on disk when `ask_for` returns.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.bridge import Bridge
from bot.capabilities import SendsTexts, TakesPayments
from bot.errors import UsageError
from bot.flows import texts
from bot.flows.cards.kind import new_reference
from bot.flows.cards.looking import look_at
from bot.flows.cards.payment import seen_as
from bot.flows.contacts import Whom, thread_link
from bot.model import Line, Member, MemberId, Money, Payment, PaymentTerms
from bot.model.cards import Card, CardKind, NewCard
from bot.money import display_money
from bot.views import notices
from bot.views.answers import Answer
from bot.views.payment_card import payment_title

_ASKING = "Asking {who} for {amount}."
_WAITS = "{amount} is more than one person may ask for alone: its card waits for somebody else's approval."
_BELOW = "Its card in the thread says how it goes."


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment that a member wants to ask for. `message` is what the contact reads before the link; an empty
    `reference` becomes one of ours."""

    line: Line
    whom: Whom
    amount: Money
    description: str
    message: str
    reference: str
    author: Member

    @property
    def terms(self) -> PaymentTerms:
        """What its card says."""
        return PaymentTerms(self.whom.number, self.amount, self.description.strip(), self.message.strip())


def default_message(amount: Money) -> str:
    """What the contact reads before the link when nobody writes anything else. Pure."""
    return f"Please pay {display_money(amount)} with this link:"


def needs_approval(bridge: Bridge, amount: Money) -> bool:
    """Whether a second person has to agree to so much."""
    most = bridge.settings.payment_approval
    return most is not None and amount.currency == most.currency and amount.minor > most.minor


def refuse(bridge: Bridge, draft: PaymentDraft) -> None:
    """What must not leave is told at once, and not only on the card. Raises `UsageError`."""
    provider = bridge.providers.get(draft.line.provider)
    if not isinstance(provider, TakesPayments) or not isinstance(provider, SendsTexts):
        raise UsageError(f"{draft.line.provider} takes no payments on this machine.")
    refused = texts.refusal(draft.whom.conversation, draft.author, draft.message, provider.text_limit)
    if refused is not None:
        raise UsageError(notices.refused(refused.reason, who=draft.whom.label, words=refused.words))


async def ask_for(bridge: Bridge, draft: PaymentDraft, key: str) -> Answer:
    """Put it on disk, and say where its card is. `key` makes it one payment however often it comes."""
    waits = needs_approval(bridge, draft.amount)
    card = await bridge.store.cards.open(_new(draft, key, waits=waits))
    amount = display_money(draft.amount)
    heading = _WAITS.format(amount=amount) if waits else _ASKING.format(who=draft.whom.label, amount=amount)
    conversation = await bridge.store.threads.conversation(card.conversation_id)
    return Answer(heading, below=_BELOW, link=thread_link(bridge, conversation))


def _new(draft: PaymentDraft, key: str, *, waits: bool) -> NewCard:
    return NewCard(
        key=key,
        kind=CardKind.PAYMENT,
        provider=draft.line.provider,
        author=draft.author.id,
        reference=draft.reference.strip() or new_reference(),
        title=payment_title(draft.amount, draft.description),
        says=draft.terms.says(),
        line=draft.line.id,
        contact=draft.whom.number,
        waits=waits,
    )


async def card_for(bridge: Bridge, line: Line, payment: Payment, member: MemberId) -> Card:
    """The card of a payment that is at the provider; one that was asked for elsewhere gets one now, in the thread
    of its contact. Raises `ProviderError` when it is not known whether a card of ours is about it."""
    for each in await bridge.store.cards.in_doubt(CardKind.PAYMENT, line.provider, payment.reference):
        await look_at(bridge, await bridge.store.cards.find(each.uid) or each)
    terms = PaymentTerms(payment.contact, payment.amount, payment.description, "")
    new = NewCard(
        key=f"payment:{line.provider}:{payment.id}",
        kind=CardKind.PAYMENT,
        provider=line.provider,
        author=member,
        reference=payment.reference,
        title=payment_title(payment.amount, payment.description),
        says=terms.says(),
        line=line.id,
        contact=payment.contact,
    )
    return await bridge.store.cards.adopt(new, seen_as(terms, payment))
