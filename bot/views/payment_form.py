"""The form that asks a contact for a payment."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Line
from bot.phone import display_number
from bot.views.fields import Field, Option, choice_field, text_field
from bot.views.forms import Drawn

TO, LINE, AMOUNT, DESCRIPTION, MESSAGE, REFERENCE = "to", "line", "amount", "description", "message", "reference"
LONGEST_DESCRIPTION, LONGEST_REFERENCE, LONGEST_MESSAGE = 200, 100, 1_000
_TO_HINT = "A number, like +1 415 555 0134, or a contact's name."
_MESSAGE_HINT = "They read this before the link to pay. Empty: “{message}”"


def payment_form(lines: Sequence[Line], begin: Line, to: str, *, message: str) -> Drawn:
    """Of whom, on which line, how much and what for; `message` is what stands before the link by itself. Pure."""
    options = [Option(str(line.id), f"{line.name} · {display_number(line.number)}") for line in lines]
    fields = (
        text_field(Field(TO, "To", _TO_HINT), to),
        *((choice_field(Field(LINE, "From"), options, str(begin.id)),) if len(lines) > 1 else ()),
        text_field(Field(AMOUNT, "Amount", "In US dollars, like 45 or 45.50."), most=40),
        text_field(Field(DESCRIPTION, "What for", "Only you read this."), most=LONGEST_DESCRIPTION),
        text_field(
            Field(MESSAGE, "Words for the contact", _MESSAGE_HINT.format(message=message), optional=True),
            lines=True,
            most=LONGEST_MESSAGE,
        ),
        text_field(
            Field(REFERENCE, "Reference", "Yours, like an invoice's number. Empty: one is made.", optional=True),
            most=LONGEST_REFERENCE,
        ),
    )
    return Drawn(fields, "Request")
