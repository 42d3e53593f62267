"""Windows as people use them: opened by what they do, filled in, sent, and read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.model import Member
from bot.sandbox.slack.reading import words_of
from bot.sandbox.wire import Json
from bot.views.fields import FIELD
from bot.views.menus import options_in
from tests.e2e.office import Office

# Element type → where Slack has its value.
_VALUES = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "file_input": "files",
}


def window(team: Office, member: Member | None = None) -> Json | None:
    """What somebody, or else Dana, has on the screen; None for no window."""
    stack = team.workspace.views.stacks.get((member or team.dana).id)
    return team.workspace.views.by_id[stack[-1]] if stack else None


def reads(view: Json | None) -> str:
    """What a person reads in a window, labels and hints too."""
    if view is None:
        return ""
    labels = [str(block[name]["text"]) for block in view["blocks"] for name in ("label", "hint") if name in block]
    return "\n".join([view["title"]["text"], words_of({"blocks": view["blocks"]}, {}), *labels])


async def opened(team: Office, words: str = "", member: Member | None = None) -> Json:
    """The window of somebody, or else Dana, once these words stand in it."""
    return await team.see(lambda: _with(window(team, member), words), f"a window with “{words}”")


def _with(view: Json | None, words: str) -> Json | None:
    return view if view and words in reads(view) else None


async def send(team: Office, values: Mapping[str, Any] | None = None, member: Member | None = None) -> Ack:
    """Fill in Dana's window, or somebody's, and send it: words as they are, options by their words."""
    view = await opened(team, "", member)
    elements = {element["block_id"]: element for element in elements_of(view)}
    filled = {name: {FIELD: _value(team, view, elements[name], value)} for name, value in (values or {}).items()}
    return await team.workspace.submit(view["id"], member or team.dana, filled)


def _value(team: Office, view: Json, element: Json, value: Any) -> Json:
    name = _VALUES[element["type"]]
    if "option" not in name:
        return {name: value}
    found = team.workspace.views.offers.get((view["id"], element["block_id"], FIELD), [])
    options = {each["text"]["text"]: each for each in [*options_in(element), *found]}
    return {name: [options[each] for each in value] if isinstance(value, list) else options[value]}


async def choose(team: Office, field: str, option: str, typed: Mapping[str, Any] | None = None) -> Json:
    """Choose in a menu of Dana's window on which others depend, while this stands in other fields; the window once
    it was drawn anew."""
    view = await opened(team)
    await pick(team, view, field, option, typed)
    return await team.see(lambda: _other(window(team), view["hash"]), f"the window after choosing {option}")


async def pick(team: Office, view: Json, field: str, option: str, typed: Mapping[str, Any] | None = None) -> None:
    """The same, without waiting for what becomes of the window."""
    elements = {element["block_id"]: element for element in elements_of(view)}
    values = {name: {FIELD: _value(team, view, elements[name], each)} for name, each in (typed or {}).items()}
    chosen = _value(team, view, elements[field], option)
    gesture = Gesture(FIELD, field, chosen, {**values, field: {FIELD: chosen}})
    ack = await team.workspace.click_in_view(view["id"], gesture, team.dana)
    assert ack.acked


def _other(view: Json | None, known_hash: str) -> Json | None:
    return view if view and view["hash"] != known_hash else None


def fields(view: Json) -> Mapping[str, Any]:
    """What the fields of a window begin with, by their names: words, or the words of what is chosen."""
    return {element["block_id"]: _begins(element) for element in elements_of(view)}


def _begins(element: Json) -> Any:
    chosen = element.get("initial_option")
    return chosen["text"]["text"] if chosen else element.get("initial_value", "")


async def look(team: Office, field: str, words: str = "") -> list[str]:
    """Type into a menu of Dana's window; the words of its options."""
    view = await opened(team)
    ack = await team.workspace.suggest(view, Gesture(FIELD, field), words, team.dana)
    assert ack.acked
    return [option["text"]["text"] for option in (ack.payload or {}).get("options", ())]


async def press_there(team: Office, label: str) -> None:
    """Press a button in Dana's window."""
    view = await opened(team, label)
    button = next(each for each in elements_of(view) if each.get("text", {}).get("text") == label)
    ack = await team.workspace.click_in_view(view["id"], Gesture(button["action_id"]), team.dana)
    assert ack.acked
