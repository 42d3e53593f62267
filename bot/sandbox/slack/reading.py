"""What a person reads in a message, as plain words: blocks first, text when there are none. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.slack.model import Message
from bot.sandbox.slack.richtext import PICTURES, unescape
from bot.sandbox.wire import Json

Names = Mapping[str, str]  # user or channel id → name


def words_of(message: Message, names: Names | None = None) -> str:
    """Everything legible in `message`, one line for each block."""
    known = names or {}
    blocks = message.get("blocks")
    lines = [line for block in blocks for line in _block(block, known)] if blocks else []
    lines = lines or [unescape(str(message.get("text") or ""))]
    lines += [f"[{file.get('name')}]" for file in message.get("files", ())]
    return "\n".join(line for line in lines if line)


def buttons_of(message: Message) -> list[Json]:
    """The buttons of a message, in order."""
    return [
        {**element, "block_id": block.get("block_id", "")}
        for block in message.get("blocks") or ()
        for element in [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]
        if isinstance(element, dict) and "action_id" in element
    ]


def label_of(element: Json) -> str:
    """What is written on a button."""
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", "⋯"))


def _block(block: Json, names: Names) -> Iterator[str]:
    match block.get("type"):
        case "rich_text":
            yield from (_part(part, names) for part in block.get("elements", ()))
        case "section" | "header" | "markdown" | "context":
            yield from _texts(block)
        case "actions":
            yield "  ".join(f"[ {label_of(element)} ]" for element in block.get("elements", ()))
        case "image":
            yield f"[{block.get('alt_text', '')}]"
    if "accessory" in block:
        yield f"[ {label_of(block['accessory'])} ]"


def _texts(block: Json) -> Iterator[str]:
    for holder in (block.get("text"), *block.get("fields", ()), *block.get("elements", ())):
        if isinstance(holder, str):
            yield holder
        elif isinstance(holder, dict) and "text" in holder:
            yield unescape(str(holder["text"]))


def _part(part: Json, names: Names) -> str:
    if part.get("type") == "rich_text_list":
        return "\n".join("- " + _part(item, names) for item in part.get("elements", ()))
    return "".join(_leaf(leaf, names) for leaf in part.get("elements", ()))


def _leaf(leaf: Json, names: Names) -> str:
    value: Any
    match leaf.get("type"):
        case "emoji":
            value = PICTURES.get(leaf["name"], f":{leaf['name']}:")
        case "user":
            value = "@" + names.get(leaf["user_id"], leaf["user_id"])
        case "channel":
            value = "#" + names.get(leaf["channel_id"], leaf["channel_id"])
        case "broadcast":
            value = "@" + leaf["range"]
        case "date":
            value = leaf.get("fallback", "")
        case "link":
            value = leaf.get("text") or leaf["url"]
        case _:
            value = leaf.get("text", "")
    return str(value)
