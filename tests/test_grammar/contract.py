"""What was promised that people may type: fixtures/commands.txt, the first column of the contract's table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "fixtures" / "commands.txt"
# Promised for later: what is typed there is not on the list yet.
LATER = {
    ("text", "at"),
    ("text", "scheduled"),
    ("text", "group"),
    ("threadline", "templates"),
}

_FORM = re.compile(r"`/([^`]+)`")
_VERB_WORD = re.compile(r"[a-z][a-z|-]*")
_PLACE = re.compile(r"<([^<>]+)>(?!=)|#(channel)|\[([a-z|]+)\]")
_KEY = re.compile(r"(field:<name>|[a-z][a-z-]*)=")
_OPTIONS = re.compile(r"\[([^\]]*=[^\]]*)\]")
_FLAGS = {"require-input", "machine-detection", "desc|asc"}


@dataclass(frozen=True)
class Form:
    """One way to type a command, as it was promised."""

    command: str
    verb: str
    places: tuple[str, ...]
    keys: tuple[str, ...]
    flags: tuple[str, ...]
    shortened: bool  # it ends in …: more may stand there


def forms() -> Iterator[Form]:
    """Every promised form but those for later, `lock|unlock|reset` as three."""
    for form in _FORM.findall(TABLE.read_text()):
        command, _, rest = form.partition(" ")
        for verb, behind in _verbs(rest):
            if (command, verb) not in LATER:
                yield _form(command, verb, behind)


def _verbs(rest: str) -> Iterator[tuple[str, str]]:
    words: list[str] = []
    while rest and (match := _VERB_WORD.match(rest)):
        words.append(match[0])
        rest = rest[match.end() :].lstrip()
    *first, last = words or [""]
    for choice in last.split("|"):
        yield " ".join([*first, choice]), rest


def _form(command: str, verb: str, behind: str) -> Form:
    options = " ".join(_OPTIONS.findall(behind))
    places = tuple("".join(place) for place in _PLACE.findall(_OPTIONS.sub("", behind)))
    keys = tuple(key for key in _KEY.findall(options) if key != "field")
    flags = tuple(flag for flag in _FLAGS if flag in options)
    return Form(command, verb, places, keys, flags, "…" in behind and "…>" not in behind)
