"""What the fields of a message or a view hold, in the shape in which Slack reports it. Pure.

Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/ (state.values)
Source: https://docs.slack.dev/reference/block-kit/block-elements/ (initial_…)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.wire import Json

Values = Mapping[str, Mapping[str, Json]]  # block id → action id → value


@dataclass(frozen=True, slots=True)
class Gesture:
    """What somebody does with one element.

    `chosen` is what it adds to the action (`selected_option` and its kin), `values` the fields around it as they
    stand. An empty `block_id` means the first element with this action id.
    """

    action_id: str
    block_id: str = ""
    chosen: Json = field(default_factory=dict)
    values: Values = field(default_factory=dict)


# Element type → the field that holds its value, and what it starts with.
_FIELDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("plain_text_input", "email_text_input", "url_text_input", "number_input"), ("value", "")),
    "rich_text_input": ("rich_text_value", ""),
    "static_select": ("selected_option", ""),
    "external_select": ("selected_option", ""),
    "radio_buttons": ("selected_option", ""),
    "users_select": ("selected_user", ""),
    "conversations_select": ("selected_conversation", ""),
    "channels_select": ("selected_channel", ""),
    "datepicker": ("selected_date", ""),
    "timepicker": ("selected_time", ""),
    "datetimepicker": ("selected_date_time", ""),
    "checkboxes": ("selected_options", "many"),
    "multi_static_select": ("selected_options", "many"),
    "multi_external_select": ("selected_options", "many"),
    "multi_users_select": ("selected_users", "many"),
    "multi_conversations_select": ("selected_conversations", "many"),
    "multi_channels_select": ("selected_channels", "many"),
    "file_input": ("files", "many"),
}


def elements_of(holder: Json) -> Iterator[Json]:
    """Every interactive element of a message or view, with the id of its block."""
    for block in holder.get("blocks") or ():
        inner = (*block.get("elements", ()), block.get("accessory"), block.get("element"))
        for element in inner:
            if isinstance(element, dict) and "action_id" in element:
                yield {**element, "block_id": block.get("block_id", "")}


def values_of(holder: Json, given: Values) -> Json:
    """Every field with its value: as `given`, else what it starts with, else empty."""
    state: Json = {}
    for element in elements_of(holder):
        if element["type"] in _FIELDS:
            block_id, action_id = element["block_id"], element["action_id"]
            known = given.get(block_id, {}).get(action_id, {})
            state.setdefault(block_id, {})[action_id] = {"type": element["type"], **_value(element, known)}
    return state


def _value(element: Json, given: Json) -> Json:
    name, many = _FIELDS[element["type"]]
    initial = "initial_" + name.removeprefix("selected_").removeprefix("rich_text_")
    empty: object = [] if many else None
    return {name: given.get(name, element.get(initial, empty))}


def chosen_of(element: Json, chosen: Json) -> Json:
    """What the gesture adds to its action: the field of this kind of element, and nothing else."""
    name = "selected_option" if element["type"] == "overflow" else _FIELDS.get(element["type"], ("value", ""))[0]
    return {name: chosen[name]} if name in chosen else {}


Offers = Mapping[tuple[str, str, str], list[Json]]  # view id, block id, action id → options that the app gave


def mistakes_in(view: Json, state: Json, offers: Offers) -> Iterator[str]:
    """Why Slack would not send a form with this in its fields. Pure.

    Source: https://docs.slack.dev/reference/block-kit/blocks/input-block (optional) and .../block-elements/
    """
    for block in view["blocks"]:
        element = block.get("element") if block["type"] == "input" else None
        if not element:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        name, _ = _FIELDS[element["type"]]
        value = state[block_id][action_id][name]
        if not value and not block.get("optional"):
            yield f"{block_id} is empty"
        elif value:
            offered = offers.get((view["id"], block_id, action_id), ())
            yield from (f"{block_id} {words}" for words in _wrong(element, value, offered))


def _wrong(element: Json, value: Any, offered: Sequence[Json]) -> Iterator[str]:
    if isinstance(value, str) and len(value) > element.get("max_length", len(value)):
        yield f"has more than {element['max_length']} characters"
    if isinstance(value, list) and len(value) > element.get("max_files", len(value)):
        yield f"has more than {element['max_files']} files"
    if "option" not in _FIELDS[element["type"]][0]:
        return
    beginning = [*element.get("initial_options", ()), element.get("initial_option")]
    known = [*element.get("options", ()), *offered, *beginning]
    for option in value if isinstance(value, list) else [value]:
        if not any(each and each["value"] == option.get("value") for each in known):
            yield f"has an option that is not offered: {option.get('value')}"
