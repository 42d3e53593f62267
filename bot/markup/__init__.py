"""Slack mark-up and plain words, both ways. Pure.

Promises: what a member wrote reaches the contact in words a phone can show; what a contact wrote has no effect in
Slack beyond being read; no payload, however malformed, raises.
"""

from bot.markup.mentions import could_read, mention, mentioned_members, with_names
from bot.markup.messages import (
    is_for_the_ticket,
    leading_mention,
    read_words,
    starts_as_note,
    without_note_sign,
    without_ticket_sign,
)
from bot.markup.plain import (
    BLANK,
    clean,
    escape,
    first_part,
    inert,
    is_blank,
    literal,
    one_line,
    same_words,
    shorten,
)

__all__ = [
    "BLANK",
    "clean",
    "could_read",
    "escape",
    "first_part",
    "inert",
    "is_blank",
    "is_for_the_ticket",
    "leading_mention",
    "literal",
    "mention",
    "mentioned_members",
    "one_line",
    "read_words",
    "same_words",
    "shorten",
    "starts_as_note",
    "with_names",
    "without_note_sign",
    "without_ticket_sign",
]
