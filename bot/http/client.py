"""One provider's connections, and what it means when one fails.

Promises: a call with an effect leaves at most once. A read is repeated once when its connection breaks. Every call
but a text takes its turn before it leaves, and its answer is judged before anybody reads it. From then on nothing
waits longer than `TOTAL_S`; nothing is followed elsewhere, nothing longer than the call's bound is kept.
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

import httpx

from bot.errors import ProviderError, SettingsError, Throttled, Unreachable
from bot.http.answers import Call, Response, no_answer, the_error
from bot.http.session import SessionKey
from bot.http.turns import Free, Turns

CONNECT_S = 5.0  # for each of: a free connection, TCP, TLS
READ_S = 15.0  # for each write, and each wait for a piece of the answer
# The whole call. All that comes before sending gives up by itself within three times CONNECT_S, so this one only
# ever ends a call that has left.
TOTAL_S = 20.0
MAX_BODY_BYTES = 5 * 1024 * 1024

# Shorter than the five seconds after which common servers close an idle connection: a text written just as they
# close it has an unknown outcome. Source: https://httpd.apache.org/docs/2.4/mod/core.html#keepalivetimeout
_KEEPALIVE_S = 2.0
_LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=10, keepalive_expiry=_KEEPALIVE_S)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# The request cannot have reached them: raised before its first byte is written (by HTTP/1.1, the only one used).
# ProxyError is a proxy that refused the tunnel, LocalProtocolError a header that we refused ourselves.
# Source: https://www.python-httpx.org/exceptions/
NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
# It broke, nobody knows where: also a kept-alive connection that they had closed already.
_BROKEN = (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.RemoteProtocolError)


def quiet_logs() -> None:
    """Stop httpx and httpcore from logging every URL (at INFO) and every header received (at DEBUG)."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


@cache
def _tls() -> ssl.SSLContext:
    """The certificates that are trusted. Reading them takes longer than all else of a client: once is enough."""
    return httpx.create_ssl_context()


def failure(call: Call, error: Exception) -> ProviderError:
    """What a failed exchange means. Pure."""
    if isinstance(error, NOT_SENT):
        return the_error(Unreachable, call, "no_connection")
    return no_answer(call, "timeout" if isinstance(error, TimeoutError | httpx.TimeoutException) else "broken")


@contextmanager
def _translated(call: Call) -> Iterator[None]:
    try:
        yield
    except (httpx.RequestError, httpx.InvalidURL, TimeoutError) as error:
        raise failure(call, error) from error


@dataclass(frozen=True, slots=True)
class Api:
    """What is called: whose it is, where it is, and the headers that hold the key.

    `judge` raises for an answer that refuses, by its status or inside a 200; of a text's answer it is not asked.
    `session` is a key that ends, in place of one in `headers`.
    """

    provider: str
    title: str
    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    judge: Callable[[Response], None]
    session: SessionKey | None = None


Query = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as one part of a form (multipart/form-data); `fields` are the others."""

    part: str
    name: str
    mime_type: str
    content: bytes = field(repr=False)
    fields: Mapping[str, str] = field(default_factory=dict)


Body = Mapping[str, object] | Sequence[object] | Upload  # the first two as JSON


class Http:
    """One provider's connections. `close` it."""

    def __init__(self, api: Api, *, clock: Callable[[], datetime], turns: Turns | None = None) -> None:
        """Without `turns` nothing waits. Raises `SettingsError` when a key cannot stand in a header."""
        if not all(value.isascii() and value.isprintable() for value in api.headers.values()):
            raise SettingsError(f"The key of {api.title} has characters that no key has. Copy it again.")
        self._effect = Call(api.provider, api.title, effect=True)
        self._read = Call(api.provider, api.title, effect=False)
        self._judge = api.judge
        self._clock = clock
        self._turns = turns or Free()
        self._client = httpx.AsyncClient(
            base_url=api.base_url,
            headers={"accept": "application/json", **api.headers},
            auth=api.session,
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S, pool=CONNECT_S),
            limits=_LIMITS,
            verify=_tls(),
            follow_redirects=False,
            # The environment's proxy leads outside; a stand-in on this machine is not there.
            trust_env=urlsplit(api.base_url).hostname not in _LOOPBACK,
        )

    async def read(self, path: str, query: Query | None = None, *, most_bytes: int | None = None) -> Response:
        """GET; the answer is at most `most_bytes` long (unset: `MAX_BODY_BYTES`). Raises `Unreachable` when none
        came, also after it left: a read changes nothing. Raises `Throttled` when it had no turn."""
        with _translated(self._read):
            return await self._twice(self._request("GET", path, None, query), most_bytes or MAX_BODY_BYTES)

    async def search(self, path: str, body: Body, query: Query | None = None) -> Response:
        """POST that only reads, `body` as JSON. Raises as `read` does."""
        with _translated(self._read):
            return await self._twice(self._request("POST", path, body, query), MAX_BODY_BYTES)

    async def act(
        self, method: str, path: str, body: Body | None = None, *, query: Query | None = None
    ) -> Response:
        """A call with an effect, made once. Raises `Unreachable` or `OutcomeUnknown`, and `Throttled` when it had
        no turn."""
        with _translated(self._effect):
            return await self._in_turn(self._effect, self._request(method, path, body, query), MAX_BODY_BYTES)

    async def send(self, path: str, body: Mapping[str, object]) -> Response:
        """POST a text, whose claim took the turn, once. Raises `Unreachable` or `OutcomeUnknown`."""
        with _translated(self._effect):
            return await self._exchange(self._effect, self._request("POST", path, body, None), MAX_BODY_BYTES)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    def _request(self, method: str, path: str, body: Body | None, query: Query | None) -> httpx.Request:
        if isinstance(body, Upload):
            part = {body.part: (body.name, body.content, body.mime_type)}
            return self._client.build_request(method, path, params=query, data=dict(body.fields), files=part)
        content = None if body is None else json.dumps(body).encode("ascii")
        headers = None if body is None else {"content-type": "application/json"}
        return self._client.build_request(method, path, params=query, content=content, headers=headers)

    async def _twice(self, request: httpx.Request, most: int) -> Response:
        """A read, and once more when its connection broke."""
        try:
            return await self._in_turn(self._read, request, most)
        except _BROKEN:
            return await self._in_turn(self._read, request, most)

    async def _in_turn(self, call: Call, request: httpx.Request, most: int) -> Response:
        await self._turns.take(call)
        response = await self._exchange(call, request, most)
        try:
            self._judge(response)
        except Throttled as error:
            await self._turns.block(call, error.retry_after_s)
            raise
        return response

    async def _exchange(self, call: Call, request: httpx.Request, most: int) -> Response:
        async with asyncio.timeout(TOTAL_S):
            answer = await self._client.send(request, stream=True)
            try:
                body = await _read_body(answer, most)
            finally:
                await answer.aclose()
        if body is None:
            raise no_answer(call, "too_long")
        return Response(call, answer.status_code, dict(answer.headers), body, self._clock())


async def _read_body(answer: httpx.Response, most: int) -> bytes | None:
    """The whole body, or None when it is longer than we take."""
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > most:
            return None
    return bytes(body)
