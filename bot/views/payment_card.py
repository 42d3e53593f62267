"""A payment's card: how much, for what, who asked and when, and how it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import one_line
from bot.model import Block, Money, PaymentStatus, PaymentTerms, Post
from bot.model.cards import CREATE, DROPPED, GONE, Card, DeedState
from bot.money import display_money
from bot.views import rich
from bot.views.card_buttons import LEAVE, REFRESH, CardAction, CardButton
from bot.views.card_parts import DeedWords, Keeper, asking_buttons, deed_line, post, short_name, waiting_line

REMIND, MARK_PAID, CANCEL = CardAction.REMIND.deed, CardAction.MARK_PAID.deed, CardAction.CANCEL.deed
TITLE = 60  # characters of the description
DESCRIPTION = 300

# Status → what people read, and whether the time of it stands behind.
_STATUS: Mapping[str, tuple[str, bool]] = {
    PaymentStatus.SENT: ("Sent", False),
    PaymentStatus.PAST_DUE: ("⌛ Past due", False),
    PaymentStatus.PAID: ("✅ Paid", True),
    PaymentStatus.MARKED_PAID: ("✅ Marked as paid", True),
    PaymentStatus.CANCELLED: ("🚫 Cancelled", True),
    PaymentStatus.FAILED: ("⚠️ The payment failed", True),
    GONE: ("🗑️ No longer at the provider", True),
    DROPPED: ("🗑️ Forgotten: it is not followed any more", False),
}
_DEEDS: Mapping[str, DeedWords] = {
    CREATE: DeedWords(
        "The contact is being asked …", "It is not known whether the contact was asked.", "Nobody was asked."
    ),
    REMIND: DeedWords(
        "The reminder is on its way …",
        "It is not known whether the contact was reminded.",
        "No reminder was sent.",
    ),
    CANCEL: DeedWords("Being cancelled …", "It is not known whether it was cancelled.", "It was not cancelled."),
    MARK_PAID: DeedWords(
        "Being marked as paid …", "It is not known whether it was marked as paid.", "It was not marked as paid."
    ),
}
_OTHER = DeedWords("Something is being done …", "It is not known whether it was done.", "It was not done.")
# Status → what a member does to bring it about.
_CLOSES: Mapping[str, str] = {PaymentStatus.MARKED_PAID: MARK_PAID, PaymentStatus.CANCELLED: CANCEL}
_PAID_TWICE = "For money that came another way. It closes the payment, and counts as paid in {provider}."
_CANCEL = "{provider} tells the contact by text that they need not pay."
_REMIND = "{provider} texts the contact once more. A payment has one reminder."


def payment_title(amount: Money, description: str) -> str:
    """A payment in a few words: `$45.00 · Deposit`."""
    return f"{display_money(amount)} · {one_line(description, TITLE)}"


def payment_card(card: Card, keeper: Keeper) -> Post:
    """The card as it should stand now."""
    terms = PaymentTerms.read(card.says)
    created = card.created
    heading = [*rich.said(f"💳 {display_money(terms.amount)}", bold=True), *rich.said(" · ")]
    heading += rich.words(one_line(terms.description, DESCRIPTION))
    heading += [*rich.said(" · asked by "), rich.member(card.author), *rich.said(" ")]
    heading += [rich.when(card.created_at), *_status(card, terms)]
    if card.settled:
        return post(card, heading, [], [])
    waits = created is not None and created.state == DeedState.WAITING
    below = waiting_line(created) if created is not None and waits else deed_line(card, _DEEDS, _OTHER)
    return post(card, heading, below, _buttons(card, terms, keeper.title))


def _status(card: Card, terms: PaymentTerms) -> list[Block]:
    if card.unfound:
        return rich.said(" · Asked for, as somebody said; the provider does not show it yet")
    if not card.state:
        return []
    words, timed = _STATUS.get(
        card.state, (f"At the provider: {short_name(terms.status_word or 'no status')}", False)
    )
    if terms.past_due and card.state == PaymentStatus.SENT:
        words, timed = _STATUS[PaymentStatus.PAST_DUE]
    shown = [*rich.said(" · "), *rich.words(words, bold=card.settled), *_by(card)]
    if not card.settled and terms.reminded:
        shown += rich.said(" · reminded")
    return [*shown, *rich.said(" "), rich.when(card.state_at)] if timed else shown


def _by(card: Card) -> list[Block]:
    """Which member closed it, where one did from here."""
    what = _CLOSES.get(card.state)
    who = next((deed.member for deed in card.deeds if deed.what == what and deed.state == DeedState.DONE), None)
    return [] if who is None else [*rich.said(" by "), rich.member(who)]


def _buttons(card: Card, terms: PaymentTerms, provider_title: str) -> list[CardButton]:
    asking = asking_buttons(card)
    if card.provider_id is None:
        return [REFRESH, LEAVE] if card.unfound else asking
    if card.state in (GONE, PaymentStatus.FAILED):
        return asking or [REFRESH]
    doing = card.under_way.what if card.under_way else ""
    remind = CardButton(CardAction.REMIND, "Remind", _REMIND.format(provider=provider_title))
    paid = CardButton(CardAction.MARK_PAID, "Mark paid", _PAID_TWICE.format(provider=provider_title))
    cancel = CardButton(CardAction.CANCEL, "Cancel", _CANCEL.format(provider=provider_title), "danger")
    closing = doing in (CANCEL, MARK_PAID)
    shown = [] if terms.reminded or doing == REMIND or closing else [remind]
    return [*asking, *shown, *([] if closing else [paid, cancel]), *([] if asking else [REFRESH])]
