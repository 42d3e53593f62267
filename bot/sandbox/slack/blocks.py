"""Whether Slack would take these blocks. Pure.

A problem reads like Slack's own: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
Source: https://docs.slack.dev/reference/block-kit/blocks/ and .../block-elements/, .../composition-objects/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.slack.richtext import rich_text_problems
from bot.sandbox.wire import Json

Problems = Iterator[str]
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
ID_LENGTH = 255


def problem(what: str, where: str) -> str:
    """One line as Slack words it."""
    return f"{what} [json-pointer:{where}]"


def check_blocks(blocks: Any, *, limit: int = MESSAGE_BLOCKS, where: str = "/blocks") -> list[str]:
    """Everything wrong with `blocks`; empty when Slack would take them."""
    if not isinstance(blocks, list):
        return [problem("must be a valid JSON array", where)]
    found = [problem(f"no more than {limit} items allowed", where)] if len(blocks) > limit else []
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        at = f"{where}/{index}"
        if not isinstance(block, dict):
            found.append(problem("must be a valid object", at))
            continue
        check = BLOCKS.get(str(block.get("type")))
        found += [problem(f"unsupported type: {block.get('type')}", f"{at}/type")] if check is None else []
        found += check(block, at) if check else ()
        found += _unique(block, "block_id", seen, at)
    return found


def _unique(holder: Json, name: str, seen: set[str], at: str) -> Problems:
    value = holder.get(name)
    if value is None:
        return
    if not isinstance(value, str) or not 0 < len(value) <= ID_LENGTH:
        yield problem(f"must be between 1 and {ID_LENGTH} characters", f"{at}/{name}")
    elif value in seen:
        yield problem(f"`{name}` already exists", f"{at}/{name}")
    else:
        seen.add(value)


def _length(holder: Json, name: str, most: int, at: str, *, needed: bool = False) -> Problems:
    value = holder.get(name)
    if value is None and not needed:
        return
    if not isinstance(value, str) or not value:
        yield problem("must be more than 0 characters", f"{at}/{name}")
    elif len(value) > most:
        yield problem(f"must be less than {most + 1} characters", f"{at}/{name}")


def text_problems(text: Any, most: int, at: str, *, plain: bool = False) -> Problems:
    """What is wrong with a text object."""
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield problem("must be a text object", at)
        return
    if plain and text["type"] != "plain_text":
        yield problem("must be plain_text", f"{at}/type")
    yield from _length(text, "text", most, at, needed=True)


def _items(holder: Json, name: str, most: int, at: str) -> list[Any] | str:
    """The list, or what is wrong with it."""
    value = holder.get(name)
    if not isinstance(value, list) or not value:
        return problem("must have at least 1 item", f"{at}/{name}")
    if len(value) > most:
        return problem(f"no more than {most} items allowed", f"{at}/{name}")
    return value


# --- Blocks -------------------------------------------------------------------------------------------


def _section(block: Json, at: str) -> Problems:
    if "text" not in block and "fields" not in block:
        yield problem("missing required field: text", at)
    if "text" in block:
        yield from text_problems(block["text"], 3000, f"{at}/text")
    if "fields" in block:
        fields = _items(block, "fields", 10, at)
        if isinstance(fields, str):
            yield fields
        else:
            for index, field in enumerate(fields):
                yield from text_problems(field, 2000, f"{at}/fields/{index}")
    if "accessory" in block:
        yield from element_problems(block["accessory"], set(), f"{at}/accessory")


def _header(block: Json, at: str) -> Problems:
    yield from text_problems(block.get("text"), 150, f"{at}/text", plain=True)


def _actions(block: Json, at: str) -> Problems:
    elements = _items(block, "elements", 25, at)
    if isinstance(elements, str):
        yield elements
        return
    seen: set[str] = set()
    for index, element in enumerate(elements):
        yield from element_problems(element, seen, f"{at}/elements/{index}")


def _context(block: Json, at: str) -> Problems:
    elements = _items(block, "elements", 10, at)
    if isinstance(elements, str):
        yield elements
        return
    for index, element in enumerate(elements):
        where = f"{at}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            yield from _image(element, where)
        else:
            yield from text_problems(element, 3000, where)


def _image(block: Json, at: str) -> Problems:
    if "image_url" not in block and "slack_file" not in block:
        yield problem("missing required field: image_url", at)
    yield from _length(block, "image_url", 3000, at)
    yield from _length(block, "alt_text", 2000, at, needed=True)


def _input(block: Json, at: str) -> Problems:
    yield from text_problems(block.get("label"), 2000, f"{at}/label", plain=True)
    if "hint" in block:
        yield from text_problems(block["hint"], 2000, f"{at}/hint", plain=True)
    yield from element_problems(block.get("element"), set(), f"{at}/element")


def _markdown(block: Json, at: str) -> Problems:
    yield from _length(block, "text", 12000, at, needed=True)


def _anything(_block: Json, _at: str) -> Problems:
    return iter(())


BLOCKS: dict[str, Callable[[Json, str], Problems]] = {
    "section": _section,
    "header": _header,
    "actions": _actions,
    "context": _context,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": rich_text_problems,
    "divider": _anything,
    "file": _anything,
    "video": _anything,
    "table": _anything,
    "context_actions": _anything,
}

# --- Elements -----------------------------------------------------------------------------------------


def element_problems(element: Any, seen: set[str], at: str) -> Problems:
    """What is wrong with an interactive element; `seen` holds the block's action ids so far."""
    if not isinstance(element, dict):
        yield problem("must be a valid object", at)
        return
    check = ELEMENTS.get(str(element.get("type")))
    if check is None:
        yield problem(f"unsupported type: {element.get('type')}", f"{at}/type")
        return
    yield from _unique(element, "action_id", seen, at)
    yield from check(element, at)
    if "confirm" in element:
        yield from _confirm(element["confirm"], f"{at}/confirm")
    if "placeholder" in element:
        yield from text_problems(element["placeholder"], 150, f"{at}/placeholder", plain=True)


