"""The form that sends a note after all. Pure."""

from __future__ import annotations

from bot.model import Conversation
from bot.phone import display_number
from bot.views import rich
from bot.views.forms import Drawn
from bot.views.thread import contact_label, line_label

_GOES = "This goes out as a text from “{line}”:"


def note_form(conversation: Conversation, words: str) -> Drawn:
    """To whom, from which line, and the words as the contact will read them. Pure."""
    number = display_number(conversation.contact)
    label = contact_label(conversation)
    to = rich.section(
        *rich.said("To "), *rich.words(label, bold=True), *rich.said(f" · {number}" if label != number else "")
    )
    goes = rich.section(*rich.said(_GOES.format(line=line_label(conversation.line))))
    return Drawn((rich.block(to, goes, rich.quote(*rich.words(words))),), "Send")
