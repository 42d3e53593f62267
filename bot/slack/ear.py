"""One Socket Mode connection of its own, for watching how Slack delivers events.

Promise: it answers nothing unless it is told to, so whatever else it hears comes again, to another connection.
Source: https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError

CONNECT_S = 15.0

# At DEBUG and INFO the SDK logs whole payloads. It asks this logger's own level.
_quiet = logging.getLogger("bot.slack.ear")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event as it was delivered. `attempt` is 0 the first time; `channel` and `ts` are a message's."""

    id: str
    event_id: str
    channel: str
    ts: str
    attempt: int


class Ear:
    """What `listen` opened."""

    def __init__(self, client: SocketModeClient) -> None:
        self._client = client
        self._heard: asyncio.Queue[Envelope] = asyncio.Queue()
        self._greeted: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        client.message_listeners.append(self._on_frame)
        client.socket_mode_request_listeners.append(self._on_request)

    async def connections(self) -> int:
        """How many connections the app has, this one included, as Slack said in its greeting."""
        return await self._greeted

    async def next(self) -> Envelope:
        """The next event that is heard."""
        return await self._heard.get()

    async def answer(self, envelope: Envelope) -> None:
        """Acknowledge it."""
        await self._client.send_socket_mode_response(SocketModeResponse(envelope.id))

    async def _on_frame(
        self, _client: AsyncBaseSocketModeClient, frame: Mapping[str, object], _raw: str | None
    ) -> None:
        count = frame.get("num_connections")
        if frame.get("type") == "hello" and not self._greeted.done():
            self._greeted.set_result(count if isinstance(count, int) else 1)

    async def _on_request(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if request.type == "events_api":
            self._heard.put_nowait(read_envelope(request))


def read_envelope(request: SocketModeRequest) -> Envelope:
    """What matters of an event's envelope. Pure."""
    event = request.payload.get("event")
    fields: Mapping[str, object] = event if isinstance(event, Mapping) else {}
    return Envelope(
        id=request.envelope_id,
        event_id=str(request.payload.get("event_id", "")),
        channel=str(fields.get("channel", "")),
        ts=str(fields.get("ts", "")),
        attempt=request.retry_attempt or 0,
    )


@contextlib.asynccontextmanager
async def listen(app_token: str, api_url: str) -> AsyncIterator[Ear]:
    """Be connected while the block runs. Raises `SlackError` when that does not work in time.

    Check the token before: the SDK tries a wrong one for ever.
    """
    _quiet.setLevel(logging.CRITICAL)
    web = AsyncWebClient(base_url=api_url, logger=_quiet, retry_handlers=[])
    client = SocketModeClient(app_token, logger=_quiet, web_client=web)
    ear = Ear(client)
    try:
        try:
            async with asyncio.timeout(CONNECT_S):
                await client.connect()  # type: ignore[no-untyped-call]  # theirs
                await ear.connections()
        except TimeoutError:
            raise SlackError("unreachable") from None
        yield ear
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # theirs
