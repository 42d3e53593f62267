"""One line of a conversation, as lists show it."""

from __future__ import annotations

from datetime import tzinfo

from bot.markup import literal, shorten
from bot.model import Delivery, Kind, Message, State
from bot.views.phrases import moment
from bot.views.places import place_words

SHOWN = 500
_HOW_FAR = {Delivery.DELIVERED: "delivered", Delivery.FAILED: "failed", Delivery.SENT: "sent"}


def said_line(message: Message, zone: tzinfo) -> str:
    """Who said what and when, in the reader's zone, and how far it got. Pure."""
    head = f"{_who(message)} · {moment(message.occurred_at, zone)}{_how_far(message)}"
    said = place_words(message.body) if message.kind == Kind.LOCATION else literal(message.body)
    return f"{head}\n{shorten(said, SHOWN)}"


def _who(message: Message) -> str:
    match message.kind:
        case Kind.TEXT | Kind.LOCATION:
            return "They"
        case Kind.NOTE:
            return "Note"
        case _:
            return "We"


def _how_far(message: Message) -> str:
    if message.kind != Kind.REPLY:
        return ""
    if message.state == State.UNCERTAIN:
        return " · unknown"
    if message.state in (State.DEAD, State.SCHEDULED):
        return " · not sent"
    return f" · {_HOW_FAR[message.delivery]}" if message.delivery in _HOW_FAR else " · on its way"
