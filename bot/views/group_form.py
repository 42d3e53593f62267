"""The form for a group's name and note. Pure."""

from __future__ import annotations

from bot.model import Group
from bot.views.fields import Field, text_field
from bot.views.forms import Drawn

NAME, NOTE = "name", "note"


def group_form(group: Group) -> Drawn:
    """The form, filled in with what the group has."""
    return Drawn(
        (
            text_field(Field(NAME, "Name"), group.name),
            text_field(Field(NOTE, "Note", optional=True), group.note, lines=True),
        )
    )
