"""Texts over ClickSend's API: what is asked, and what the answers mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.http import Response, no_answer, raise_for_status
from bot.markup import same_words
from bot.model import Delivery, Line, OutgoingText, SentText, TextLimit, TextReceived, TextSent
from bot.phone import read_number
from bot.providers.clicksend.asking import SOURCE, refusal_code
from bot.providers.clicksend.recipients import accepted, our_recipient
from bot.providers.clicksend.wire import (
    HISTORY_STATES,
    NAME,
    NOT_LEFT,
    RECEIPT_STATES,
    EnvelopeWire,
    HistoryWire,
    PageWire,
)
from bot.providers.reading import first_of, read_code, read_row, read_unix

# Eight parts of 153 septets or 67 units.
# Source: https://help.clicksend.com/article/h474eseq3a-how-many-characters-can-i-send-in-an-sms
LIMIT = TextLimit(gsm=1224, ucs2=536)


def send_body(text: OutgoingText) -> Mapping[str, object]:
    """The body of a send to one recipient."""
    message = {
        "to": text.to,
        "from": text.line.number,
        "body": text.body,
        "source": SOURCE,
        "custom_string": text.token,
    }
    return {"messages": [message]}


def read_sent(response: Response, token: str) -> SentText:
    """What became of a send: our recipient's status decides, then the code inside, and silence is no answer."""
    raise_for_status(response, code=refusal_code(response))
    envelope = response.parse(EnvelopeWire)
    ours = our_recipient(envelope.data, token)
    if ours is not None:
        return SentText(text_id=accepted(response, ours.wire))
    if envelope.http_code is not None:
        raise_for_status(response, status=envelope.http_code, code=read_code(envelope.response_code))
    raise no_answer(response.call, "unreadable")


# --- The history ------------------------------------------------------------------------------------------


def read_rows(pages: Iterable[PageWire]) -> tuple[list[HistoryWire], int]:
    """The rows that can be read, and how many cannot."""
    rows = [read_row(HistoryWire, item) for page in pages for item in page.data or ()]
    found = [row for row in rows if row is not None]
    return found, len(rows) - len(found)


def texts_of(rows: Iterable[HistoryWire], line: Line, now: datetime) -> Iterator[TextReceived | TextSent]:
    """What went over `line`, both ways; what never left is not among it."""
    for row in rows:
        text = _received(row, line, now) if first_of(row.direction) == "in" else _sent(row, line, now)
        if text is not None and text.line_number == line.number:
            yield text


def _received(row: HistoryWire, line: Line, now: datetime) -> TextReceived | None:
    contact, ours, sent_at = read_number(row.from_), read_number(row.to), read_unix(row.date, now)
    if contact is None or ours is None or sent_at is None:
        return None
    return TextReceived(
        provider=NAME,
        account=line.account,
        line_number=ours,
        contact=contact,
        text_id=first_of(row.message_id),
        body=row.body or "",
        sent_at=sent_at,
    )


def _sent(row: HistoryWire, line: Line, now: datetime) -> TextSent | None:
    contact, ours = read_number(row.to), read_number(row.from_)
    sent_at = read_unix(first_of(row.date, row.date_added), now)
    text_id = first_of(row.message_id)
    status = first_of(row.status).lower()
    if first_of(row.direction) != "out" or contact is None or ours is None or sent_at is None or not text_id:
        return None
    if status in NOT_LEFT:
        return None
    code = first_of(row.status_code)
    return TextSent(
        provider=NAME,
        account=line.account,
        line_number=ours,
        contact=contact,
        text_id=text_id,
        body=row.body or "",
        sent_at=sent_at,
        token=first_of(row.custom_string) or None,
        delivery=RECEIPT_STATES.get(code) or HISTORY_STATES.get(status, Delivery.ACCEPTED),
        code=read_code(row.error_code),
    )


def same_text(
    text: OutgoingText, rows: Iterable[HistoryWire], since: datetime, now: datetime
) -> Sequence[TextSent]:
    """Which rows may be `text`: those with its token, else those without any that came from its line."""
    sent = (_sent(row, text.line, now) for row in rows)
    near = [each for each in sent if each is not None and each.contact == text.to and each.sent_at >= since]
    ours = [each for each in near if each.token == text.token]
    alike = [
        each
        for each in near
        if each.token is None and each.line_number == text.line.number and same_words(each.body, text.body)
    ]
    return ours or alike
