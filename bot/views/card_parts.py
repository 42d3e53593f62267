"""What cards of every kind have: how far the last deed got, and the buttons for what a person has to say. Pure.

A card is one rich text and a row of buttons, and stays so: Slack changes no rich text into anything else.
Source: https://docs.slack.dev/reference/methods/chat.update#errors (block_mismatch)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.markup import escape, literal, one_line, shorten
from bot.model import Block, MemberId, Post
from bot.model.cards import CREATE, Asked, Card, CardDeed, DeedState
from bot.views import rich
from bot.views.card_buttons import CHECK, FORGET, HAPPENED, RETRY, CardAction, CardButton, LinkButton, card_row
from bot.views.thread import FALLBACK

REASON = 600  # characters of it
NAME = 100  # characters of a state's, a group's or a person's
_PUT_OFF = "It could not be done yet, and is tried again"
_TWICE = "If the first one did happen, it happens twice."


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose the thing on a card is: what people call them, and what they can be asked."""

    title: str
    takes_notes: bool = True


@dataclass(frozen=True, slots=True)
class DeedWords:
    """A deed in words: while it is done, when nobody knows whether it was, and when it failed."""

    doing: str
    unknown: str
    failed: str


def post(
    card: Card, heading: Sequence[Block], below: Sequence[Block], buttons: Sequence[CardButton | LinkButton]
) -> Post:
    """A card of a heading, what is below it, and buttons."""
    parts = [rich.section(*heading), *(rich.section(*line) for line in _lines(below))]
    blocks: list[Block] = [rich.block(*parts)]
    if buttons:
        blocks.append(card_row(card.uid, *buttons))
    return Post(text=escape(shorten(literal(card.title), FALLBACK)), blocks=tuple(blocks))


def _lines(below: Sequence[Block]) -> list[list[Block]]:
    return [list(below)] if below else []


def short_name(words: str) -> str:
    """What a provider calls a ticket, a state or a person, on one line: nobody bounds that there. Pure."""
    return one_line(words, NAME)


def deed_line(card: Card, words: Mapping[str, DeedWords], unforeseen: DeedWords) -> list[Block]:
    """How far the deed got that is not done; empty when all are."""
    deed = card.question or card.under_way or card.failure
    if deed is None:
        return []
    said = words.get(deed.what, unforeseen)
    if deed.state == DeedState.UNCERTAIN:
        last = [*rich.said(" The last try failed: "), *rich.words(one_line(deed.reason, REASON))]
        return [*rich.said(f"❔ {said.unknown} It is never done again by itself."), *(last if deed.reason else [])]
    if deed.state == DeedState.FAILED:
        return [*rich.said(f"⚠️ {said.failed} "), *rich.words(one_line(deed.reason, REASON))]
    if deed.put_off_until is not None:
        return [*rich.said(f"⏳ {said.doing} {_PUT_OFF} "), rich.when(deed.put_off_until), *rich.said(".")]
    return rich.said(f"⏳ {said.doing}")


def waiting_line(deed: CardDeed) -> list[Block]:
    """What waits for a second person."""
    return [*rich.said("✋ Waits for approval by somebody other than "), rich.member(deed.member), *rich.said(".")]


def asking_buttons(card: Card) -> list[CardButton]:
    """The buttons for what a person has to say; empty when nothing is to be said."""
    created = card.created
    if created is not None and created.state == DeedState.WAITING:
        return [CardButton(CardAction.APPROVE, "Approve", style="primary"), FORGET]
    if card.question is not None:
        return [CHECK, CardButton(CardAction.AGAIN, "Do it again", _TWICE, "danger"), HAPPENED, FORGET]
    if card.failure is not None and card.failure.what == CREATE:
        return [RETRY, FORGET]
    return []


def already(asked: Asked) -> str:
    """The answer to a click that does nothing any more. Slack mark-up."""
    if asked.by is None:
        return "Nothing was done: this card says something else by now."
    verb = "is doing" if asked.state in (DeedState.QUEUED, DeedState.SENDING) else "did"
    return f"{_mention(asked.by)} was first, and {verb} this already."


def _mention(member: MemberId) -> str:
    return f"<@{member}>"
