"""Rich text: whether Slack would take it, what people read in it, and how typed words become it. Pure.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/
Source: https://docs.slack.dev/messaging/formatting-message-text/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.wire import Json

# What each leaf must have, and of which type.
LEAVES: Mapping[str, tuple[str, type]] = {
    "text": ("text", str),
    "link": ("url", str),
    "emoji": ("name", str),
    "user": ("user_id", str),
    "usergroup": ("usergroup_id", str),
    "channel": ("channel_id", str),
    "broadcast": ("range", str),
    "date": ("timestamp", int),
    "color": ("value", str),
    "team": ("team_id", str),
}
STYLES = frozenset({"bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"})
SECTIONS = frozenset({"rich_text_section", "rich_text_quote", "rich_text_preformatted"})

# The few emoji that people type as pictures here; Slack turns each into its name.
# Source: https://github.com/iamcal/emoji-data (names); Unicode code points in hexadecimal
EMOJI: Mapping[str, str] = {
    "👍": "+1", "👋": "wave", "🙏": "pray", "❤️": "heart", "😀": "grinning", "😂": "joy", "🎉": "tada",
    "🔇": "mute", "✅": "white_check_mark", "🚀": "rocket", "📱": "iphone", "⏳": "hourglass_flowing_sand",
    "📨": "incoming_envelope", "⚠️": "warning", "❔": "grey_question", "🚫": "no_entry_sign", "😊": "blush",
    "🍕": "pizza", "☕": "coffee", "🔥": "fire",
}  # fmt: skip
PICTURES: Mapping[str, str] = {name: picture for picture, name in EMOJI.items()}
TOKEN = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)>|<#(?P<channel>C[A-Z0-9]+)>|@(?P<range>here|channel|everyone)\b"
    r"|(?P<url>https?://[^\s<>|]+)|:(?P<emoji>[a-z0-9_+'-]+):|(?P<picture>" + "|".join(map(re.escape, EMOJI)) + ")"
)


def rich_text_problems(block: Json, at: str) -> Iterator[str]:
    """What Slack would refuse in a rich_text block."""
    elements = block.get("elements")
    if not isinstance(elements, list):
        yield f"must be a valid JSON array [json-pointer:{at}/elements]"
        return
    for index, element in enumerate(elements):
        yield from _part(element, f"{at}/elements/{index}")


def _part(element: Any, at: str) -> Iterator[str]:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind == "rich_text_list":
        if element.get("style") not in {"bullet", "ordered"}:
            yield f"must be one of: bullet, ordered [json-pointer:{at}/style]"
        for index, item in enumerate(element.get("elements") or ()):
            yield from _part(item, f"{at}/elements/{index}")
    elif kind in SECTIONS and isinstance(element.get("elements"), list):
        for index, leaf in enumerate(element["elements"]):
            yield from _leaf(leaf, f"{at}/elements/{index}")
    else:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"


def _leaf(leaf: Any, at: str) -> Iterator[str]:
    kind = leaf.get("type") if isinstance(leaf, dict) else None
    need = LEAVES.get(str(kind))
    if need is None:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    name, wanted = need
    value = leaf.get(name)
    if not isinstance(value, wanted) or value == "":
        yield f"missing required field: {name} [json-pointer:{at}]"
    if kind == "date" and not leaf.get("format"):
        yield f"missing required field: format [json-pointer:{at}]"
    style = leaf.get("style", {})
    if not isinstance(style, dict) or not STYLES.issuperset(style):
        yield f"invalid style [json-pointer:{at}/style]"


# --- What people type ----------------------------------------------------------------------------------


def escape(words: str) -> str:
    """As Slack stores typed words in `text`."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Typed words back from `text`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(words: str) -> tuple[str, list[Json]]:
    """What Slack makes of words typed by a person: `text`, and the leaves of its rich text.

    Mentions are written `<@U…>` and `<#C…>`; addresses, `:emoji:`, pictures and `@here` are found.
    """
    text: list[str] = []
    leaves: list[Json] = []
    end = 0
    for match in TOKEN.finditer(words):
        _plain(words[end : match.start()], text, leaves)
        written, leaf = _token(match)
        text.append(written)
        leaves.append(leaf)
        end = match.end()
    _plain(words[end:], text, leaves)
    return "".join(text), leaves


def _plain(words: str, text: list[str], leaves: list[Json]) -> None:
    if words:
        text.append(escape(words))
        leaves.append({"type": "text", "text": words})


def _token(match: re.Match[str]) -> tuple[str, Json]:
    kind, value = str(match.lastgroup), match[str(match.lastgroup)]
    match kind:
        case "user":
            return f"<@{value}>", {"type": "user", "user_id": value}
        case "channel":
            return f"<#{value}>", {"type": "channel", "channel_id": value}
        case "range":
            return f"<!{value}>", {"type": "broadcast", "range": value}
        case "url":
            return f"<{escape(value)}>", {"type": "link", "url": value}
        case _:
            return _emoji(EMOJI[value] if kind == "picture" else value)


def _emoji(name: str) -> tuple[str, Json]:
    leaf = {"type": "emoji", "name": name}
    if name in PICTURES:
        leaf["unicode"] = "-".join(f"{ord(character):x}" for character in PICTURES[name])
    return f":{name}:", leaf


def rich_text(leaves: list[Json], block_id: str) -> Json:
    """One rich_text block of one section."""
    section = {"type": "rich_text_section", "elements": leaves}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}
