"""Windows as Slack tells of them, read, and shown what a door has for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.bridge import Bridge
from bot.flows.forms.opening import Loading, show_when_drawn
from bot.views.fields import FIELD, NOTHING
from bot.views.forms import Opened, Sent, typed_in
from handlers.errors import shown_in_window

_ONE = ("value", "selected_user", "selected_date", "selected_time")


def read_opened(view: Mapping[str, Any]) -> Opened:
    """Which form a window is. Pure."""
    return Opened(str(view["callback_id"]), str(view.get("private_metadata") or ""), title_of(view))


def read_form(view: Mapping[str, Any]) -> Sent:
    """What stands in a form. Pure."""
    state = view["state"]["values"]
    values = {name: _values(field[FIELD]) for name, field in state.items() if FIELD in field}
    drawn = typed_in(view["blocks"], state, str((view.get("submit") or {}).get("text") or "Save"))
    return Sent(read_opened(view), str(view["id"]), values, drawn)


def title_of(view: Mapping[str, Any]) -> str:
    """What stands above a window. Pure."""
    return str((view.get("title") or {}).get("text") or "Threadline")


async def draw(bridge: Bridge, opened: Loading) -> None:
    """Show in a window what it was opened for, or why it cannot be shown. Raises `SlackError`."""
    await show_when_drawn(bridge, opened, await shown_in_window(opened.drawing))


def _values(field: Mapping[str, Any]) -> tuple[str, ...]:
    """Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    options = [*(field.get("selected_options") or ()), field.get("selected_option") or {}]
    chosen = [option.get("value") for option in options if option.get("value") != NOTHING]
    files = [file.get("id") for file in field.get("files") or ()]
    return tuple(str(value) for value in (*chosen, *files, *(field.get(name) for name in _ONE)) if value)
