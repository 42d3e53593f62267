"""Slack messages as the composer makes them, in the fewest words."""

from __future__ import annotations

from collections.abc import Mapping

Json = Mapping[str, object]


def message(*elements: Json, text: str = "") -> Json:
    """A message of one rich_text block."""
    return {"type": "message", "text": text, "blocks": [{"type": "rich_text", "elements": list(elements)}]}


def section(*leaves: Json | str) -> Json:
    """A section; a plain string is a text leaf."""
    return _part("rich_text_section", leaves)


def quote(*leaves: Json | str) -> Json:
    """A quote."""
    return _part("rich_text_quote", leaves)


def preformatted(*leaves: Json | str) -> Json:
    """A block of code."""
    return _part("rich_text_preformatted", leaves)


def bullets(*items: str, indent: int = 0) -> Json:
    """A bullet list; Slack makes a list of its own for every level."""
    return _listed("bullet", items, {"indent": indent, "border": 0})


def numbered(*items: str, indent: int = 0, offset: int = 0) -> Json:
    """A numbered list; `offset` is how many items came before it."""
    return _listed("ordered", items, {"indent": indent, "offset": offset})


def link(url: str, text: str | None = None) -> Json:
    """A link leaf."""
    return {"type": "link", "url": url} | ({} if text is None else {"text": text})


def emoji(name: str, unicode: str | None = None) -> Json:
    """An emoji leaf; one of the workspace's own has no code points."""
    return {"type": "emoji", "name": name} | ({} if unicode is None else {"unicode": unicode})


def user(member: str) -> Json:
    """A mention of a member."""
    return {"type": "user", "user_id": member}


def _part(kind: str, leaves: tuple[Json | str, ...]) -> Json:
    elements = [{"type": "text", "text": leaf} if isinstance(leaf, str) else leaf for leaf in leaves]
    return {"type": kind, "elements": elements}


def _listed(style: str, items: tuple[str, ...], extra: Json) -> Json:
    return {"type": "rich_text_list", "style": style, "elements": [section(item) for item in items], **extra}
