"""Socket Mode: tickets, envelopes, acknowledgements, disconnects.

Each payload goes to one of the open sockets in turn. A socket that closes takes its unanswered envelopes with
it: they count as failed at once (unless `Rules.acks_on_another_socket`, then they wait out their time).
Source: https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.sandbox.bell import Bell
from bot.sandbox.slack.feed import Parcel
from bot.sandbox.slack.model import Refused, Rules
from bot.sandbox.wire import Json, dumps

MOST_SOCKETS = 10


@dataclass(eq=False, slots=True)
class Link:
    """One open socket."""

    request: web.BaseRequest
    socket: web.WebSocketResponse
    frames: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def write(self) -> None:
        """Send what is queued, in order, until the socket is gone."""
        while True:
            frame = await self.frames.get()
            try:
                await self.socket.send_str(frame)
            except ConnectionError:
                return


@dataclass(slots=True)
class _Pending:
    parcel: Parcel
    link: Link
    timer: asyncio.TimerHandle


class Sockets:
    """The Socket Mode connections of the app."""

    def __init__(self, rules: Rules, bell: Bell, app_id: str) -> None:
        self._rules, self._bell, self._app_id = rules, bell, app_id
        self._tickets: set[str] = set()
        self._links: list[Link] = []
        self._pending: dict[str, _Pending] = {}
        self._turn = itertools.count()
        self.opened = 0  # how many sockets there ever were

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._links)

    def ticket(self) -> str:
        """A single-use word that opens a socket. Raises `Refused` beyond ten sockets."""
        if len(self._links) >= MOST_SOCKETS:
            raise Refused("too_many_websockets")
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """The `/link` route."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._serve(Link(request, socket))
        return socket

    async def _serve(self, link: Link) -> None:
        self._links.append(link)
        self.opened += 1
        link.frames.put_nowait(dumps(self._hello()))
        writer = asyncio.create_task(link.write())
        self._bell.ring()
        try:
            async for frame in link.socket:
                if frame.type is WSMsgType.TEXT:
                    self._read(link, str(frame.data))
        finally:
            writer.cancel()
            self._gone(link)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    def _read(self, link: Link, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        pending = self._pending.get(frame.get("envelope_id", ""))
        if pending is None or (pending.link is not link and not self._rules.acks_on_another_socket):
            return
        pending.timer.cancel()
        del self._pending[frame["envelope_id"]]
        pending.parcel.answered(frame.get("payload"))

    def _gone(self, link: Link) -> None:
        self._links.remove(link)
        if not self._rules.acks_on_another_socket:
            for envelope_id in [one for one, pending in self._pending.items() if pending.link is link]:
                self._fail(envelope_id, "connection_failed")
        self._bell.ring()

    def _fail(self, envelope_id: str, reason: str) -> None:
        pending = self._pending.pop(envelope_id)
        pending.timer.cancel()
        pending.parcel.failed(reason)

    def carry(self, parcel: Parcel) -> None:
        """Send `parcel` over one of the open sockets; without any it fails at once."""
        loop = asyncio.get_running_loop()
        if not self._links:
            loop.call_soon(parcel.failed, "connection_failed")
            return
        link = self._links[next(self._turn) % len(self._links)]
        envelope_id = str(uuid.uuid4())
        timer = loop.call_later(self._rules.ack_timeout_s, self._fail, envelope_id, "http_timeout")
        self._pending[envelope_id] = _Pending(parcel, link, timer)
        link.frames.put_nowait(dumps(_envelope(envelope_id, parcel)))

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to go: `warning`, `refresh_requested` or `link_disabled`."""
        frame = dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        for link in self._links:
            link.frames.put_nowait(frame)

    def cut(self) -> None:
        """Break every connection without a word."""
        for link in self._links:
            if link.request.transport is not None:
                link.request.transport.abort()


def _envelope(envelope_id: str, parcel: Parcel) -> Json:
    envelope = {
        "envelope_id": envelope_id,
        "payload": parcel.payload,
        "type": parcel.type,
        "accepts_response_payload": parcel.type != "events_api",
    }
    if parcel.type == "events_api":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope
