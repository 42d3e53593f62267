"""What an answer means: the one map from status to class, the waits and the clocks in headers. Pure.

Promise: an answer to a call with an effect that does not say clearly what became of it is `OutcomeUnknown`. A read
changes nothing, so whatever happens to it is certain. Errors hold no URL, header, number or body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from bot.errors import (
    Conflict,
    CredentialsRefused,
    NotFound,
    NotOffered,
    OutcomeUnknown,
    ProviderError,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.http.wire import Unreadable, Wire, read_json

LONGEST_WAIT_S = 3600.0  # a longer Retry-After is a mistake, or a block that a person should meet again

_REFUSALS: Mapping[int, type[Rejected]] = {
    401: CredentialsRefused,
    403: CredentialsRefused,
    404: NotFound,
    409: Conflict,
}
_SENTENCES: Mapping[type[ProviderError], str] = {
    CredentialsRefused: "{title} refused our key. Ask an admin to check it.",
    NotOffered: "{title} does not offer this on this account or server. Ask an admin to look at its settings.",
    NotFound: "{title} does not know this id or name. Check it, then try again.",
    Conflict: "{title} says that this exists already, or has changed. Look at it again first.",
    Rejected: "{title} refused this. Check what you sent, then try again.",
    Throttled: "{title} gets too many requests, so nothing was done. Try again in a little while.",
    Unreachable: "{title} could not be reached, so nothing was done. Try again in a few minutes.",
    OutcomeUnknown: "{title} did not confirm this: it may have been done. Check before you do it again.",
}
_NO_ANSWER_TO_A_READ = "{title} gave no usable answer. Try again in a few minutes."

W = TypeVar("W", bound=Wire)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: to whom, and whether it sends, spends, creates or changes anything there."""

    provider: str
    title: str
    effect: bool


@dataclass(frozen=True, slots=True)
class Response:
    """What came back. Header names are lower-case."""

    call: Call
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    received_at: datetime

    @property
    def their_time(self) -> datetime | None:
        """Their clock, by the Date header; None when they sent none."""
        return read_date(self.headers.get("date", ""))

    @property
    def clock_skew_s(self) -> float | None:
        """Their clock minus ours, good to a second or two; None when they sent no date."""
        return None if self.their_time is None else (self.their_time - self.received_at).total_seconds()

    def parse(self, model: type[W]) -> W:
        """The body as `model`. Raises `OutcomeUnknown` (for a read `Unreachable`) when it is something else."""
        try:
            return model.read(self.body)
        except Unreadable as error:
            raise no_answer(self.call, "unreadable") from error

    def json(self) -> object:
        """The body as plain values. Raises as `parse` does."""
        try:
            return read_json(self.body)
        except Unreadable as error:
            raise no_answer(self.call, "unreadable") from error


def read_date(value: str) -> datetime | None:
    """An HTTP date as an aware datetime; None when it is none.

    Source: https://www.rfc-editor.org/rfc/rfc9110#http.date
    """
    try:
        moment = parsedate_to_datetime(value[:64])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def retry_after_s(value: str, now: datetime) -> float | None:
    """Seconds to wait, by a Retry-After of seconds or of a date; None when it says neither.

    Source: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value, re.ASCII):
        wait_s = float(value)
    elif moment := read_date(value):
        wait_s = (moment - now).total_seconds()
    else:
        return None
    return min(max(wait_s, 0.0), LONGEST_WAIT_S)


def wait_of(response: Response) -> float | None:
    """Seconds until they want to be asked again; None when they do not say."""
    now = response.their_time or response.received_at
    return retry_after_s(response.headers.get("retry-after", ""), now)


def raise_for_status(response: Response, *, code: str = "", status: int | None = None, sentence: str = "") -> None:
    """Return for 2xx, else raise: the one map from status to class.

    `code` is the provider's own, free of content; `status` stands in where the body carries another one;
    `sentence` says more about a refusal than its class does.
    """
    status = response.status if status is None else status
    code = code or f"http_{status}"
    if 200 <= status < 300:
        return
    if status == 429:
        raise the_error(Throttled, response.call, code, wait_of(response))
    # 408 is also what proxies say when they gave up on an answer; a redirect may follow something done.
    if not 400 <= status < 500 or status == 408:
        raise no_answer(response.call, code)
    raise the_error(_REFUSALS.get(status, Rejected), response.call, code, sentence=sentence)


def unjudged(response: Response) -> None:
    """The judge of an API whose every answer is of interest."""


def raise_for_page(response: Response) -> None:
    """For an answer that says it all by its status: raise when a web page came instead, as from a proxy."""
    kind = response.headers.get("content-type", "")
    if kind.startswith("text/html") or response.body.lstrip()[:1] == b"<":
        raise no_answer(response.call, "unreadable")


def not_found(response: Response) -> ProviderError:
    """The error for an answer that says by its emptiness that there is no such thing."""
    return the_error(NotFound, response.call, "nothing")


def no_answer(call: Call, code: str) -> ProviderError:
    """The error for a call that left and brought nothing usable back."""
    if call.effect:
        return the_error(OutcomeUnknown, call, code)
    return Unreachable(_NO_ANSWER_TO_A_READ.format(title=call.title), provider=call.provider, code=code)


def the_error(
    kind: type[ProviderError], call: Call, code: str, retry_after_s: float | None = None, sentence: str = ""
) -> ProviderError:
    """An error of `kind`, with the sentence that goes with it where none is given."""
    sentence = sentence or _SENTENCES[kind].format(title=call.title)
    return kind(sentence, provider=call.provider, code=code, retry_after_s=retry_after_s)
