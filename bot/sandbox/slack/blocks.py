"""Whether Slack would take these blocks. Pure.

A problem reads like Slack's own: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
Source: https://docs.slack.dev/reference/block-kit/blocks/ and .../block-elements/, .../composition-objects/
"""

from __future__ import annotations

from collections.abc import Callable
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
from bot.sandbox.slack.elements import ELEMENTS, ONLY_IN_INPUTS, element_problems
from bot.sandbox.slack.richtext import rich_text_problems
from bot.sandbox.wire import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


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
        found += unique_problems(block, "block_id", seen, at)
    return found


# --- Blocks -------------------------------------------------------------------------------------------


def _section(block: Json, at: str) -> Problems:
    if "text" not in block and "fields" not in block:
        yield problem("missing required field: text", at)
    if "text" in block:
        yield from text_problems(block["text"], 3000, f"{at}/text")
    if "fields" in block:
        fields = items_of(block, "fields", 10, at)
        if isinstance(fields, str):
            yield fields
        else:
            for index, field in enumerate(fields):
                yield from text_problems(field, 2000, f"{at}/fields/{index}")
    if "accessory" in block:
        yield from _outside_inputs(block["accessory"], set(), f"{at}/accessory")


def _header(block: Json, at: str) -> Problems:
    yield from text_problems(block.get("text"), 150, f"{at}/text", plain=True)


def _actions(block: Json, at: str) -> Problems:
    elements = items_of(block, "elements", 25, at)
    if isinstance(elements, str):
        yield elements
        return
    seen: set[str] = set()
    for index, element in enumerate(elements):
        yield from _outside_inputs(element, seen, f"{at}/elements/{index}")


def _outside_inputs(element: Any, seen: set[str], at: str) -> Problems:
    if isinstance(element, dict) and element.get("type") in ONLY_IN_INPUTS:
        yield problem(f"unsupported type: {element['type']}", f"{at}/type")
    yield from element_problems(element, seen, at)


def _context(block: Json, at: str) -> Problems:
    elements = items_of(block, "elements", 10, at)
    if isinstance(elements, str):
        yield elements
        return
    for index, element in enumerate(elements):
        where = f"{at}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            yield from image_problems(element, where)
        else:
            yield from text_problems(element, 3000, where)


def _input(block: Json, at: str) -> Problems:
    yield from text_problems(block.get("label"), 2000, f"{at}/label", plain=True)
    if "hint" in block:
        yield from text_problems(block["hint"], 2000, f"{at}/hint", plain=True)
    yield from element_problems(block.get("element"), set(), f"{at}/element")


def _markdown(block: Json, at: str) -> Problems:
    yield from length_problems(block, "text", 12000, at, needed=True)


BLOCKS: dict[str, Callable[[Json, str], Problems]] = {
    "section": _section,
    "header": _header,
    "actions": _actions,
    "context": _context,
    "image": image_problems,
    "input": _input,
    "markdown": _markdown,
    "rich_text": rich_text_problems,
    "divider": no_problems,
    "file": no_problems,
    "video": no_problems,
    "table": no_problems,
    "context_actions": no_problems,
}

PASSIVE = frozenset({"image"})


def name_blocks(blocks: list[Json]) -> None:
    """Slack gives every block and interactive element an id where the app gave none."""
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"b{number}")
        inner = (*block.get("elements", ()), block.get("accessory"), block.get("element"))
        for place, element in enumerate(inner):
            if isinstance(element, dict) and element.get("type") in ELEMENTS.keys() - PASSIVE:
                element.setdefault("action_id", f"a{number}{place}")
