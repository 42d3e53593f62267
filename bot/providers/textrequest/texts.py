"""Texts over Text Request's API: what is asked, and what the answers mean. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from bot.errors import ContactOptedOut, Rejected
from bot.http import Response, Unreadable, no_answer, raise_for_status
from bot.markup import same_words
from bot.model import Attachment, Delivery, Line, Number, OutgoingText, SentText, TextReceived, TextSent
from bot.phone import read_number
from bot.providers.textrequest.wire import (
    NAME,
    OPTED_OUT_CODES,
    ErrorWire,
    MessageWire,
    PageWire,
    read_code,
    read_delivery,
    read_utc,
)

PAGE_SIZE = 200

_NORTH_AMERICAN = re.compile(r"\+(1[0-9]{10})")
_OPTED_OUT = "This contact opted out of texts from this number. Call them, or ask them to opt in again."
_FAILED = "Text Request took this text and then refused it. Check the number and the words, then send it again."
_ABROAD = "Text Request reaches numbers in the US and Canada only. Use another line for this contact."
_NO_DASHBOARD = "This line has no dashboard at Text Request. Ask an admin to add the line again."


def eleven_digits(number: Number) -> str | None:
    """The number as their paths take it; None for one outside country code 1."""
    found = _NORTH_AMERICAN.fullmatch(number)
    return found[1] if found else None


def line_path(line: Line) -> str:
    """Where a line lives. Raises `Rejected` when its dashboard id is none."""
    if not (line.account.isascii() and line.account.isdigit()):
        raise Rejected(_NO_DASHBOARD, provider=NAME, code="no_dashboard")
    return f"/dashboards/{line.account}"


def contact_path(line: Line, contact: Number) -> str:
    """Where a contact of a line lives. Raises `Rejected` for a number they do not reach."""
    digits = eleven_digits(contact)
    if digits is None:
        raise Rejected(_ABROAD, provider=NAME, code="abroad")
    return f"{line_path(line)}/contacts/{digits}"


def send_body(text: OutgoingText) -> dict[str, object]:
    """The body of a send."""
    body: dict[str, object] = {"body": text.body, "sender_name": text.author}
    if text.status_callback is not None:
        body["status_callback"] = text.status_callback
    return body


def read_sent(response: Response) -> SentText:
    """What became of a send. A 2xx with a failed status is a refusal; one that says nothing is no answer.

    `text_id` is empty when they gave none.
    """
    _raise_refusal(response)
    answer = response.parse(MessageWire)
    if not answer.message_id and not answer.delivery_status:
        raise no_answer(response.call, "unreadable")
    delivery = read_delivery(answer.delivery_status) or Delivery.ACCEPTED
    if delivery is Delivery.FAILED:
        code = read_code(answer.delivery_error)
        if code in OPTED_OUT_CODES:
            raise ContactOptedOut(_OPTED_OUT, provider=NAME, code=code)
        raise Rejected(_FAILED, provider=NAME, code=code or "error")
    return SentText(text_id=(answer.message_id or "").strip(), delivery=delivery)


def _raise_refusal(response: Response) -> None:
    code = refusal_code(response)
    if 400 <= response.status < 500 and code in OPTED_OUT_CODES:
        raise ContactOptedOut(_OPTED_OUT, provider=NAME, code=code)
    raise_for_status(response, code=code)


def refusal_code(response: Response) -> str:
    """Their code for a refusal; empty where there is none. Not every refusal has a body, or a body in JSON."""
    if response.status < 400:
        return ""
    try:
        return read_code(ErrorWire.read(response.body).errorCode)
    except Unreadable:
        return ""


# --- Lists ------------------------------------------------------------------------------------------------


def read_page(response: Response) -> PageWire:
    """One page of a list; no content is an empty page."""
    raise_for_status(response, code=refusal_code(response))
    return response.parse(PageWire) if response.body else PageWire()


def last_page(page: PageWire) -> int:
    """The number of the last page, from 0."""
    meta = page.meta
    if meta is None or not meta.total_items:
        return 0
    return math.ceil(meta.total_items / max(meta.page_size or PAGE_SIZE, 1)) - 1


def reaches_before(page: PageWire, since: datetime, now: datetime) -> bool:
    """Whether a page holds anything older than `since`."""
    times = (read_utc(row.message_timestamp_utc, now) for row in _rows(page) if row is not None)
    return any(time is not None and time < since for time in times)


def read_texts(
    pages: Iterable[PageWire], line: Line, contact: Number | None, now: datetime
) -> tuple[list[TextReceived | TextSent], int]:
    """The texts of `pages`, and how many rows tell of none; without a `contact` each row says whose it is."""
    found: list[TextReceived | TextSent] = []
    odd = 0
    for row in (row for page in pages for row in _rows(page)):
        text = None if row is None else _read_text(row, line, contact, now)
        if text is None:
            odd += 1
        else:
            found.append(text)
    return found, odd


def _rows(page: PageWire) -> Iterator[MessageWire | None]:
    for item in page.items or ():
        try:
            yield MessageWire.read_fields(item)
        except Unreadable:
            yield None


def _read_text(
    row: MessageWire, line: Line, contact: Number | None, now: datetime
) -> TextReceived | TextSent | None:
    whose = contact or read_number(row.customer_phone)
    sent_at = read_utc(row.message_timestamp_utc, now)
    if whose is None or sent_at is None:
        return None
    direction = (row.message_direction or "").strip().upper()
    if direction == "R":
        return _received(row, line, whose, sent_at)
    return _sent(row, line, whose, sent_at) if direction == "S" and row.message_id else None


def _received(row: MessageWire, line: Line, contact: Number, sent_at: datetime) -> TextReceived:
    return TextReceived(
        provider=NAME,
        account=line.account,
        line_number=line.number,
        contact=contact,
        text_id=row.message_id or _made_up_id(row, contact),
        body=row.body or "",
        sent_at=sent_at,
        contact_name=(row.customer_friendly_name or "").strip() or None,
        attachments=tuple(Attachment(url) for url in row.mms_media or () if url),
    )


def _sent(row: MessageWire, line: Line, contact: Number, sent_at: datetime) -> TextSent:
    return TextSent(
        provider=NAME,
        account=line.account,
        line_number=line.number,
        contact=contact,
        text_id=row.message_id or "",
        body=row.body or "",
        sent_at=sent_at,
        author=row.response_by_username,
        delivery=read_delivery(row.delivery_status),
        code=read_code(row.delivery_error),
        attachments=tuple(Attachment(url) for url in row.mms_media or () if url),
    )


def _made_up_id(row: MessageWire, contact: Number) -> str:
    """The same id each time for a text without one: a contact's words are not lost for want of an id."""
    known = "\n".join((contact, row.message_timestamp_utc or "", row.body or ""))
    return f"made-up-{sha256(known.encode()).hexdigest()[:32]}"


def same_text(text: OutgoingText, found: Iterable[TextReceived | TextSent], since: datetime) -> Sequence[TextSent]:
    """Which of `found` may be `text`."""
    return tuple(
        each
        for each in found
        if isinstance(each, TextSent) and each.sent_at >= since and same_words(each.body, text.body)
    )
