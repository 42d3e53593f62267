"""Whether Slack would take a post: its blocks, its fallback, its name.

Source: https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/block-kit/composition-objects
(each page names the limits), https://docs.slack.dev/reference/methods/chat.postMessage (text, blocks).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.model import Post

Json = Mapping[str, object]
Problems = Iterator[str]

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
LARGEST_VIEW = 250_000
LONGEST_ID = 255
LONGEST_TEXT = 4_000  # advised for chat.postMessage, and the limit of chat.update
LONGEST_NAME = 80
# What one element and all blocks of rich text hold is not published (only that too much is `msg_blocks_too_long`):
# 3,000 is the limit of a section's text, 12,000 that of all markdown blocks of a message.
LONGEST_LEAF = 3_000
LONGEST_BLOCKS = 12_000

_LEAVES: Mapping[str, tuple[str, type]] = {
    "text": ("text", str),
    "link": ("url", str),
    "user": ("user_id", str),
    "channel": ("channel_id", str),
    "date": ("timestamp", int),
}
_STYLES = {"bold", "italic", "strike", "code"}
_SECTIONS = {"rich_text_section", "rich_text_quote"}


def check_post(post: Post) -> None:
    """Raises `AssertionError` that names everything Slack would refuse."""
    problems = [*_fallback(post), *_blocks(post.blocks)]
    assert problems == []


def check_home(view: Json) -> None:
    """Raises `AssertionError` that names everything Slack would refuse of an App Home.

    Source: https://docs.slack.dev/reference/views/home-tab-views and …/reference/methods/views.publish#errors
    """
    blocks = _items(view, "blocks")
    problems = [] if view.get("type") == "home" else ["no home"]
    problems += [f"{len(blocks)} blocks"] if not 0 < len(blocks) <= MOST_VIEW_BLOCKS else []
    problems += [f"{len(json.dumps(view))} bytes"] if len(json.dumps(view)) > LARGEST_VIEW else []
    problems += [problem for problem in _blocks(blocks) if not problem.endswith(("blocks", "all blocks"))]
    assert problems == []


def _fallback(post: Post) -> Problems:
    """A post with blocks needs a text too: for notifications and screen readers."""
    if not post.text.strip():
        yield "text: is empty"
    if len(post.text) > LONGEST_TEXT:
        yield f"text: {len(post.text)} characters"
    for wrong in ("<!", "<@", "<#", "<http"):
        if wrong in post.text:
            yield f"text: has {wrong}"
    if post.username is not None and not 0 < len(post.username) <= LONGEST_NAME:
        yield f"username: {len(post.username)} characters"
    if post.icon_emoji is not None and post.icon_emoji.strip(":").isidentifier() is False:
        yield f"icon_emoji: {post.icon_emoji}"


def _blocks(blocks: Sequence[Json]) -> Problems:
    if len(blocks) > MOST_BLOCKS:
        yield f"{len(blocks)} blocks"
    if len(_words(blocks)) > LONGEST_BLOCKS:
        yield f"{len(_words(blocks))} characters in all blocks"
    ids = [str(block["block_id"]) for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "a block_id stands twice"
    for at, block in enumerate(blocks):
        yield from (f"block {at}: {problem}" for problem in _block(block))
    json.dumps(blocks)  # nothing but JSON in it


def _block(block: Json) -> Problems:
    check = _BLOCKS.get(str(block.get("type")))
    if check is None:
        yield f"unknown type {block.get('type')}"
        return
    if not 0 < len(str(block.get("block_id", "-"))) <= LONGEST_ID:
        yield "block_id: empty or too long"
    yield from check(block)


# --- Rich text ----------------------------------------------------------------------------------------------


def _rich_text(block: Json) -> Problems:
    parts = _items(block, "elements")
    if not parts:
        yield "no elements"
    for part in parts:
        if part.get("type") not in _SECTIONS:
            yield f"unknown part {part.get('type')}"
        leaves = _items(part, "elements")
        if not leaves:
            yield f"{part.get('type')}: no elements"
        for leaf in leaves:
            yield from _leaf(leaf)


def _leaf(leaf: Json) -> Problems:
    kind = str(leaf.get("type"))
    if kind not in _LEAVES:
        yield f"unknown leaf {kind}"
        return
    name, wanted = _LEAVES[kind]
    value = leaf.get(name)
    if not isinstance(value, wanted) or value == "":
        yield f"{kind}: {name} is {value!r}"
    if isinstance(value, str) and len(value) > LONGEST_LEAF:
        yield f"{kind}: {len(value)} characters"
    style = leaf.get("style", {})
    if not isinstance(style, Mapping) or not _STYLES.issuperset(style) or not all(style.values()):
        yield f"{kind}: style {style!r}"
    if kind == "date" and not (leaf.get("format") and leaf.get("fallback")):
        yield "date: no format or no fallback"


def _words(blocks: Sequence[Json]) -> str:
    """Every text that stands in rich text."""
    leaves = [leaf for block in blocks for part in _items(block, "elements") for leaf in _items(part, "elements")]
    return "".join(str(leaf.get("text", "")) for leaf in leaves)


# --- Sections -----------------------------------------------------------------------------------------------


def _header(block: Json) -> Problems:
    yield from _text(block.get("text"), 150)


def _section(block: Json) -> Problems:
    yield from _text(block.get("text"), 3_000)
    accessory = block.get("accessory")
    if isinstance(accessory, Mapping):
        yield from _element(accessory)


def _context(block: Json) -> Problems:
    elements = _items(block, "elements")
    if not 0 < len(elements) <= 10:
        yield f"{len(elements)} elements"
    for element in elements:
        yield from _text(element, 3_000)


# --- Buttons and menus --------------------------------------------------------------------------------------


def _actions(block: Json) -> Problems:
    elements = _items(block, "elements")
    if not 0 < len(elements) <= 25:
        yield f"{len(elements)} elements"
    ids = [element.get("action_id") for element in elements]
    if len(ids) != len(set(ids)):
        yield "an action_id stands twice"
    for element in elements:
        yield from _element(element)


def _element(element: Json) -> Problems:
    check = _ELEMENTS.get(str(element.get("type")))
    if check is None:
        yield f"unknown element {element.get('type')}"
        return
    if not 0 < len(str(element.get("action_id", ""))) <= LONGEST_ID:
        yield "action_id: empty or too long"
    yield from check(element)


def _overflow(menu: Json) -> Problems:
    yield from _options(menu, 5)


def _select(menu: Json) -> Problems:
    yield from (f"placeholder: {problem}" for problem in _text(menu.get("placeholder"), 150))
    groups = _items(menu, "option_groups") if "option_groups" in menu else [menu]
    if len(groups) > 100 or ("option_groups" in menu and "options" in menu):
        yield f"{len(groups)} groups of options, and options"
    for group in groups:
        yield from _options(group, 100)
        if group is not menu:
            yield from (f"group: {problem}" for problem in _text(group.get("label"), 75))


def _options(menu: Json, most: int) -> Problems:
    options = _items(menu, "options")
    if not 0 < len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from (f"option: {problem}" for problem in _text(option.get("text"), 75))
        if not 0 < len(str(option.get("value", ""))) <= 150:
            yield "option: no value, or too long"


def _button(button: Json) -> Problems:
    if not 0 < len(str(button.get("value", "-"))) <= 2_000:
        yield "value: empty or too long"
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"style {button['style']}"
    yield from _text(button.get("text"), 75)
    if "confirm" in button:
        yield from _confirm(button["confirm"])


def _confirm(confirm: object) -> Problems:
    if not isinstance(confirm, Mapping):
        yield "confirm: no object"
        return
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from (f"confirm {name}: {problem}" for problem in _text(confirm.get(name), most))


def _text(text: object, most: int) -> Problems:
    if not isinstance(text, Mapping) or text.get("type") != "plain_text":
        yield "no plain_text"
    elif not 0 < len(str(text.get("text", ""))) <= most:
        yield f"{len(str(text.get('text', '')))} characters"


def _items(holder: Json, name: str) -> Sequence[Json]:
    """The objects of a list; whatever is no object has no type either."""
    value = holder.get(name)
    return [item if isinstance(item, Mapping) else {} for item in value] if isinstance(value, list) else []


_BLOCKS: Mapping[str, Callable[[Json], Problems]] = {
    "rich_text": _rich_text,
    "actions": _actions,
    "section": _section,
    "header": _header,
    "context": _context,
}
_ELEMENTS: Mapping[str, Callable[[Json], Problems]] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _select,
}
