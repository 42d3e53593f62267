"""Opening a form, within the three seconds that a trigger lives.

A form whose fields are there at once is opened with them. One that has to ask a provider is opened with "One
moment …" and drawn in the open window.
Source: https://docs.slack.dev/surfaces/modals#trigger_id
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.flows.commands.begin import allowed, shown, understood
from bot.flows.commands.turn import Given, Turn, Unclear
from bot.flows.forms.form import Form
from bot.flows.forms.registry import FORMS
from bot.grammar import verb_of
from bot.model import Ask
from bot.views.forms import Opened, Told, View, form, loading, told

DRAWN_WITHIN_S = 0.5  # a form that takes longer shows a window first


@dataclass(frozen=True, slots=True)
class Loading:
    """A window that is open and shows nothing yet. `drawing` is what it will show."""

    view_id: str
    title: str
    drawing: Awaitable[View]


def is_form(ask: Ask) -> bool:
    """Whether it asks for a form. Pure."""
    return ask.command in FORMS


async def open_form(bridge: Bridge, given: Given) -> Loading | None:
    """Open a form for who acted: as a window of its own, or in the window that they acted in.

    Raises `Unclear` with a question that comes first, `BotError` with a sentence for them.
    """
    wanted = FORMS[given.ask.command]
    turn = await turn_for(bridge, given, wanted)
    drawing = asyncio.ensure_future(_drawn(turn, wanted))
    await asyncio.wait([drawing], timeout=DRAWN_WITHIN_S)
    if drawing.done():
        await _show(turn, drawing.result())
        return None
    try:
        view_id = await _show(turn, loading(wanted.title))
    except BaseException:
        drawing.cancel()
        raise
    return Loading(view_id, wanted.title, _or_question(turn, wanted, drawing))


async def turn_for(bridge: Bridge, given: Given, wanted: Form) -> Turn:
    """What a form is about, for who uses it. Raises `UsageError`, `NotAllowed`, `SlackError`."""
    return await allowed(await understood(bridge, given, wanted.grammar), verb_of(*wanted.rights))


async def keep(turn: Turn, wanted: Form, about: Ask | None = None) -> Opened:
    """Remember what a form is about: it carries nothing but the uid of that."""
    given = turn.given
    asks = [about or given.ask]
    uid = await turn.bridge.store.questions.keep(given.member.id, given.channel, asks, once=True)
    return Opened(wanted.name, uid, wanted.title)


async def show_when_drawn(bridge: Bridge, opened: Loading, view: View | Told) -> None:
    """Show in the open window what it was opened for. Raises `SlackError`."""
    await bridge.slack.update_view(view.view if isinstance(view, Told) else view, view_id=opened.view_id)


async def _drawn(turn: Turn, wanted: Form) -> View:
    drawn = await wanted.draw(turn)
    return form(await keep(turn, wanted), drawn)


async def _or_question(turn: Turn, wanted: Form, drawing: Awaitable[View]) -> View:
    try:
        return await drawing
    except Unclear as unclear:
        return told(wanted.title, await shown(turn.bridge, unclear.question, turn.given)).view


async def _show(turn: Turn, view: View) -> str:
    """One window stands above another only by a push; here it takes its place. Its id."""
    slack, given = turn.bridge.slack, turn.given
    if not given.view_id:
        return await slack.open_view(given.trigger_id, view)
    await slack.update_view(view, view_id=given.view_id)
    return given.view_id
