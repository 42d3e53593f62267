"""Texts over ClickSend's API: what is asked, and what the answers mean. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from bot.errors import ContactOptedOut, CredentialsRefused, OutcomeUnknown, ProviderError, Rejected
from bot.http import Response, Unreadable, no_answer, raise_for_status
from bot.markup import same_words
from bot.model import Delivery, Line, OutgoingText, SentText, TextReceived, TextSent
from bot.phone import read_number
from bot.providers.clicksend.wire import (
    HISTORY_STATES,
    NAME,
    NOT_LEFT,
    RECEIPT_STATES,
    EnvelopeWire,
    HistoryWire,
    PageWire,
    RecipientsWire,
    RecipientWire,
    first_of,
    read_code,
    read_unix,
)

PAGE_SIZE = 100  # the most they give. Source: https://developers.clicksend.com/docs/#pagination
SOURCE = "threadline"

# Source for every status: https://developers.clicksend.com/docs/#application-status-codes
_REFUSALS: Mapping[str, str] = {
    "INSUFFICIENT_CREDIT": "ClickSend has no credit left. Ask an admin to top it up, then send this again.",
    "INVALID_RECIPIENT": "ClickSend cannot text this number. Check it.",
    "EMPTY_MESSAGE": "ClickSend does not send an empty text. Write some words.",
    "INVALID_SENDER_ID": "ClickSend does not let this line send texts. Ask an admin to check its number there.",
    "COUNTRY_NOT_ENABLED": "ClickSend does not text to this country yet. Ask an admin to turn it on there.",
    "ACCOUNT_NOT_ACTIVATED": "The ClickSend account is not activated. Ask an admin to do that.",
}
_REFUSED = "ClickSend refused this text. Check the number and the words, then send it again."
_CREDENTIALS = "ClickSend refused our key. Ask an admin to check it."
_OPTED_OUT = "This contact opted out of texts from this number. Call them, or ask them to opt in again."
_REPEATED = (
    "ClickSend held this back, because the same words went to the same number a moment ago: it may be this very "
    "text. Check before you send it again."
)

_BAD_CREDENTIALS = frozenset({"MISSING_CREDENTIALS", "INVALID_CREDENTIALS"})
# Their own faults: nothing says how far the text got by then.
_UNCLEAR = frozenset({"INTERNAL_ERROR", "SOMETHING_IS_WRONG"})
# Which status an opted-out contact gets is not documented, so the word decides; OPTION is another word.
_OPT = re.compile(r"(^|_)OPT(ED)?_?(OUT)?(_|$)")


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
    ours = _our_recipient(envelope.data, token)
    if ours is not None:
        return _read_recipient(response, ours)
    if envelope.http_code is not None:
        raise_for_status(response, status=envelope.http_code, code=read_code(envelope.response_code))
    raise no_answer(response.call, "unreadable")


def _our_recipient(recipients: object, token: str) -> RecipientWire | None:
    try:
        messages = RecipientsWire.read_fields(recipients).messages or ()
    except Unreadable:
        return None
    echoed = [each for each in messages if each.custom_string == token]
    nameless = [each for each in messages if not each.custom_string]
    return next(iter(echoed), nameless[0] if len(messages) == 1 and nameless else None)


def _read_recipient(response: Response, recipient: RecipientWire) -> SentText:
    status = (recipient.status or "").strip().upper()
    if not status:
        raise no_answer(response.call, "unreadable")
    if status != "SUCCESS":
        raise refusal(response, status)
    return SentText(text_id=(recipient.message_id or "").strip())


def refusal(response: Response, status: str) -> ProviderError:
    """What a recipient's status other than SUCCESS means."""
    code = read_code(status)
    if status == "THROTTLED":
        # The same words went to the same number: that may have been this text, whose answer was lost.
        return OutcomeUnknown(_REPEATED, provider=NAME, code=code)
    if status in _UNCLEAR:
        return no_answer(response.call, code)
    if _OPT.search(status):
        return ContactOptedOut(_OPTED_OUT, provider=NAME, code=code)
    if status in _BAD_CREDENTIALS:
        return CredentialsRefused(_CREDENTIALS, provider=NAME, code=code)
    return Rejected(_REFUSALS.get(status, _REFUSED), provider=NAME, code=code)


def refusal_code(response: Response) -> str:
    """Their code for a refusal by status; empty where there is none."""
    if response.status < 400:
        return ""
    try:
        return read_code(EnvelopeWire.read(response.body).response_code)
    except Unreadable:
        return ""


def read_data(response: Response) -> object:
    """The `data` of an answer that is not a refusal, neither outside nor inside; None when it has no body."""
    raise_for_status(response, code=refusal_code(response))
    if not response.body:
        return None
    envelope = response.parse(EnvelopeWire)
    if envelope.http_code is not None:
        raise_for_status(response, status=envelope.http_code, code=read_code(envelope.response_code))
    return envelope.data


# --- The history ------------------------------------------------------------------------------------------


def read_page(response: Response, data: object) -> PageWire:
    """One page of a list, from the `data` of an answer."""
    try:
        return PageWire.read_fields(data)
    except Unreadable as error:
        raise no_answer(response.call, "unreadable") from error


def is_last(page: PageWire) -> bool:
    """Whether nothing follows. Their link to the next page is not followed: it may name another host."""
    return not page.data or (page.current_page or 1) >= (page.last_page or 1)


def read_rows(pages: Iterable[PageWire]) -> tuple[list[HistoryWire], int]:
    """The rows that can be read, and how many cannot."""
    items = [item for page in pages for item in page.data or ()]
    rows = list(_readable(items))
    return rows, len(items) - len(rows)


def _readable(items: Iterable[object]) -> Iterator[HistoryWire]:
    for item in items:
        try:
            yield HistoryWire.read_fields(item)
        except Unreadable:
            continue


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
        text_id=first_of(row.message_id) or _made_up_id(row),
        body=row.body or "",
        sent_at=sent_at,
    )


def _sent(row: HistoryWire, line: Line, now: datetime) -> TextSent | None:
    contact, ours, sent_at = read_number(row.to), read_number(row.from_), read_unix(row.date, now)
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


def _made_up_id(row: HistoryWire) -> str:
    """The same id each time for a text without one: a contact's words are not lost for want of an id."""
    known = "\n".join((row.from_ or "", row.to or "", row.date or "", row.body or ""))
    return f"made-up-{sha256(known.encode()).hexdigest()[:32]}"


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
