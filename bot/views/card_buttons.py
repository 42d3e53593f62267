"""The buttons of cards. A button's value is the uid of its card, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Block


class CardAction(StrEnum):
    """What a button asks for. Never renamed: old messages keep their buttons. What follows the colon is the deed's
    word, where it is a deed of the card's kind."""

    # Of every kind
    REFRESH = "card:refresh"
    APPROVE = "card:approve"
    CHECK = "card:check"
    AGAIN = "card:again"  # what may have happened
    RETRY = "card:retry"  # what surely did not
    HAPPENED = "card:happened"
    FORGET = "card:forget"  # what is asked about
    LEAVE = "card:leave"  # what a person said was made, and nobody finds
    # Of payments
    REMIND = "card:remind"
    MARK_PAID = "card:mark_paid"
    CANCEL = "card:cancel"
    # Of tickets
    NOTE = "card:note"
    MOVE = "card:move"
    ATTACH = "card:attach"
    EDIT = "card:edit"

    @property
    def deed(self) -> str:
        """The deed that it asks for."""
        return self.value.partition(":")[2]


class OrderAction(StrEnum):
    """What a button of an order in doubt asks for. Never renamed: old messages keep their buttons."""

    AGAIN = "order:again"
    CHECK = "order:check"
    WENT_OUT = "order:went_out"


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button, and the question before it where money or a contact is touched."""

    action: CardAction | OrderAction
    label: str
    confirm: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a page. Slack tells of a click on it, and nothing is done then."""

    label: str
    url: str


LINK = "link:card"  # its action id: one of a card
REFRESH = CardButton(CardAction.REFRESH, "Refresh")
CHECK = CardButton(CardAction.CHECK, "Check")
RETRY = CardButton(CardAction.RETRY, "Try again", style="primary")
HAPPENED = CardButton(CardAction.HAPPENED, "It did happen")
FORGET = CardButton(CardAction.FORGET, "Forget it")
LEAVE = CardButton(CardAction.LEAVE, "Forget it")


def card_row(uid: str, *buttons: CardButton | LinkButton) -> Block:
    """The buttons under a card."""
    return {"type": "actions", "block_id": f"card:{uid}", "elements": [_button(each, uid) for each in buttons]}


def order_row(value: str, *buttons: CardButton) -> Block:
    """The buttons for what a person says of an order; `value` tells which, and which try of it."""
    return {
        "type": "actions",
        "block_id": f"order:{value}",
        "elements": [_button(each, value) for each in buttons],
    }


def _button(look: CardButton | LinkButton, uid: str) -> Block:
    if isinstance(look, LinkButton):
        text = {"type": "plain_text", "text": look.label}
        return {"type": "button", "action_id": LINK, "text": text, "url": look.url}
    button: dict[str, object] = {
        "type": "button",
        "action_id": str(look.action),
        "text": {"type": "plain_text", "text": look.label},
        "value": uid,
    }
    if look.style:
        button["style"] = look.style
    if look.confirm:
        button["confirm"] = {
            "title": {"type": "plain_text", "text": f"{look.label}?"},
            "text": {"type": "plain_text", "text": look.confirm},
            "confirm": {"type": "plain_text", "text": look.label},
            "deny": {"type": "plain_text", "text": "No"},
            "style": "danger",
        }
    return button
