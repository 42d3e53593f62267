"""HTTP mode: events and interactions as signed requests.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack/
Source: https://docs.slack.dev/apis/events-api/ (x-slack-retry-num, x-slack-retry-reason, x-slack-no-retry)
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.chores import Chores
from bot.sandbox.slack.feed import Parcel
from bot.sandbox.slack.model import Rules
from bot.sandbox.wire import Json, dumps

FORM = "application/x-www-form-urlencoded"


def signature_headers(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The two headers that prove a request comes from Slack. Pure."""
    mac = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={mac.hexdigest()}"}


def encode(parcel: Parcel) -> tuple[bytes, str]:
    """Body and content type of a parcel. Pure."""
    if parcel.type == "events_api":
        return dumps(parcel.payload).encode(), "application/json"
    fields = parcel.payload if parcel.type == "slash_commands" else {"payload": dumps(parcel.payload)}
    return urlencode(fields).encode(), FORM


class SignedPosts:
    """Posts each parcel to the app's request URL."""

    def __init__(
        self, url: str, secret: str, rules: Rules, chores: Chores, session: Callable[[], aiohttp.ClientSession]
    ) -> None:
        self._url, self._secret, self._rules, self._chores, self._session = url, secret, rules, chores, session

    def carry(self, parcel: Parcel) -> None:
        """Post `parcel`."""
        self._chores.spawn(self._post(parcel))

    async def _post(self, parcel: Parcel) -> None:
        body, content_type = encode(parcel)
        headers = {"Content-Type": content_type, **signature_headers(self._secret, body, int(time.time()))}
        if parcel.attempt:
            headers |= {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}
        timeout = aiohttp.ClientTimeout(total=self._rules.ack_timeout_s)
        try:
            async with self._session().post(self._url, data=body, headers=headers, timeout=timeout) as answer:
                text = await answer.text()
        except TimeoutError:
            return parcel.failed("http_timeout")
        except aiohttp.ClientError:
            return parcel.failed("connection_failed")
        if not answer.ok:
            return parcel.failed("http_error")
        return parcel.answered(_object(text))


def _object(text: str) -> Json | None:
    """The answer's JSON object, or None."""
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text} if text else None
    return value if isinstance(value, dict) else None
