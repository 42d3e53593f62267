"""ClickSend, its line and its fixtures."""

from __future__ import annotations

from pydantic import SecretStr

from bot.errors import CredentialsRefused, FieldRefused, OutcomeUnknown, Rejected
from bot.providers.clicksend import ClickSend
from tests.providers.case import Refusal, now
from tests.providers.cases.common import KEY, fixture, line
from tests.providers.far_end import Answer

CS_LINE = line("clicksend", "")
CS_PAGE = {"page": "1", "limit": "100"}
NO_LIST: tuple[object, ...] = ({"http_code": 200, "data": "rows"}, {"http_code": 200, "data": {"data": "rows"}})


def click_send(url: str) -> ClickSend:
    """ClickSend at `url`."""
    return ClickSend(username="texts@example.com", api_key=SecretStr(KEY), api_url=url, clock=now)


def cs(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("clicksend", name))


def recipient(status: str, **more: str) -> Answer:
    """An HTTP 200 in which our one recipient has `status`."""
    words = ", ".join(f'"{name}": "{value}"' for name, value in {"status": status, **more}.items())
    return Answer(200, f'{{"http_code": 200, "data": {{"messages": [{{{words}}}]}}}}'.encode())


# What is never an answer to an order, and what refuses any.
NO_RECIPIENT: tuple[object, ...] = (
    {},
    {"http_code": 200, "data": None},
    {"http_code": "yes", "data": {"messages": [{"status": "SUCCESS"}]}},
    {"http_code": 200, "data": {"messages": []}},
    {"http_code": 200, "data": {"messages": {"status": "SUCCESS"}}},
    {"http_code": 200, "data": {"messages": [{"status": None}]}},
    {"http_code": 200, "data": {"recipients": ["SUCCESS"]}},
    {"http_code": 200, "data": {"messages": [{"status": "SUCCESS", "custom_string": "another"}]}},
    {"http_code": 200, "data": {"messages": [{"status": "SUCCESS"}, {"status": "SUCCESS"}]}},
    {"http_code": 200, "data": {"messages": [{"status": "SUCCESS"}, "odd"]}},
)
ORDER_REFUSALS = (
    Refusal(recipient("INVALID_RECIPIENT"), Rejected, "INVALID_RECIPIENT"),
    Refusal(recipient("INSUFFICIENT_CREDIT"), Rejected, "INSUFFICIENT_CREDIT"),
    Refusal(recipient("Your order is ready. +14235550142"), Rejected, ""),
    Refusal(recipient("INVALID_CREDENTIALS"), CredentialsRefused, "INVALID_CREDENTIALS"),
    Refusal(recipient("INTERNAL_ERROR"), OutcomeUnknown, "INTERNAL_ERROR"),
    Refusal(Answer(200, b'{"http_code": "400", "response_code": "BAD_REQUEST"}'), Rejected, "BAD_REQUEST"),
    Refusal(
        Answer(400, b'{"http_code": 400, "response_code": "BAD_REQUEST", "data": {"to": ["Unknown."]}}'),
        FieldRefused,
        "BAD_REQUEST",
    ),
    Refusal(Answer(200, b'{"http_code": 500, "data": null}'), OutcomeUnknown, "http_500"),
    Refusal(Answer(403, b'{"http_code": 403, "response_code": "FORBIDDEN"}'), CredentialsRefused, "FORBIDDEN"),
)
