"""The form for a text to anybody."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Line
from bot.phone import display_number
from bot.views.fields import Field, Option, choice_field, text_field
from bot.views.forms import Drawn

TO, LINE, WORDS = "to", "line", "words"
_TO_HINT = "A number, like +1 415 555 0134, or a contact's name."


def new_text(lines: Sequence[Line], begin: Line, to: str = "") -> Drawn:
    """To whom, from which line, what; it begins with a line and whom. Pure."""
    options = [Option(str(line.id), f"{line.name} · {display_number(line.number)}") for line in lines]
    fields = (
        text_field(Field(TO, "To", _TO_HINT), to),
        *((choice_field(Field(LINE, "From"), options, str(begin.id)),) if len(lines) > 1 else ()),
        text_field(Field(WORDS, "Text"), lines=True),
    )
    return Drawn(fields, "Send")
