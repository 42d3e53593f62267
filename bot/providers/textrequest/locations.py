"""Asking for a contact's location at Text Request: a tag in the words becomes a link for the contact.

They post the location to the callback only when the tag stands in the words; their documents spell it without a
space, and the connector's with one. It is the documents' that the refusal without a tag is told of.
Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/messages.ts
"""

from __future__ import annotations

from typing import ClassVar

from bot.capabilities import AsksLocations
from bot.errors import UsageError
from bot.http import Http
from bot.model import OutgoingText, SentText, TextLimit
from bot.providers.textrequest.asking import contact_path
from bot.providers.textrequest.texts import TEXT_LIMIT, read_sent, send_body
from bot.segments import count, fits

TAG = "[LocationRequest]"
_ADDED = f" {TAG}"


class Locations(AsksLocations):
    """Text Request's questions for a location."""

    location_limit: ClassVar[TextLimit] = TextLimit(
        gsm=TEXT_LIMIT.gsm - count(_ADDED).units, ucs2=TEXT_LIMIT.ucs2 - len(_ADDED)
    )
    _http: Http

    async def ask_location(self, text: OutgoingText, location_callback: str) -> SentText:
        """Send the words with the link, at their end where they do not say where."""
        path = f"{contact_path(text.line, text.to)}/messages"
        return read_sent(await self._http.send(path, location_body(text, location_callback)))


def location_body(text: OutgoingText, location_callback: str) -> dict[str, object]:
    """The body of a question for the location. Raises `UsageError` for words that are too long with the link."""
    words = text.body if TAG in text.body else f"{text.body}{_ADDED}".lstrip()
    if not fits(words, TEXT_LIMIT):
        raise UsageError("This text is too long to go with a question for the location. Make it shorter.")
    return {**send_body(text), "body": words, "location_callback": location_callback}
