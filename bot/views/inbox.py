"""A conversation as the provider lists it, as people read of it."""

from __future__ import annotations

from datetime import tzinfo

from bot.markup import shorten
from bot.model import TextReceived, TextSent
from bot.views.phrases import flat
from bot.views.thread import shown_words

QUOTED = 200


def correspondence_words(label: str, last: TextReceived | TextSent | None, zone: tzinfo) -> str:
    """With whom, and the last text: who wrote it, when and what. Pure."""
    if last is None:
        return flat(label)
    who = "They" if isinstance(last, TextReceived) else flat(last.author or "") or "We"
    at = last.sent_at.astimezone(zone)
    return f"{flat(label)}\n{who} · {at:%d %b %Y, %H:%M}\n{shorten(shown_words(last), QUOTED)}"
