"""The form for a file of contacts. Pure."""

from __future__ import annotations

from bot.views.fields import Field, file_field
from bot.views.forms import Drawn

FILE = "file"
_HINT = (
    "A CSV file. Its first row names the columns: Number, First name, Last name, Name, Note, Tags, Groups, "
    "Blocked, Archived, Suppressed, Reason, Resolved, and your own fields. An empty cell changes nothing; "
    "tags and groups replace those that were there. You see what would happen before anything does."
)


def import_form() -> Drawn:
    """The form."""
    return Drawn((file_field(Field(FILE, "File", _HINT), ["csv"]),), "Look at it")
