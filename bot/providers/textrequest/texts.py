"""Texts over Text Request's API: what is asked, and what the answers mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.errors import ContactOptedOut, Rejected
from bot.http import Response, Unreadable, no_answer
from bot.markup import same_words
from bot.model import Attachment, Delivery, Line, Number, OutgoingText, SentText, TextLimit, TextReceived, TextSent
from bot.phone import read_number
from bot.providers.reading import read_code, read_time
from bot.providers.textrequest.asking import OPTED_OUT, judge
from bot.providers.textrequest.wire import NAME, OPTED_OUT_CODES, MessageWire, PageWire, read_delivery

# They publish no bound: this one is our own.
TEXT_LIMIT = TextLimit(gsm=1600, ucs2=1600)

_FAILED = "Text Request took this text and then refused it. Check the number and the words, then send it again."


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
    judge(response)
    answer = response.parse(MessageWire)
    if not answer.message_id and not answer.delivery_status:
        raise no_answer(response.call, "unreadable")
    delivery = read_delivery(answer.delivery_status) or Delivery.ACCEPTED
    if delivery is Delivery.FAILED:
        code = read_code(answer.delivery_error)
        if code in OPTED_OUT_CODES:
            raise ContactOptedOut(OPTED_OUT, provider=NAME, code=code)
        raise Rejected(_FAILED, provider=NAME, code=code or "error")
    return SentText(text_id=(answer.message_id or "").strip(), delivery=delivery)


# --- Lists ------------------------------------------------------------------------------------------------


def reaches_before(page: PageWire, since: datetime, now: datetime) -> bool:
    """Whether a page holds anything older than `since`."""
    times = (read_time(row.message_timestamp_utc, now) for row in _rows(page) if row is not None)
    return any(time is not None and time < since for time in times)


def read_texts(
    pages: Iterable[PageWire], line: Line, contact: Number | None, now: datetime
) -> tuple[list[TextReceived | TextSent], int]:
    """The texts of `pages`, and how many rows tell of none; without a `contact` each row says whose it is."""
    found: list[TextReceived | TextSent] = []
    odd = 0
    for row in (row for page in pages for row in _rows(page)):
        text = None if row is None else read_text(row, line, contact, now)
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


def read_text(
    row: MessageWire, line: Line, contact: Number | None, now: datetime
) -> TextReceived | TextSent | None:
    """The text of one row; None when it tells of none. Without a `contact` the row says whose it is."""
    whose = contact or read_number(row.customer_phone)
    sent_at = read_time(row.message_timestamp_utc, now)
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
        text_id=(row.message_id or "").strip(),
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


def same_text(text: OutgoingText, found: Iterable[TextReceived | TextSent], since: datetime) -> Sequence[TextSent]:
    """Which of `found` may be `text`."""
    return tuple(
        each
        for each in found
        if isinstance(each, TextSent) and each.sent_at >= since and same_words(each.body, text.body)
    )
