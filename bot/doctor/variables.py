"""Variables that look like settings and are none: a misspelled one would be left out in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.doctor.findings import Finding, look
from bot.grammar.nearest import nearest
from bot.settings import Settings

_OURS = re.compile(r"(threadline|textrequest|clicksend|jtel|asms|slack)_")
_ASSIGNED = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=", re.MULTILINE)
_UNKNOWN = "Settings: {name} is not known, and does nothing. {hint}"


def look_at_variables(environment: Iterable[str], file: Path) -> list[Finding]:
    """Those in the file, which is ours, and those of the environment that are close to one of ours."""
    in_file = dict.fromkeys(_of_file(file))
    unknown = {name: _hint(name) for name in (*in_file, *environment) if _is_unknown(name)}
    return [
        look(_UNKNOWN.format(name=name, hint=hint).rstrip())
        for name, hint in unknown.items()
        if hint or name in in_file
    ]


def _of_file(file: Path) -> Iterator[str]:
    if file.is_file():
        yield from _ASSIGNED.findall(file.read_text("utf-8", errors="replace"))


def _is_unknown(name: str) -> bool:
    return bool(_OURS.match(name.casefold())) and name.casefold() not in Settings.model_fields


def _hint(name: str) -> str:
    """The setting of the same family that is close, or the only one that has what was written in it. Pure."""
    family, _, rest = name.casefold().partition("_")
    known = [field.partition("_")[2] for field in Settings.model_fields if field.startswith(f"{family}_")]
    around = [each for each in known if rest and rest in each]
    meant = nearest(rest, known) or (around[0] if len(around) == 1 else None)
    return f"Did you mean {family.upper()}_{meant.upper()}?" if meant else ""
