"""Whether Slack would take these interactive elements. Pure.

Source: https://docs.slack.dev/reference/block-kit/block-elements/ and .../composition-objects/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.slack.checks import (
    Problems,
    image_problems,
    items_of,
    length_problems,
    no_problems,
    problem,
    text_problems,
    unique_problems,
)
from bot.sandbox.wire import Json


def element_problems(element: Any, seen: set[str], at: str) -> Problems:
    """What is wrong with an interactive element; `seen` holds the block's action ids so far."""
    if not isinstance(element, dict):
        yield problem("must be a valid object", at)
        return
    check = ELEMENTS.get(str(element.get("type")))
    if check is None:
        yield problem(f"unsupported type: {element.get('type')}", f"{at}/type")
        return
    yield from unique_problems(element, "action_id", seen, at)
    yield from check(element, at)
    if "confirm" in element:
        yield from _confirm(element["confirm"], f"{at}/confirm")
    if "placeholder" in element:
        yield from text_problems(element["placeholder"], 150, f"{at}/placeholder", plain=True)


def _button(element: Json, at: str) -> Problems:
    yield from text_problems(element.get("text"), 75, f"{at}/text", plain=True)
    yield from length_problems(element, "value", 2000, at)
    yield from length_problems(element, "url", 3000, at)
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield problem("must be one of: primary, danger", f"{at}/style")


def _confirm(confirm: Any, at: str) -> Problems:
    if not isinstance(confirm, dict):
        yield problem("must be a valid object", at)
        return
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from text_problems(confirm.get(name), most, f"{at}/{name}", plain=name != "text")


def _choices(most: int, text_most: int = 75) -> Callable[[Json, str], Problems]:
    def check(element: Json, at: str) -> Problems:
        if "option_groups" not in element:
            yield from _options(element, most, text_most, at)
            yield from _beginnings(element, element.get("options"), at)
            return
        groups = items_of(element, "option_groups", 100, at)
        if isinstance(groups, str):
            yield groups
            return
        for index, group in enumerate(groups):
            where = f"{at}/option_groups/{index}"
            yield from text_problems(group.get("label"), 75, f"{where}/label", plain=True)
            yield from _options(group, most, text_most, where)

    return check


def _options(holder: Json, most: int, text_most: int, at: str) -> Problems:
    options = items_of(holder, "options", most, at)
    if isinstance(options, str):
        yield options
        return
    for index, option in enumerate(options):
        yield from _option(option, text_most, f"{at}/options/{index}")


def _option(option: Any, text_most: int, at: str) -> Problems:
    if not isinstance(option, dict):
        yield problem("must be a valid object", at)
        return
    yield from text_problems(option.get("text"), text_most, f"{at}/text")
    yield from length_problems(option, "value", 150, at, needed=True)
    if "description" in option:
        yield from text_problems(option["description"], 75, f"{at}/description")


def _beginnings(element: Json, options: Any, at: str) -> Problems:
    """What a menu begins with is of its options; where the app finds them (`options` is None), an option at all.

    Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select
    """
    if "initial_options" in element and not element["initial_options"]:
        yield problem("must have at least 1 item", f"{at}/initial_options")
    chosen = [*(element.get("initial_options") or ()), *filter(None, [element.get("initial_option")])]
    for option in chosen:
        yield from _option(option, 75, f"{at}/initial_option")
        if isinstance(options, list) and option not in options:
            yield problem("must match one of the options", f"{at}/initial_option")


def _search(element: Json, at: str) -> Problems:
    """Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select"""
    yield from _beginnings(element, None, at)
    yield from _number(element, "min_query_length", range(3_001), at)


def _words(element: Json, at: str) -> Problems:
    """Source: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
    yield from length_problems(element, "initial_value", 3_000, at)
    yield from _number(element, "min_length", range(3_001), at)
    yield from _number(element, "max_length", range(1, 3_001), at)


def _file(element: Json, at: str) -> Problems:
    """Source: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""
    yield from _number(element, "max_files", range(1, 11), at)


def _number(element: Json, name: str, within: range, at: str) -> Problems:
    if name in element and element[name] not in within:
        yield problem(f"must be from {within.start} to {within.stop - 1}", f"{at}/{name}")


def _dated(name: str, form: str) -> Callable[[Json, str], Problems]:
    """Source: https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element"""

    def check(element: Json, at: str) -> Problems:
        if name in element and not re.fullmatch(form, str(element[name])):
            yield problem("is not of the right form", f"{at}/{name}")

    return check


_WRITTEN: Mapping[str, Callable[[Json, str], Problems]] = {
    "plain_text_input": _words,
    **dict.fromkeys(("email_text_input", "url_text_input", "number_input"), no_problems),
    "file_input": _file,
}
ONLY_IN_INPUTS = frozenset(_WRITTEN)


ELEMENTS: dict[str, Callable[[Json, str], Problems]] = {
    "button": _button,
    "workflow_button": no_problems,
    "icon_button": no_problems,
    "feedback_buttons": no_problems,
    "image": image_problems,
    "overflow": _choices(5),
    "static_select": _choices(100),
    "multi_static_select": _choices(100),
    "checkboxes": _choices(10),
    "radio_buttons": _choices(10),
    "external_select": _search,
    "multi_external_select": _search,
    "datepicker": _dated("initial_date", r"\d{4}-\d{2}-\d{2}"),
    "timepicker": _dated("initial_time", r"\d{2}:\d{2}"),
    **_WRITTEN,
    **dict.fromkeys(
        (
            "users_select", "conversations_select", "channels_select", "multi_users_select",
            "multi_conversations_select", "multi_channels_select", "datetimepicker", "rich_text_input",
        ),
        no_problems,
    ),
}  # fmt: skip


def options_problems(answer: Json) -> list[str]:
    """Everything wrong with the options that an app answers for a menu; none at all are fine.

    Source: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
    """
    if not answer.get("options") and not answer.get("option_groups"):
        return []
    return list(_choices(100)({name: answer[name] for name in ("options", "option_groups") if name in answer}, ""))
