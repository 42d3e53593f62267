"""Every kind of card, one line each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.cards.callback import CALLBACK
from bot.flows.cards.kind import CardFlow
from bot.flows.cards.payment import PAYMENT
from bot.flows.cards.queued_ticket import QUEUED_TICKET
from bot.flows.cards.ticket import TICKET
from bot.model.cards import CardKind

_ALL = (CALLBACK, PAYMENT, QUEUED_TICKET, TICKET)
FLOWS: Mapping[CardKind, CardFlow] = {flow.kind: flow for flow in _ALL}
