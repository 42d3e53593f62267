"""Ids and enums: the smallest words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NewType

LineId = NewType("LineId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
ProviderName = NewType("ProviderName", str)
Number = NewType("Number", str)
ChannelId = NewType("ChannelId", str)
MemberId = NewType("MemberId", str)
Ts = NewType("Ts", str)  # Slack's message id, unique in a channel. Text, never a float.


class Delivery(StrEnum):
    """How far an outbound text got. It never steps back: see `DELIVERY_RANK`."""

    ACCEPTED = "accepted"  # the provider has it
    SENT = "sent"  # it left towards the carrier
    DELIVERED = "delivered"  # it is on the handset
    FAILED = "failed"  # it will not arrive


DELIVERY_RANK: Mapping[Delivery, int] = {
    Delivery.ACCEPTED: 1,
    Delivery.SENT: 2,
    Delivery.DELIVERED: 3,
    Delivery.FAILED: 3,
}


class State(StrEnum):
    """Where one outside effect stands."""

    SCHEDULED = "scheduled"  # waits for a person or a time; blocks nobody
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"  # the far end accepted it
    DEAD = "dead"  # refused for good, or cancelled
    UNCERTAIN = "uncertain"  # may have happened; only a person repeats it


class Direction(StrEnum):
    """The two lanes of a conversation."""

    IN = "in"  # towards Slack
    OUT = "out"  # towards the contact


class Kind(StrEnum):
    """What a row in `messages` does when it is delivered."""

    ROOT = "root"  # opens the conversation's thread
    TEXT = "text"  # mirrors a contact's text
    LOCATION = "location"  # shows where a contact is, as they answered; its body is `latitude,longitude`
    ECHO = "echo"  # mirrors a text sent to the contact from elsewhere
    REPLY = "reply"  # sends a member's words to the contact
    SAID = "said"  # shows in the thread a text that a member started elsewhere; its subject is the text
    NOTE = "note"  # stays internal; nothing is delivered
    CARD = "card"  # shows a payment, a callback or a ticket, and is changed in place
    NOTICE = "notice"  # tells the thread something, maybe with buttons
    ALERT = "alert"  # tells the alert channel or an admin


class OptOut(StrEnum):
    """Who says that the contact wants no texts."""

    KEYWORD = "keyword"  # the contact's own STOP, as we read it
    PROVIDER = "provider"  # the provider's event or refusal
