"""App Home as people see and use it."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.bell import PATIENCE_S, NeverHappened
from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.model import Member
from bot.sandbox.slack.reading import words_of
from bot.sandbox.wire import Json
from tests.e2e.office import Office
from tests.e2e.premises import GLANCE_S


async def at_home(team: Office, words: str, member: Member | None = None) -> Json:
    """Somebody, or else Dana, opens App Home; the view, once these words stand in it."""
    await team.workspace.open_home(member or team.dana)
    return await home_says(team, words, member)


async def home_says(team: Office, words: str, member: Member | None = None) -> Json:
    """The view of somebody, or else Dana, once these words stand in it. It may change at any time meanwhile."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while (view := _with(view_of(team, member), words)) is None:
                await team.change("update homes set due_at = 0 where due_at > 0")
                await asyncio.sleep(GLANCE_S)
    except TimeoutError as error:
        raise NeverHappened(f"a home with “{words}”; it says {reads(view_of(team, member))}") from error
    return view


async def home_without(team: Office, words: str) -> None:
    """Wait until these words stand in Dana's App Home no more."""
    async with asyncio.timeout(PATIENCE_S):
        while words in reads(view_of(team)):
            await team.change("update homes set due_at = 0 where due_at > 0")
            await asyncio.sleep(GLANCE_S)


def view_of(team: Office, member: Member | None = None) -> Json:
    """What stands in somebody's App Home, or Dana's."""
    shown: Json = team.workspace.views.homes.get((member or team.dana).id, {"blocks": []})
    return shown


def reads(view: Json) -> str:
    """What a person reads in a view."""
    return words_of({"blocks": view["blocks"]}, {})


def _with(view: Json, words: str) -> Json | None:
    return view if words in reads(view) else None


async def use_home(team: Office, label: str, member: Member | None = None, nth: int = 0) -> None:
    """Somebody, or else Dana, clicks the button of that label in App Home."""
    view = view_of(team, member)
    found: list[Any] = [each for each in elements_of(view) if each.get("text", {}).get("text") == label]
    gesture = Gesture(found[nth]["action_id"], found[nth]["block_id"])
    ack = await team.workspace.click_in_view(view["id"], gesture, member or team.dana)
    assert ack.acked
