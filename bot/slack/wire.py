"""How one call to Slack is made, and how its pages are turned.

Promises: one shared session, a time limit on everything, no redirects, every failure a `SlackError`, and nothing
that changes anything is sent twice. Only a read (a GET) is: aiohttp repeats it once when a connection that it had
kept turns out to be broken.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import SlackError
from bot.slack.answers import Json, next_cursor, objects_at
from bot.slack.failures import FAILURES, from_answer, no_answer, safe_cause, slack_error

# Slack advises no more than this on one page.
# Source: https://docs.slack.dev/reference/methods/conversations.replies
PAGE = 200

# A large file gets the time that a slow line needs, on top of the usual limit.
SLOWEST_UPLOAD_BYTES_PER_S = 64 * 1024

Call = Awaitable[AsyncSlackResponse]
Read = Callable[..., Call]


class Wire:
    """The session and the SDK's client on it."""

    def __init__(self, token: str, api_url: str, timeout_s: float) -> None:
        self._token = token
        self._api_url = api_url
        self._timeout_s = timeout_s
        self._session: aiohttp.ClientSession | None = None
        self._web: AsyncWebClient | None = None

    async def start(self) -> None:
        """Open the session; nothing is asked of Slack."""
        if self._session is None:
            self._session = _session(self._timeout_s)
            self._web = AsyncWebClient(
                self._token,
                base_url=self._api_url,
                session=self._session,
                retry_handlers=[],  # the SDK's own would post again after a broken connection
                logger=_quiet_logger(),
            )

    async def close(self) -> None:
        """Close the session; a second time, or without `start`, does no harm."""
        session, self._session, self._web = self._session, None, None
        if session is not None:
            await session.close()

    @property
    def web(self) -> AsyncWebClient:
        """The SDK's client; raises `RuntimeError` before `start` and after `close`.

        Without this the SDK would open a session of its own for each call.
        """
        if self._web is None:
            raise RuntimeError("Slack is not started")
        return self._web

    async def response(self, call: Call) -> AsyncSlackResponse:
        """Make a call of the SDK's; raises `SlackError` for whatever is no success."""
        try:
            return await call
        except FAILURES as failure:
            raise slack_error(failure) from safe_cause(failure)

    async def ask(self, call: Call) -> Json:
        """Make a call and give its JSON object."""
        return json_object(await self.response(call))

    async def ask_unless(self, done: str, call: Call) -> None:
        """Make a call for which the refusal `done` is as good as success."""
        try:
            await self.ask(call)
        except SlackError as error:
            if error.code != done:
                raise

    async def pages(self, read: Read) -> AsyncGenerator[Json, None]:
        """Every page of a read, until Slack says that there are no more.

        Raises `SlackError` rather than stop early.
        """
        cursor: str | None = None
        while True:
            page = await self.ask(read(cursor=cursor, limit=PAGE))
            yield page
            before, cursor = cursor, next_cursor(page)
            if cursor is None:
                return
            if cursor == before:
                raise no_answer()

    async def messages(self, read: Read) -> AsyncGenerator[Json, None]:
        """Every message of every page, with all of its metadata."""
        async with aclosing(self.pages(partial(read, include_all_metadata=True))) as pages:
            async for page in pages:
                for message in objects_at(page, "messages"):
                    yield message

    async def send_bytes(self, url: str, content: bytes) -> None:
        """Bring a file to the address that Slack gave for it.

        Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal
        """
        seconds = self._timeout_s + len(content) / SLOWEST_UPLOAD_BYTES_PER_S
        await self._send(url, seconds, data=content)

    async def send_json(self, url: str, body: Json) -> None:
        """Post to an address that Slack gave: who knows it needs no token, so none is sent."""
        await self._send(url, self._timeout_s, json=body)

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("Slack is not started")
        return self._session

    async def read_bytes(self, url: str, most_bytes: int) -> tuple[str, bytes]:
        """Fetch a file: its content type, and itself. The token goes to Slack's files and nowhere else."""
        if not is_theirs(url, self._api_url):
            raise no_answer()
        limit = aiohttp.ClientTimeout(total=self._timeout_s + most_bytes / SLOWEST_UPLOAD_BYTES_PER_S)
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._open.get(url, headers=headers, timeout=limit) as answer:
                if answer.status != 200:
                    raise from_answer(answer.status, answer.headers, None)
                return answer.content_type, await _content(answer, most_bytes)
        except FAILURES as failure:
            raise slack_error(failure) from safe_cause(failure)

    async def _send(self, url: str, timeout_s: float, **content: Any) -> None:
        try:
            limit = aiohttp.ClientTimeout(total=timeout_s)
            async with self._open.post(url, timeout=limit, **content) as answer:
                if answer.status != 200:
                    raise from_answer(answer.status, answer.headers, None)
        except FAILURES as failure:
            raise slack_error(failure) from safe_cause(failure)


def is_theirs(url: str, api_url: str) -> bool:
    """Whether Slack keeps files there; another one, where the settings name it, keeps them beside its API. Pure.

    Source: https://docs.slack.dev/messaging/working-with-files#retrieve
    """
    parts, api = urlsplit(url), urlsplit(api_url)
    if api.hostname == "slack.com":
        return (parts.scheme, parts.netloc) == ("https", "files.slack.com")
    return (parts.scheme, parts.netloc) == (api.scheme, api.netloc)


async def _content(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    found = bytearray()
    async for part in answer.content.iter_chunked(SLOWEST_UPLOAD_BYTES_PER_S):
        found += part
        if len(found) > most_bytes:
            raise SlackError("file_too_large")
    return bytes(found)


def json_object(response: AsyncSlackResponse) -> Json:
    """The JSON object of an answer; raises `SlackError` when it is something else. Pure."""
    if isinstance(response.data, dict):
        return response.data
    raise no_answer()


def _session(timeout_s: float) -> aiohttp.ClientSession:
    """Connecting has a limit of its own, so that running into it proves that nothing was sent."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=timeout_s, connect=timeout_s / 2),
        cookie_jar=aiohttp.DummyCookieJar(),
        middlewares=(_refuse_redirects,),
    )


async def _refuse_redirects(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Whoever redirects us would be sent what people wrote, and a post might happen in two places."""
    answer = await handler(request)
    if 300 <= answer.status < 400:
        answer.close()
        raise aiohttp.RedirectClientError
    return answer


def _quiet_logger() -> logging.Logger:
    """At DEBUG the SDK logs whole messages. It asks this logger's own level and not the effective one, so the
    level is set here, whatever the root logger's is (slack_sdk 3.47)."""
    logger = logging.getLogger("bot.slack.sdk")
    logger.setLevel(logging.WARNING)
    return logger
