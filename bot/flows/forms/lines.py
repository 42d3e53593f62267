"""The windows of a line: its settings, another name, and deleting it at its provider."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import ManagesDashboards
from bot.flows.commands.doing import noted
from bot.flows.commands.line.managed import give_name
from bot.flows.commands.line.shown import DELETE, RENAME, SETTINGS
from bot.flows.commands.line.which import number_of, the_dashboard, the_mirrored
from bot.flows.commands.provided import the_provider, title_of
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Form, Wrong, needed
from bot.grammar import Verb
from bot.grammar.shapes import Kind, Parameter
from bot.model import Dashboard, Line, NewDeed
from bot.views.answers import Answer
from bot.views.fields import beginning
from bot.views.forms import Drawn, Sent
from bot.views.lines import (
    BROADCASTS,
    NAME,
    SHOWS,
    TYPED,
    delete_fields,
    line_about,
    named_to_delete,
    rename_fields,
    settings_fields,
)

_NO_NAME = "A line needs a name."
_OTHER = "That is not the line that would be deleted."
_TAKES = Verb("", "", (Parameter("line", Kind.NAMED),))


async def _draw_settings(turn: Turn) -> Drawn:
    return settings_fields(await the_mirrored(turn, turn.again))


async def _set(turn: Turn, sent: Sent) -> Answer:
    line = await the_mirrored(turn, turn.again)
    name = needed(sent, NAME, _NO_NAME)
    changed = replace(line, name=name, broadcasts=sent.has(SHOWS, BROADCASTS))
    await turn.bridge.store.lines.change(changed)
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, "line_set", about=line_about(changed)))
    return Answer(f"Saved the settings of {line_about(changed)}.")


async def _draw_rename(turn: Turn) -> Drawn:
    line, _ = await the_dashboard(turn, turn.again)
    return rename_fields(line)


async def _check_name(_: Turn, sent: Sent) -> None:
    needed(sent, NAME, _NO_NAME)


async def _rename(turn: Turn, sent: Sent) -> Answer:
    line, dashboard = await the_dashboard(turn, turn.again)
    return await give_name(turn, line, dashboard, sent.text(NAME).strip())


async def _draw_delete(turn: Turn) -> Drawn:
    line, _ = await the_dashboard(turn, turn.again)
    return delete_fields(line, mirrored=isinstance(line, Line))


async def _delete(turn: Turn, sent: Sent) -> Answer:
    provider = the_provider(turn, ManagesDashboards)
    line, dashboard = await the_dashboard(turn, turn.again)
    if not _is_typed(line, sent.text(TYPED)):
        raise Wrong(TYPED, _OTHER)
    deed = NewDeed(turn.given.member.id, "line_deleted", about=line_about(line))
    await noted(turn, deed, provider.delete_dashboard(dashboard))
    if isinstance(line, Line):
        await turn.bridge.store.lines.remove(line.number, line.provider)
    return Answer(f"Deleted {line_about(line)} at {title_of(provider)}.")


def _is_typed(line: Line | Dashboard, typed: str) -> bool:
    """Its number; its name where it has no number."""
    if line.number:
        return number_of(typed.strip()) == line.number
    return beginning(typed) == named_to_delete(line)


LINE_SETTINGS = Form(SETTINGS, "Line settings", ("line", "settings"), _draw_settings, _set, takes=_TAKES)
LINE_RENAME = Form(
    RENAME, "Rename the line", ("line", "rename"), _draw_rename, _rename, _check_name, waits=True, takes=_TAKES
)
LINE_DELETE = Form(
    DELETE, "Delete the line", ("line", "delete-dashboard"), _draw_delete, _delete, waits=True, takes=_TAKES
)
