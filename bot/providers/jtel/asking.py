"""How anything is asked of jtel, and what its answers mean.

Promise: of an answer the status of HTTP counts first, then the one inside; that its prose may hold what somebody
wrote is why none of it is ever shown.
Source: https://wiki.jtel.de/display/JPW/Return+Codes
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from bot.errors import NotFound, NotOffered, UsageError
from bot.http import Response, Unreadable, no_answer, not_found, raise_for_status, the_error
from bot.model import Number
from bot.phone import read_number
from bot.providers.jtel.wire import EnvelopeWire
from bot.providers.reading import bare_digits, read_time

# Their lists come whole: nothing asks for a part of one. A contact is about two kilobytes.
# Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
MOST_BYTES = 64 * 1024 * 1024

T = TypeVar("T")
Read = Callable[[object], T | None]  # a row, as a noun; None for one that means nothing
Take = Callable[[Response, Read[T]], list[T]]

log = logging.getLogger(__name__)

_HAS_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)\s*\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKUP = str.maketrans({"<": "‹", ">": "›"})
_NOT_CALLED = "jtel calls whole phone numbers only, no short codes and no names. Choose another number."
_NO_ID = "That is known by its number at jtel, which is above zero. Look for it in the list."


def judge(response: Response) -> None:
    """Raises for a refusal. A 404 that does not say what was not found, or a 405, is a path that the server does
    not have, so that nothing happened there."""
    if response.status in (404, 405) and not _says_why(response):
        raise the_error(NotOffered, response.call, f"http_{response.status}")
    raise_for_status(response)


def _says_why(response: Response) -> bool:
    try:
        EnvelopeWire.read(response.body)
    except Unreadable:
        return False
    return True


def confirm(response: Response) -> EnvelopeWire:
    """The envelope of what was done. Raises for one that says by its own status that it was not."""
    envelope = response.parse(EnvelopeWire)
    if envelope.status is not None:
        raise_for_status(response, status=envelope.status)
    return envelope


# --- Rows ---------------------------------------------------------------------------------------------------


def rows_of(response: Response) -> tuple[object, ...]:
    """The rows. Raises as `confirm` does, and as for no answer when rows are promised that are not there."""
    envelope = confirm(response)
    if envelope.records is None or (not envelope.records and envelope.count):
        raise no_answer(response.call, "unreadable")
    return envelope.records


def readable(rows: Iterable[object], read: Read[T]) -> Iterator[T]:
    """What each row means; one that means nothing is left out, and the log says so."""
    for row in rows:
        noun = read(row)
        if noun is None:
            log.warning("jtel: a row of a list cannot be read and is left out")
        else:
            yield noun


def all_of(response: Response, read: Read[T]) -> list[T]:
    """Every row of a list."""
    return list(readable(rows_of(response), read))


def each_of(response: Response, read: Read[T]) -> list[T]:
    """The same for what is acted upon: raises as for no answer when one row cannot be read."""
    rows = rows_of(response)
    found = list(readable(rows, read))
    if len(found) < len(rows):
        raise no_answer(response.call, "unreadable")
    return found


async def search_for(answer: Awaitable[Response], read: Read[T], take: Take[T]) -> list[T]:
    """The rows of a search. Whether they say 404 or give no rows when there is none, no page tells."""
    try:
        return take(await answer, read)
    except NotFound:
        return []


def the_one(response: Response, read: Read[T]) -> T:
    """The row of an answer that has one. Raises `NotFound` for a read that brought none."""
    rows = rows_of(response)
    if not rows and not response.call.effect:
        raise not_found(response)
    noun = read(rows[0]) if rows else None
    if noun is None:
        raise no_answer(response.call, "unreadable")
    return noun


# --- Ids, numbers, times, words ---------------------------------------------------------------------------------


def known(number: int) -> int:
    """An id as it stands in a path. Raises `UsageError` for what cannot be one."""
    if number < 1:
        raise UsageError(_NO_ID)
    return number


def their_number(number: Number) -> str:
    """Without plus, as every sample of theirs has it. Raises `UsageError` for what cannot be called."""
    if our_number(number) != number:
        raise UsageError(_NOT_CALLED)
    return bare_digits(number)


def our_number(raw: str | None) -> Number | None:
    """Theirs always start with the country code; None for what is no whole number."""
    digits = (raw or "").strip().removeprefix("+").removeprefix("00")
    number = read_number(f"+{digits}")
    return number if number is not None and number.startswith("+") else None


def server_time(raw: str | None, zone: tzinfo | None) -> datetime | None:
    """Their time; None for one that names no zone, when the server's (`zone`) is not known either."""
    if zone is None and not _HAS_ZONE.search(raw or ""):
        return None
    return read_time(raw, zone=zone or UTC)


def plain(words: str) -> str:
    """Words for an agent's screen, which may take them for HTML: nothing in them is mark-up or a control
    character, and each line ends as in their samples."""
    lines = _CONTROL.sub("", words).translate(_MARKUP).strip().splitlines()
    return "\r\n".join(line.rstrip() for line in lines)


def one_line(words: str) -> str:
    """The same in one line."""
    return " ".join(plain(words).split())
