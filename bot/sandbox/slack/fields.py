"""What the fields of a message or a view hold, in the shape in which Slack reports it. Pure.

Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/ (state.values)
Source: https://docs.slack.dev/reference/block-kit/block-elements/ (initial_…)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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
