"""How anything is asked of Text Request: paths, lists in pages, and what a refusal means."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.errors import ContactOptedOut, Rejected, UsageError
from bot.http import (
    Http,
    Page,
    Query,
    Response,
    Unreadable,
    Wire,
    no_answer,
    not_found,
    raise_for_status,
    read_pages,
)
from bot.model import Line, Number
from bot.providers.reading import is_number, read_code, read_row
from bot.providers.textrequest.wire import NAME, OPTED_OUT_CODES, ErrorWire, MetaWire, PageWire

PAGE_SIZE = 200
MOST_PAGES = 500  # of a list: a hundred thousand rows

W = TypeVar("W", bound=Wire)
T = TypeVar("T")

log = logging.getLogger(__name__)

_NORTH_AMERICAN = re.compile(r"\+(1[0-9]{10})")
OPTED_OUT = "This contact opted out of texts from this number. Call them, or ask them to opt in again."
_ABROAD = "Text Request reaches numbers in the US and Canada only. Use another line for this contact."
_NO_DASHBOARD = "This line has no dashboard at Text Request. Ask an admin to add the line again."


def eleven_digits(number: Number) -> str | None:
    """The number as their paths take it; None for one outside country code 1."""
    found = _NORTH_AMERICAN.fullmatch(number)
    return found[1] if found else None


def line_path(line: Line) -> str:
    """Where a line lives. Raises `Rejected` when its dashboard id is none."""
    if not is_number(line.account):
        raise Rejected(_NO_DASHBOARD, provider=NAME, code="no_dashboard")
    return f"/dashboards/{line.account}"


def contact_path(line: Line, contact: Number) -> str:
    """Where a contact of a line lives. Raises `Rejected` for a number they do not reach."""
    return f"{line_path(line)}/contacts/{their_number(contact)}"


def their_number(contact: Number) -> str:
    """The number as they take it. Raises `Rejected` for one that they do not reach."""
    digits = eleven_digits(contact)
    if digits is None:
        raise Rejected(_ABROAD, provider=NAME, code="abroad")
    return digits


def their_id(id_: str, what: str) -> str:
    """The id as it may stand in a path. Raises `UsageError` for what cannot be one; `what` it is of, in a word."""
    if not is_number(id_):
        raise UsageError(f"A {what} is known by its number. Look for it in the list of {what}s.")
    return id_


def judge(response: Response) -> None:
    """Raises for a refusal. Not every one has a body, or a body in JSON."""
    code = _refusal_code(response)
    if 400 <= response.status < 500 and code in OPTED_OUT_CODES:
        raise ContactOptedOut(OPTED_OUT, provider=NAME, code=code)
    raise_for_status(response, code=code)


@contextmanager
def explained(sentence: str) -> Iterator[None]:
    """Give a plain refusal the sentence that says what it means here."""
    try:
        yield
    except Rejected as error:
        if type(error) is not Rejected:
            raise
        raise Rejected(sentence, provider=NAME, code=error.code) from error


def _refusal_code(response: Response) -> str:
    if response.status < 400:
        return ""
    try:
        return read_code(ErrorWire.read(response.body).errorCode)
    except Unreadable:
        return ""


def read_page(response: Response) -> PageWire:
    """One page of a list; no content is an empty page."""
    return response.parse(PageWire) if response.body else PageWire()


def last_page(page: PageWire) -> int:
    """The number of the last page, from 0."""
    meta = page.meta
    if meta is None or not meta.total_items:
        return 0
    return math.ceil(meta.total_items / max(meta.page_size or PAGE_SIZE, 1)) - 1


async def list_rows(http: Http, path: str, query: Query, model: type[W]) -> AsyncIterator[W]:
    """Every row of a list, page after page; one that cannot be read is left out, and the log says so.

    Raises `UsageError` for a list that does not end.
    """

    async def ask(number: int) -> Page:
        page = read_page(await http.read(path, {**query, "page": number, "page_size": PAGE_SIZE}))
        meta = page.meta or MetaWire()
        return Page(page.items or (), meta.total_items, meta.page_size)

    async for row in read_pages(ask, first=0, most=MOST_PAGES):
        for wire in _readable((row,), model):
            yield wire


def read_array(response: Response, model: type[W]) -> list[W]:
    """The rows of an answer that is an array without pages, as `list_rows` has them; a read that brought nothing
    is an empty one."""
    if not response.body and not response.call.effect:
        return []
    rows = response.json()
    if not isinstance(rows, list):
        raise no_answer(response.call, "unreadable")
    return list(_readable(rows, model))


def _readable(rows: Iterable[object], model: type[W]) -> Iterator[W]:
    for row in rows:
        wire = read_row(model, row)
        if wire is None:
            log.warning("textrequest: a row of a list cannot be read and is left out")
        else:
            yield wire


def read_one(response: Response, model: type[W], meaning: Callable[[W], T | None]) -> T:
    """The one thing that an answer holds. Raises `NotFound` for a read that brought nothing."""
    if not response.body and not response.call.effect:
        raise not_found(response)
    found = meaning(response.parse(model))
    if found is None:
        raise no_answer(response.call, "unreadable")
    return found
