"""The options of a menu, found while somebody types into it.

Slack waits three seconds, and takes a hundred options. Whatever happens, an answer is there before.
Source: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.forms.sending import restored
from bot.model import MemberId
from bot.views.fields import Option
from bot.views.forms import Opened
from bot.views.menus import MOST_OPTIONS

_TOO_LATE = "This takes too long. Type on to look again."
_NO_MENU = "This window is of another version. Open it again."


@dataclass(frozen=True, slots=True)
class Looking:
    """What somebody typed into a menu of a form."""

    opened: Opened
    field: str
    words: str


async def find_options(bridge: Bridge, member_id: MemberId, looking: Looking) -> Sequence[Option]:
    """What fits what was typed. Raises `BotError` with a sentence, `UsageError` when it takes too long."""
    try:
        async with asyncio.timeout(bridge.tuning.options_s):
            wanted, turn = await restored(bridge, member_id, looking.opened, view_id="")
            find = wanted.find.get(looking.field)
            if find is None:
                raise UsageError(_NO_MENU)
            return (await find(turn, looking.words.strip()))[:MOST_OPTIONS]
    except TimeoutError:
        raise UsageError(_TOO_LATE) from None
