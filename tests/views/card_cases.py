"""A payment's card and its deeds, as views get them; a test says what is different."""

from __future__ import annotations

from typing import Any

from bot.model import ConversationId, LineId, MemberId, MessageId, PaymentTerms, ProviderName
from bot.model.cards import CREATE, Card, CardDeed, CardId, CardKind, DeedId, DeedState
from bot.model.money import Money
from bot.model.words import Number
from tests.views.cases import AT

UID = "0123456789abcdef" * 2
DANA = MemberId("U1")


def terms(**fields: Any) -> PaymentTerms:
    """What Maria is asked to pay."""
    return PaymentTerms(
        **{
            "contact": Number("+14155550134"),
            "amount": Money(4500, "USD"),
            "description": "Deposit",
            "message": "Please pay with this link:",
            **fields,
        }
    )


def deed(state: DeedState = DeedState.DONE, what: str = CREATE, **fields: Any) -> CardDeed:
    """Something that was asked of the provider."""
    return CardDeed(
        **{
            "id": DeedId(1),
            "what": what,
            "words": "",
            "member": DANA,
            "state": state,
            "attempts": 1,
            "looks": 0,
            "reason": "",
            "settled_by": None,
            "claimed_at": AT,
            "created_at": AT,
            **fields,
        }
    )


def card(*deeds: CardDeed, **fields: Any) -> Card:
    """A payment that Dana asked for."""
    return Card(
        **{
            "id": CardId(1),
            "uid": UID,
            "kind": CardKind.PAYMENT,
            "conversation_id": ConversationId(1),
            "line_id": LineId(1),
            "provider": ProviderName("textrequest"),
            "provider_id": "2510",
            "reference": "ref",
            "title": "$45.00 · Deposit",
            "says": terms().says(),
            "state": "sent",
            "settled": False,
            "author": DANA,
            "version": 1,
            "message_id": MessageId(7),
            "created_at": AT,
            "state_at": AT,
            "deeds": deeds or (deed(),),
            **fields,
        }
    )