def _button(element: Json, at: str) -> Problems:
    yield from text_problems(element.get("text"), 75, f"{at}/text", plain=True)
    yield from _length(element, "value", 2000, at)
    yield from _length(element, "url", 3000, at)
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
        if "option_groups" in element:
            groups = _items(element, "option_groups", 100, at)
            if isinstance(groups, str):
                yield groups
            return
        options = _items(element, "options", most, at)
        if isinstance(options, str):
            yield options
            return
        for index, option in enumerate(options):
            yield from _option(option, text_most, f"{at}/options/{index}")

    return check


def _option(option: Any, text_most: int, at: str) -> Problems:
    if not isinstance(option, dict):
        yield problem("must be a valid object", at)
        return
    yield from text_problems(option.get("text"), text_most, f"{at}/text")
    yield from _length(option, "value", 150, at, needed=True)


ELEMENTS: dict[str, Callable[[Json, str], Problems]] = {
    "button": _button,
    "workflow_button": _anything,
    "icon_button": _anything,
    "feedback_buttons": _anything,
    "image": _image,
    "overflow": _choices(5),
    "static_select": _choices(100),
    "multi_static_select": _choices(100),
    "checkboxes": _choices(10),
    "radio_buttons": _choices(10),
    **dict.fromkeys(
        (
            "external_select", "users_select", "conversations_select", "channels_select",
            "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
            "datepicker", "timepicker", "datetimepicker", "plain_text_input", "email_text_input",
            "url_text_input", "number_input", "rich_text_input", "file_input",
        ),
        _anything,
    ),
}  # fmt: skip
PASSIVE = frozenset({"image"})


def name_blocks(blocks: list[Json]) -> None:
    """Slack gives every block and interactive element an id where the app gave none."""
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"b{number}")
        inner = (*block.get("elements", ()), block.get("accessory"), block.get("element"))
        for place, element in enumerate(inner):
            if isinstance(element, dict) and element.get("type") in ELEMENTS.keys() - PASSIVE:
                element.setdefault("action_id", f"a{number}{place}")
