"""Conversations at Text Request: the calls, then what is asked and what the answers mean.

An archived conversation comes back by itself as soon as either side texts; a STOP archives it.
Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/conversations.ts
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.capabilities import ListsConversations
from bot.http import Http, Query, Wire, Words, raise_for_page
from bot.model import Correspondence, CorrespondenceFilter, Line, Number, TextReceived, TextSent
from bot.phone import read_number
from bot.providers.reading import commas, filled, read_row
from bot.providers.textrequest.asking import contact_path, line_path, list_rows
from bot.providers.textrequest.texts import read_text
from bot.providers.textrequest.wire import MessageWire

_PART_OF_A_NUMBER = re.compile(r"\+?[0-9 ().-]*[0-9][0-9 ().-]*")


class Conversations(ListsConversations):
    """Text Request's conversations."""

    _http: Http
    _clock: Callable[[], datetime]

    async def list_conversations(self, line: Line, which: CorrespondenceFilter) -> AsyncIterator[Correspondence]:
        """The conversations that match, as they choose: a row tells nothing by which it could be checked here."""
        path = f"{line_path(line)}/conversations"
        async for wire in list_rows(self._http, path, conversations_query(which), CorrespondenceWire):
            found = wire.correspondence(line, self._clock())
            if found is not None:
                yield found

    async def list_history(self, line: Line, contact: Number) -> AsyncIterator[TextReceived | TextSent]:
        """Every text of the conversation; none for a contact that they do not know."""
        async for wire in list_rows(self._http, f"{contact_path(line, contact)}/messages", {}, MessageWire):
            text = read_text(wire, line, contact, self._clock())
            if text is not None:
                yield text

    async def archive_conversation(self, line: Line, contact: Number) -> None:
        """Archive it."""
        await self._put(line, contact, "archive")

    async def unarchive_conversation(self, line: Line, contact: Number) -> None:
        """Put it back into their queue."""
        await self._put(line, contact, "unarchive")

    async def _put(self, line: Line, contact: Number, where: str) -> None:
        raise_for_page(await self._http.act("PUT", f"{contact_path(line, contact)}/conversations/{where}"))


# --- What is asked ----------------------------------------------------------------------------------------


def conversations_query(which: CorrespondenceFilter) -> Query:
    """The filter. Both flags are always sent: their documents disagree about what they are when left out."""
    return {
        "show_unresolved_only": which.unresolved_only,
        "include_archived": which.with_archived,
        **{name: str(value) for name, value in filled(_looked_for(which)).items()},
    }


def _looked_for(which: CorrespondenceFilter) -> dict[str, str | None]:
    words = which.words.strip()
    # They keep a number as bare digits, and look for a part of it.
    if _PART_OF_A_NUMBER.fullmatch(words):
        words = re.sub(r"[^0-9]", "", words)
    return {"tags": commas(which.tags), "search": words or None}


# --- What the answers mean --------------------------------------------------------------------------------


class CorrespondenceWire(Wire):
    """A conversation in their list. An odd last text does not spoil it."""

    phone_number: Words | None = None
    last_message: object = None

    def correspondence(self, line: Line, now: datetime) -> Correspondence | None:
        """The same in the words of every provider; None without a number."""
        contact = read_number(self.phone_number)
        if contact is None:
            return None
        last = read_row(MessageWire, self.last_message)
        return Correspondence(contact, None if last is None else read_text(last, line, contact, now))
