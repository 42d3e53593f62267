"""The `text` of a Slack message: angle brackets, entities and emoji names to plain words.

It is the second choice, for messages without rich_text. `*`, `_`, `~` and backticks stay: they may be typed.
Source of every form here: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.markup.emoji import read_names
from bot.markup.mentions import mention, typed
from bot.markup.plain import unescape

_ANGLED = re.compile(r"<([^<>]*)>")
_LABELLED = re.compile(r"<(?:#|!subteam\^)([A-Z0-9]+)\|([^<>]+)>")
_BROADCASTS = frozenset({"here", "channel", "everyone"})


def read_mrkdwn(text: str) -> str:
    """The words of a message's `text`, as a contact should read them. Pure."""
    pieces = _ANGLED.split(typed(text))
    return "".join(_angled(piece) if at % 2 else _plain(piece) for at, piece in enumerate(pieces))


def read_labels(text: str) -> Mapping[str, str]:
    """The names that `text` gives for channels and groups, by id; rich_text has only the ids. Pure."""
    return {place: _plain(label) for place, label in _LABELLED.findall(typed(text))}


def show_link(url: str, label: str) -> str:
    """`label (url)`, or one of the two where both say the same. Pure."""
    scheme, _, address = url.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return label or address
    if not label or not url or label == url:
        return url or label
    # Slack completes what was typed: example.com becomes http://example.com.
    return label if _bare(label) == _bare(url) else f"{label} ({url})"


def show_broadcast(reach: str) -> str:
    """`@here`, `@channel` or `@everyone`. Pure."""
    return f"@{reach}" if reach in _BROADCASTS else "@here"


def show_group(label: str) -> str:
    """`@label`, or `@group` when the label is not known. Pure."""
    return f"@{label.removeprefix('@') or 'group'}"


def show_channel(label: str) -> str:
    """`#label`, or `#channel` when the label is not known. Pure."""
    return f"#{label.removeprefix('#') or 'channel'}"


def _plain(text: str) -> str:
    return unescape(read_names(text))


def _angled(inside: str) -> str:
    target, _, escaped_label = inside.partition("|")
    label = _plain(escaped_label)
    match target[:1]:
        case "@":
            return mention(target[1:])
        case "#":
            return show_channel(label)
        case "!":
            return _command(target[1:], label)
        case "":
            return label or f"<{inside}>"
    return show_link(unescape(target), label)


def _command(command: str, label: str) -> str:
    kind, _, _ = command.partition("^")
    if kind == "subteam":
        return show_group(label)
    if kind in _BROADCASTS:
        return show_broadcast(kind)
    return label or f"@{kind}"


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url).rstrip("/")
