"""Phones on the left, Slack on the right: what happens, as plain text in two columns.

Nothing is coloured unless asked for. Wide characters count as two, so that the columns stay straight.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable
from itertools import zip_longest

from bot.sandbox.bell import News
from bot.sandbox.slack.model import Message
from bot.sandbox.slack.richtext import PICTURES
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.texts import FAILED, Text

GAP = " │ "
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def width_of(text: str) -> int:
    """How many columns a terminal gives `text`. Pure."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    joined = sum(unicodedata.combining(character) > 0 or character in "\u200d\ufe0f" for character in text)
    return len(text) + wide - joined


def columns(left: str, right: str, width: int) -> list[str]:
    """The lines of one row. Pure."""
    each = max(12, (width - len(GAP)) // 2)
    rows = zip_longest(_wrapped(left, each), _wrapped(right, each), fillvalue="")
    return [f"{one}{' ' * max(0, each - width_of(one))}{GAP}{two}".rstrip() for one, two in rows]


def _wrapped(text: str, width: int) -> list[str]:
    return [row for line in text.splitlines() for row in _wrapped_line(line, width)]


def _wrapped_line(line: str, width: int) -> list[str]:
    """Broken between words, within one only when it is wider than the column; later rows are indented."""
    rows, row = [], ""
    for word in line.split(" "):
        added = f"{row} {word}" if row else word
        if width_of(added) <= width:
            row = added
            continue
        rows += [row] if row else []
        row = f"  {word}" if rows else word
        while width_of(row) > width:
            rows.append(row[: width // 2])
            row = "  " + row[width // 2 :]
    return [*rows, row]


class Screen:
    """Writes a row for every change at a phone or in Slack."""

    def __init__(self, show: Callable[[str], None], *, width: int = 100, colour: bool = False) -> None:
        self._show, self._width, self._colour = show, width, colour
        self._workspace: Workspace | None = None
        self._names: dict[str, str] = {}

    def watch(self, workspace: Workspace, names: dict[str, str]) -> None:
        """Begin; `names` are the contacts', by number, and may grow."""
        self._workspace, self._names = workspace, names
        self._row("Phones", "Slack")
        self._row("-" * 6, "-" * 5)

    def title(self, words: str) -> None:
        """A new chapter."""
        self._show("")
        self._show(f"{BOLD}{words}{PLAIN}" if self._colour else f"== {words}")

    def remark(self, words: str) -> None:
        """Something that happens to neither side, like the bot's end."""
        self._show(f"   ({words})")

    def tell(self, news: News) -> None:
        """Show one change."""
        left, right = self._phone(news), self._slack(news)
        if left or right:
            self._row(left, right)

    def _row(self, left: str, right: str) -> None:
        for line in columns(left, right, self._width):
            self._show(line)

    def _phone(self, news: News) -> str:
        if not isinstance(news.subject, Text):
            return ""
        text = news.subject
        name = self._names.get(text.contact, text.contact)
        if news.what == "texted":
            return f"{name} < {text.words}" if text.outbound else f"{name} > {text.words}"
        return f"{name} x not delivered: {text.words}" if text.status in FAILED else ""

    def _slack(self, news: News) -> str:
        if self._workspace is None or not isinstance(news.subject, dict):
            return ""
        words = self._workspace.words(news.subject)
        author = self._author(self._workspace, news.subject)
        if news.what == "reacted":
            picture = PICTURES.get(news.detail, f":{news.detail}:")
            return f"↳ {picture} on: {textwrap.shorten(words, 40, placeholder='…')}"
        if news.what == "whispered":
            return f"{author} (only to {self._workspace.member(news.detail).name}): {words}"
        added = {"posted": "", "changed": " (changed)", "deleted": " (deleted)"}.get(news.what)
        return "" if added is None else f"{author}{added}: {words}"

    def _author(self, workspace: Workspace, message: Message) -> str:
        if message.get("username"):
            return str(message["username"])
        member = workspace.core.directory.members.get(str(message.get("user")))
        return member.name if member else "Slack"
