""" "Did you mean": the known word that is close to what was typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

# Of the letters of both words together. Below it, suggestions are guesses: "fax" is 0.67 of "fix".
_CLOSE_ENOUGH = 0.7
_LONGEST = 40  # nothing that is known is longer; a whole text typed as one word is not compared
_JOINTS = re.compile(r"[-_\s]")


def folded(name: str) -> str:
    """A key's or a verb's name whatever its case and hyphens: `postal-code` for `PostalCode`. Pure."""
    return _JOINTS.sub("", name).casefold()


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is closest, None when none is close enough. Pure."""
    names = {folded(name): name for name in known}
    matches = get_close_matches(folded(typed[:_LONGEST]), names, n=1, cutoff=_CLOSE_ENOUGH)
    return names[matches[0]] if matches else None
