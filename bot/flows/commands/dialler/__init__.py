"""`/dialler`: campaigns of calls, and the contacts that are called for them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.commands.dialler.campaigns import CAMPAIGNS
from bot.flows.commands.dialler.contacts import CONTACTS
from bot.flows.commands.dialler.steps import STEPS
from bot.flows.commands.dialler.writing import WRITING
from bot.flows.commands.turn import Verb

DIALLER: Mapping[str, Verb] = {**CAMPAIGNS, **CONTACTS, **WRITING, **STEPS}

__all__ = ["DIALLER"]
