"""Small pieces of Slack's rich text. What a contact wrote only ever goes into `words`.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import re
from datetime import datetime

from bot.markup import escape, first_part, literal
from bot.model import Block, ChannelId, MemberId

Element = Block
PIECE = 2_500  # characters in one text element; a longer text becomes several

_MARK = re.compile(r"<([@#])([A-Z][A-Z0-9]+)>")
_ESCAPED_MARK = re.compile(r"&lt;([@#][A-Z][A-Z0-9]+)&gt;")


def said(text: str, *, bold: bool = False, italic: bool = False) -> list[Element]:
    """Words of ours, as they are."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    extra: dict[str, object] = {"style": style} if style else {}
    pieces = []
    while text:
        pieces.append(first_part(text, PIECE))
        text = text[len(pieces[-1]) :]
    return [{"type": "text", "text": piece, **extra} for piece in pieces]


def words(text: str, *, bold: bool = False) -> list[Element]:
    """A contact's words, literal: no mention, link, emoji name or mark-up in them takes effect."""
    return said(literal(text), bold=bold)


def member(member_id: MemberId) -> Element:
    """A mention that notifies the member."""
    return {"type": "user", "user_id": member_id}


def channel(channel_id: ChannelId) -> Element:
    """A channel by its name."""
    return {"type": "channel", "channel_id": channel_id}


def sentence(text: str) -> list[Element]:
    """A sentence of ours: `<@U…>` and `<#C…>` in it become names, and no other mark-up takes effect."""
    before, *rest = _MARK.split(text)
    elements = said(before)
    for sign, name, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        elements += [member(MemberId(name)) if sign == "@" else channel(ChannelId(name)), *said(after)]
    return elements


def sentence_text(text: str) -> str:
    """The same for a `text` field, which stands in for the blocks."""
    return _ESCAPED_MARK.sub(r"<\1>", escape(text))


def link(url: str, label: str) -> Element:
    """A link of ours."""
    return {"type": "link", "url": url, "text": label}


def when(at: datetime) -> Element:
    """A time, shown in each reader's own zone."""
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": "{date_short_pretty} at {time}",
        "fallback": f"{at:%Y-%m-%d %H:%M} UTC",
    }


def section(*elements: Element) -> Element:
    """A line of elements."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Element) -> Element:
    """A quoted line."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def block(*parts: Element) -> Block:
    """A block of sections and quotes."""
    return {"type": "rich_text", "elements": list(parts)}
