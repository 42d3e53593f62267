"""The form for a group's name and note. Pure."""

from __future__ import annotations

from bot.model import Group
from bot.views.fields import Field, beginning, text_field
from bot.views.forms import Drawn, Sent

NAME, NOTE = "name", "note"


def group_form(group: Group) -> Drawn:
    """The form, filled in with what the group has."""
    return Drawn(
        (
            text_field(Field(NAME, "Name"), group.name),
            text_field(Field(NOTE, "Note", optional=True), group.note, lines=True),
        )
    )


def group_change(sent: Sent, before: Group) -> tuple[str, str]:
    """Its name and its note as they shall be: what was left as the form had it stays whole."""
    name, note = sent.text(NAME).strip(), sent.text(NOTE)
    return (
        before.name if name == beginning(before.name).strip() else name,
        before.note if note == beginning(before.note, lines=True) else note,
    )
