"""Who may use which command: read from the setting, and looked up. Pure.

`pay=S0FINANCE U0DANA; contact.delete=admins; text=everyone`: a command, or a command and one of its verbs, and who
may use it: members (U…, W…), user groups (S…), whoever is in a channel (C…, G…), `admins`, `everyone`. What is
not named goes by the verb's own default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.grammar import EVERY

ADMINS, EVERYONE = "admins", "everyone"
_WHO = re.compile(r"[UWSCG][A-Z0-9]{2,}|admins|everyone")


@dataclass(frozen=True, slots=True)
class Circle:
    """Who may: members by id, user groups and channels by id, `admins`, `everyone`."""

    who: frozenset[str]

    @property
    def members(self) -> frozenset[str]:
        """Members who may by themselves."""
        return frozenset(each for each in self.who if each[0] in "UW")

    @property
    def groups(self) -> tuple[str, ...]:
        """User groups and channels whose members may."""
        return tuple(sorted(each for each in self.who if each[0] in "SCG"))


Rights = Mapping[str, Circle]  # "pay", or "pay.request" → who may


def read_rights(setting: str) -> Rights:
    """What the setting says. Raises `ValueError` with a sentence that names the part at fault."""
    rights: dict[str, Circle] = {}
    for part in filter(None, (part.strip() for part in setting.split(";"))):
        what, _, who = part.partition("=")
        rights[_known(what.strip())] = Circle(frozenset(_read_who(part, who)))
    return rights


def circle_for(rights: Rights, command: str, verb: str) -> Circle | None:
    """Who may use a verb as the setting says; the verb's own entry before the command's. None: its default."""
    return rights.get(f"{command}.{verb}") or rights.get(command)


def _known(what: str) -> str:
    command, _, verb = what.partition(".")
    for known in EVERY:
        if known.name == command and (not verb or verb in {each.id for each in known.verbs}):
            return what
    raise ValueError(f"there is no command “{what}”")


def _read_who(part: str, who: str) -> list[str]:
    found = who.split()
    if not found or not all(_WHO.fullmatch(each) for each in found):
        raise ValueError(f"“{part}” names nobody by an id like U0123ABCD, S…, C…, or as admins or everyone")
    return found
