"""The only map from what can go wrong with a call to Slack to `SlackError`. Pure.

Promise: `certain` is True only when Slack surely did not do what was asked, so that trying again cannot do it
twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import SlackError

# After the first two, Slack says, some of what was asked may have been done; of the others it does not say that
# nothing was. Source: https://docs.slack.dev/reference/methods/chat.postMessage
AMBIGUOUS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})

# Two words, with status 200, for what is otherwise a 429.
# Source: https://docs.slack.dev/reference/methods/chat.postMessage
THROTTLED = frozenset({"ratelimited", "rate_limited"})

# What the SDK lets out of a call. It reads the answer as a JSON object before it looks whether it is one:
# a plain text or a list ends in AttributeError, bytes that are no UTF-8 in UnicodeDecodeError (slack_sdk 3.47).
FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError, AttributeError, UnicodeDecodeError)

# Nothing was sent yet: the name, the connection, TLS or the proxy failed, or took too long.
_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


def slack_error(failure: Exception) -> SlackError:
    """What one of `FAILURES` means. Pure."""
    if isinstance(failure, SlackApiError):
        return _from_response(failure.response)
    if isinstance(failure, _NOT_CONNECTED):
        return SlackError("unreachable")
    return no_answer()


def no_answer() -> SlackError:
    """The request left, and nothing readable came back. Pure."""
    return SlackError("no_answer", certain=False)


def safe_cause(failure: Exception) -> Exception | None:
    """The failure, when all it can quote is a host and a port; else None. Pure.

    The others quote the answer, a header or an address, and with it what people wrote.
    """
    return failure if isinstance(failure, aiohttp.ClientConnectorError) else None


def from_answer(status: int, headers: Mapping[str, str], body: object) -> SlackError:
    """What an answer that is no success means; `body` is its JSON, if it had any. Pure."""
    word = _error_word(body)
    if status == 429 or word in THROTTLED:
        return SlackError("ratelimited", retry_after_s=_retry_after_s(headers))
    if status == 200 and word is None:
        return no_answer()
    refused = status == 200 or (400 <= status < 500 and status != 408)
    return SlackError(word or f"http_{status}", certain=refused and word not in AMBIGUOUS)


def _from_response(response: AsyncSlackResponse | aiohttp.ClientResponse) -> SlackError:
    """The SDK hands over its own response, or aiohttp's when the JSON could not be read."""
    if isinstance(response, AsyncSlackResponse):
        return from_answer(response.status_code, response.headers, response.data)
    return from_answer(response.status, response.headers, None)


def _error_word(body: object) -> str | None:
    """The word of `{"ok": false, "error": "…"}`; None for anything else."""
    if not isinstance(body, dict) or body.get("ok") is not False:
        return None
    word = body.get("error")
    return word if isinstance(word, str) and word else None


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds. Source: https://docs.slack.dev/apis/web-api/rate-limits"""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
