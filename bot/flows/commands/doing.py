"""Doing something at a provider, and writing it into the log of what people did."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import TypeVar

from bot.errors import ProviderError
from bot.flows.commands.turn import Turn
from bot.model import NewDeed

T = TypeVar("T")


async def noted(turn: Turn, deed: NewDeed, doing: Awaitable[T]) -> T:
    """Do it and write it down; also when nobody knows whether it was done. What surely was not done is no deed."""
    audit = turn.bridge.store.audit
    try:
        made = await doing
    except ProviderError as error:
        if not error.certain:
            await audit.add(replace(deed, result="it is not known whether it was done"))
        raise
    await audit.add(deed)
    return made
