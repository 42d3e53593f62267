"""The buttons of a root card: what can be done for its conversation. Pure.

Every action id stands here and is never renamed: old cards keep their buttons. A value names the conversation by
its id, and nothing else of it. Nothing is offered that the line's provider, or the others, cannot do.
Source: https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element and …/select-menu-element
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Block, Conversation, ConversationId, Status
from bot.views.answers import MOST_OVERFLOW, plain

MENU = "root:more"  # the menu's action id; which of it was chosen stands in the option's value


class RootAction(StrEnum):
    """What a button, or an option of the menu, asks for."""

    TAKE = "root:take"
    ASSIGN = "root:assign"
    RESOLVE = "root:resolve"
    REOPEN = "root:reopen"
    REQUEST_PAYMENT = "root:request_payment"
    CALL_BACK = "root:call_back"
    DETAILS = "root:details"
    ARCHIVE = "root:archive"
    UNARCHIVE = "root:unarchive"
    BLOCK = "root:block"
    UNBLOCK = "root:unblock"
    TICKET = "root:ticket"


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the line's provider, or the others, can do for the conversation."""

    keeps_contacts: bool = False
    archives: bool = False
    takes_payments: bool = False
    queues_callbacks: bool = False
    keeps_tickets: bool = False


_LABELS = {
    RootAction.TAKE: "Take",
    RootAction.ASSIGN: "Assign",
    RootAction.RESOLVE: "Resolve",
    RootAction.REOPEN: "Reopen",
    RootAction.REQUEST_PAYMENT: "Request payment",
    RootAction.CALL_BACK: "Call back",
    RootAction.DETAILS: "Contact details",
    RootAction.ARCHIVE: "Archive",
    RootAction.UNARCHIVE: "Unarchive",
    RootAction.BLOCK: "Block …",
    RootAction.UNBLOCK: "Unblock",
    RootAction.TICKET: "New ticket",
}


def root_buttons(conversation: Conversation, can: Abilities) -> Block:
    """The row below a root card: its buttons, and the menu behind them where there is anything in it."""
    elements = [_button(action, conversation.id) for action in _buttons(conversation, can)]
    options = [_option(action, conversation.id) for action in _menu(conversation, can)]
    return {
        "type": "actions",
        "block_id": f"root:{conversation.id}",
        "elements": [*elements, *([_more(options)] if options else [])],
    }


def _buttons(conversation: Conversation, can: Abilities) -> Iterator[RootAction]:
    """At most 24 of them: Slack takes 25 elements in a row."""
    yield RootAction.TAKE if conversation.owner is None else RootAction.ASSIGN
    yield RootAction.REOPEN if conversation.status == Status.DONE else RootAction.RESOLVE
    if can.takes_payments:
        yield RootAction.REQUEST_PAYMENT
    if can.queues_callbacks:
        yield RootAction.CALL_BACK


def _menu(conversation: Conversation, can: Abilities) -> Iterator[RootAction]:
    if can.keeps_tickets:
        yield RootAction.TICKET
    if can.keeps_contacts:
        yield RootAction.DETAILS
    if can.archives:
        yield RootAction.UNARCHIVE if conversation.archived else RootAction.ARCHIVE
    if can.keeps_contacts:
        yield RootAction.UNBLOCK if conversation.blocked else RootAction.BLOCK


def _button(action: RootAction, conversation: ConversationId) -> Block:
    button = {
        "type": "button",
        "action_id": str(action),
        "text": plain(_LABELS[action]),
        "value": str(conversation),
    }
    return {**button, "style": "primary"} if action == RootAction.TAKE else button


def _option(action: RootAction, conversation: ConversationId) -> Block:
    what = action.removeprefix("root:")
    return {"text": plain(_LABELS[action]), "value": f"{what}:{conversation}"}


def _more(options: Sequence[Block]) -> Block:
    """Slack takes five options behind the three dots; more of them are a menu to choose from."""
    if len(options) <= MOST_OVERFLOW:
        return {"type": "overflow", "action_id": MENU, "options": list(options)}
    return {"type": "static_select", "action_id": MENU, "placeholder": plain("More …"), "options": list(options)}
