"""Words for people and the mark-up in which Aranda keeps them. Pure, and linear in the length of what it reads.

A parser of the standard library would do, but takes minutes for a page of half-written tags, and what is read here
may come from anybody's email.
"""

from __future__ import annotations

import html
import re

# A tag, a comment or a declaration. It ends before the next one begins, so that none is looked for twice. What
# only begins like one is words: <ana@example.com>, <https://example.com>.
_TAG = re.compile(r"(</?[a-z][a-z0-9]*(?::[a-z]+)?(?:[\s/][^<>]*)?>|<(?:!--|!doctype\b|!\[|\?)[^<>]*>)", re.I)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_ENDS_A_LINE = frozenset({"br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6"})
_HIDDEN = frozenset({"script", "style"})
# No character has a number this long, and Python refuses to read much longer ones.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(markup: str | None) -> str:
    """The words in their mark-up, without the mark-up; paragraphs become lines."""
    pieces: list[str] = []
    hidden = False
    for number, piece in enumerate(_TAG.split(markup or "")):
        if number % 2 == 0:
            pieces.append("" if hidden else piece)
            continue
        name = _tag_name(piece)
        hidden = name in _HIDDEN or (hidden and name.removeprefix("/") not in _HIDDEN)
        pieces.append("\n" if name in _ENDS_A_LINE else "")
    words = html.unescape(_NO_CHARACTER.sub("\ufffd", "".join(pieces))).replace("\0", "")
    lines = (_SPACES.sub(" ", line).strip() for line in words.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _tag_name(tag: str) -> str:
    found = _NAME.match(tag)
    return f"{'/' if found and tag[1] == '/' else ''}{found[1].lower()}" if found else ""


def marked_up(words: str) -> str:
    """Words as mark-up that shows exactly them."""
    return "<br>".join(html.escape(line, quote=False) for line in words.strip().splitlines())


def without_tags(words: str) -> str:
    """Words, as long as before, that show as themselves with and without mark-up: no tag begins in them."""
    return words.strip().replace("<", "‹")
