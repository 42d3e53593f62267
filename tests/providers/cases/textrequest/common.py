"""Text Request, its line and its fixtures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import SecretStr

from bot.errors import NotFound, Rejected, UsageError
from bot.model import Number
from bot.providers.textrequest import TextRequest
from tests.providers.case import Impossible, Refusal, now
from tests.providers.cases.common import KEY, fixture, line
from tests.providers.far_end import Answer

TR_LINE = line("textrequest", "121")
ABROAD = Number("+442079460000")  # they reach the US and Canada only
TR_PAGE = {"page": "0", "page_size": "200"}


def text_request(url: str) -> TextRequest:
    """Text Request at `url`."""
    return TextRequest(api_key=SecretStr(KEY), api_url=url, clock=now)


def tr(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("textrequest", name))


def tr_refusal(code: str, status: int = 400) -> Answer:
    """A refusal with a code of theirs."""
    body = f'{{"status": {status}, "message": "{KEY} cannot say this to +14235550142", "errorCode": "{code}"}}'
    return Answer(status, body.encode())


TR_REFUSALS = (
    Refusal(Answer(400), Rejected, "http_400"),
    Refusal(tr_refusal("4001"), Rejected, "4001"),
    Refusal(Answer(404), NotFound, "http_404"),
)


def of_no_id(ask: Callable[[TextRequest, str], Awaitable[object]]) -> tuple[Impossible[TextRequest], ...]:
    """What is refused when something is asked of an id that cannot be one of theirs."""

    def of(id_: str) -> Impossible[TextRequest]:
        return Impossible(lambda provider: ask(provider, id_), UsageError)

    return tuple(map(of, ("", " ", "front desk", "../121", "²")))
