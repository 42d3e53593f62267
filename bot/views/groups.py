"""A group of contacts, as people read of it."""

from __future__ import annotations

from bot.model import Group
from bot.views.phrases import flat


def group_about(group: Group) -> str:
    """How a group is called: `VIP (#12)`. Pure."""
    return f"{flat(group.name)} (#{group.id})"


def group_words(group: Group) -> str:
    """A group in a list: its name, how many are in it, and its note. Pure."""
    members = "" if group.members is None else f" · {_counted(group.members)}"
    keyword = " · people join by a keyword" if group.by_keyword else ""
    note = f"\n{group.note}" if group.note else ""
    return f"{group_about(group)}{members}{keyword}{note}"


def _counted(members: int) -> str:
    return "1 contact" if members == 1 else f"{members:,} contacts"
