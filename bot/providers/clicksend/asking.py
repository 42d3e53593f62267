"""How anything is asked of ClickSend: answers in envelopes, lists in pages, and what a refusal means."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping
from typing import TypeVar

from bot.errors import FieldRefused, UsageError
from bot.http import Http, Page, Query, Response, Unreadable, Wire, no_answer, raise_for_status, read_pages
from bot.model import Number
from bot.providers.clicksend.wire import NAME, EnvelopeWire, PageWire
from bot.providers.reading import read_code, read_row

PAGE_SIZE = 100  # the most they give. Source: https://developers.clicksend.com/docs/#pagination
MOST_PAGES = 1000  # of a list: a hundred thousand rows
SOURCE = "threadline"

_WEB = re.compile(r"https?://[^\s/]\S*")
_NOT_DIALLED = "ClickSend dials whole phone numbers only. Write it like +1 415 555 0134."
_NO_ADDRESS = "ClickSend fetches files from the web. Give an address that anybody can open."
_NOT_ALLOWED = "ClickSend does not let this account do that. Ask an admin whether it has this service."
_FIELD = "ClickSend does not take the {field}. Check it, then try again."
_SHOWN: Mapping[str, str] = {"to": "number", "from": "sender", "body": "words", "lang": "language"}
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

W = TypeVar("W", bound=Wire)

log = logging.getLogger(__name__)


def phone_number(number: Number) -> str:
    """The number as they dial it. Raises `UsageError` for a short code or a sender's name."""
    if not number.startswith("+"):
        raise UsageError(_NOT_DIALLED)
    return number


def web_address(url: str) -> str:
    """Where they fetch a file. Raises `UsageError` for what is no address of the web."""
    if not is_web_address(url.strip()):
        raise UsageError(_NO_ADDRESS)
    return url.strip()


def is_web_address(url: str) -> bool:
    """Whether it is one of the web, as far as one can see."""
    return _WEB.fullmatch(url) is not None


def refusal_code(response: Response) -> str:
    """Their code for a refusal by status; empty where there is none."""
    if response.status < 400:
        return ""
    try:
        return read_code(EnvelopeWire.read(response.body).response_code)
    except Unreadable:
        return ""


def judge(response: Response) -> None:
    """Raises for a refusal, outside or inside. A body that cannot be read is for whoever needs it."""
    try:
        envelope = EnvelopeWire.read(response.body)
    except Unreadable:
        envelope = EnvelopeWire()
    for status in (response.status, envelope.http_code):
        if status is not None:
            _judge_status(response, status, envelope)


def _judge_status(response: Response, status: int, envelope: EnvelopeWire) -> None:
    code = read_code(envelope.response_code)
    field = refused_field(envelope.data) if status == 400 else ""
    if field:
        shown = _SHOWN.get(field) or " ".join(re.findall("[a-z]+", field))
        raise FieldRefused(_FIELD.format(field=shown), provider=NAME, code=code, field=field)
    if status == 400 and code == "ALREADY_EXISTS":
        status = 409
    raise_for_status(response, status=status, code=code, sentence=_NOT_ALLOWED if status == 403 else "")


def refused_field(data: object) -> str:
    """The first field that a refusal names; empty where it names none. Their words on it may hold content.

    Source: https://developers.clicksend.com/docs/#status-codes
    """
    if not isinstance(data, dict) or not all(isinstance(value, str | list) for value in data.values()):
        return ""
    name = str(next(iter(data), ""))
    return name if _FIELD_NAME.fullmatch(name) else ""


def read_data(response: Response) -> object:
    """The `data` of an answer; None when it has no body."""
    return response.parse(EnvelopeWire).data if response.body else None


def read_as(model: type[W], response: Response) -> W:
    """The `data` of an answer as `model`. Raises `OutcomeUnknown` (for a read `Unreachable`) when it is something
    else."""
    try:
        return model.read_fields(read_data(response))
    except Unreadable as error:
        raise no_answer(response.call, "unreadable") from error


# --- Lists ------------------------------------------------------------------------------------------------


def read_page(response: Response) -> PageWire:
    """One page of a list. Some of their lists come whole, as rows with no page around them."""
    data = read_data(response)
    return PageWire(data=tuple(data)) if isinstance(data, list) else read_as(PageWire, response)


def is_last(page: PageWire) -> bool:
    """Whether nothing follows. Their link to the next page is not followed: it may name another host."""
    return not page.data or (page.current_page or 1) >= (page.last_page or 1)


async def some_pages(http: Http, path: str, query: Query, most: int) -> list[PageWire]:
    """The first pages of a list, at most `most`."""
    pages: list[PageWire] = []
    for number in range(1, most + 1):
        pages.append(read_page(await http.read(path, {**query, "page": number, "limit": PAGE_SIZE})))
        if is_last(pages[-1]):
            break
    return pages


async def list_rows(http: Http, path: str, query: Query, model: type[W]) -> AsyncIterator[W]:
    """Every row of a list, page after page; one that cannot be read is left out, and the log says so.

    Raises `UsageError` for a list that does not end.
    """

    async def ask(number: int) -> Page:
        page = read_page(await http.read(path, {**query, "page": number, "limit": PAGE_SIZE}))
        return Page(page.data or (), total=0 if is_last(page) else None)  # they say it by the page, not by a sum

    async for row in read_pages(ask, first=1, most=MOST_PAGES):
        wire = read_row(model, row)
        if wire is None:
            log.warning("clicksend: a row of a list cannot be read and is left out")
        else:
            yield wire
