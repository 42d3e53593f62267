"""The rich_text blocks of a Slack message to plain words.

Promises: `LOST` stands wherever something was there that could not be read, so that the caller can look elsewhere.
Source of every form here: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.markup.emoji import read_code_points, read_names
from bot.markup.mentions import mention, typed
from bot.markup.mrkdwn import show_broadcast, show_channel, show_group, show_link

LOST = "\uffff"  # a noncharacter: cleaning removes it from anything typed

# Source: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element
_DEEPEST_INDENT = 8
_INDENT = "  "
_LAST_NUMBER = 100_000  # nobody types a longer list, and a wrong offset must not fill a text


@dataclass(frozen=True, slots=True)
class _Node:
    """One element of a payload, read as if every field were of the type it should have."""

    fields: Mapping[object, object]
    labels: Mapping[str, str]  # of channels and groups, by id

    @property
    def kind(self) -> str:
        return self.text("type")

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return typed(value) if isinstance(value, str) else ""

    def number(self, name: str, most: int) -> int:
        value = self.fields.get(name)
        return max(0, min(value, most)) if isinstance(value, int) else 0

    def children(self, name: str) -> list[_Node] | None:
        value = self.fields.get(name)
        return _nodes(value, self.labels) if isinstance(value, list) else None


def read_blocks(blocks: object, labels: Mapping[str, str]) -> str:
    """The words of every rich_text block; other blocks are ignored, `LOST` marks what is unreadable. Pure."""
    if not isinstance(blocks, list):
        return ""
    return _lines(_block(node) for node in _nodes(blocks, labels) if node.kind == "rich_text")


def _nodes(values: list[object], labels: Mapping[str, str]) -> list[_Node]:
    return [_Node(value if isinstance(value, Mapping) else {}, labels) for value in values]


def _block(block: _Node) -> str:
    elements = block.children("elements")
    return LOST if elements is None else _lines(_element(element) for element in elements)


def _lines(parts: Iterable[str]) -> str:
    # Slack ends a section with a line break of its own when a list or a quote follows.
    words = ""
    for part in parts:
        words += f"\n{part}" if words and not words.endswith("\n") else part
    return words


def _element(element: _Node) -> str:
    if element.kind == "rich_text_list":
        return _list(element)
    return _section(element)  # a section, a quote or preformatted text; all read plainly


def _section(section: _Node) -> str:
    leaves = section.children("elements")
    return LOST if leaves is None else "".join(_leaf(leaf) for leaf in leaves)


def _list(element: _Node) -> str:
    items = element.children("elements")
    if items is None:
        return LOST
    indent = _INDENT * element.number("indent", _DEEPEST_INDENT)
    first = element.number("offset", _LAST_NUMBER) + 1
    ordered = element.text("style") == "ordered"
    return "\n".join(
        f"{indent}{f'{number}.' if ordered else '-'} {_section(item)}" for number, item in enumerate(items, first)
    )


def _leaf(leaf: _Node) -> str:
    return _LEAVES.get(leaf.kind, _newcomer)(leaf)


def _text(leaf: _Node) -> str:
    return leaf.text("text") if isinstance(leaf.fields.get("text"), str) else LOST


def _link(leaf: _Node) -> str:
    url = leaf.text("url")
    return show_link(url, leaf.text("text")) if url else LOST


def _emoji(leaf: _Node) -> str:
    # Slack gives `unicode` for every emoji but a workspace's own; the skin tone is in it.
    shown = read_code_points(leaf.text("unicode"))
    if shown is not None:
        return typed(shown) or LOST
    name, tone = leaf.text("name"), leaf.number("skin_tone", 6)
    if not name:
        return LOST
    return read_names(f":{name}::skin-tone-{tone}:" if tone > 1 and "::" not in name else f":{name}:")


def _newcomer(leaf: _Node) -> str:
    """A leaf that Slack invented since: what nearly every leaf has."""
    return show_link(leaf.text("url"), leaf.text("text")) or LOST


_LEAVES: Mapping[str, Callable[[_Node], str]] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "user": lambda leaf: mention(leaf.text("user_id")),
    "usergroup": lambda leaf: show_group(leaf.labels.get(leaf.text("usergroup_id"), "")),
    "channel": lambda leaf: show_channel(leaf.labels.get(leaf.text("channel_id"), "")),
    "broadcast": lambda leaf: show_broadcast(leaf.text("range")),
    "date": lambda leaf: leaf.text("fallback") or LOST,
    "color": lambda leaf: leaf.text("value") or LOST,
    "team": lambda _: "",  # the workspace itself, named to itself: nothing for a contact
}
