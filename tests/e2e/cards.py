"""Root cards as people use them."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.bell import PATIENCE_S, NeverHappened
from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.model import Member
from bot.sandbox.wire import Json
from tests.e2e.office import MARIA, Office
from tests.e2e.premises import GLANCE_S


async def use(team: Office, root: str, label: str, member: Member | None = None) -> Ack:
    """Somebody, or else Dana, clicks the button of that label on a card, or chooses that from its menu."""
    card = await showing(team, root, f"[{label}]")
    return await team.workspace.click(team.sales, root, _gesture(card, label), member or team.dana)


async def showing(team: Office, root: str, words: str) -> Json:
    """The card, once these words, or the button `[label]`, stand on it. It may change at any time meanwhile."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while (card := _with(team, root, words)) is None:
                await team.change("update conversations set card_due_at = 0 where card_due_at > 0")
                await asyncio.sleep(GLANCE_S)
    except TimeoutError as error:
        raise NeverHappened(f"a card with “{words}”; it says {team.card(root)}") from error
    return card


def _with(team: Office, root: str, words: str) -> Json | None:
    card: Any = team.workspace.message(team.sales, root)
    labels = "".join(f"[{label}]" for label, _ in _choices(card))
    return card if words in f"{team.workspace.words(card)} {labels}" else None


def _choices(card: Json) -> list[tuple[str, Gesture]]:
    buttons = [
        (element["text"]["text"], Gesture(element["action_id"]))
        for element in elements_of(card)
        if "text" in element
    ]
    options = [
        (option["text"]["text"], Gesture(element["action_id"], chosen={"selected_option": option}))
        for element in elements_of(card)
        for option in element.get("options", ())
    ]
    return buttons + options


def _gesture(card: Json, label: str) -> Gesture:
    return dict(_choices(card))[label]


def theirs(team: Office, number: str = MARIA) -> Any:
    """The contact as the provider has them."""
    return team.textrequest.contacts[team.dashboard.id, number]
