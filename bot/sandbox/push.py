"""Webhooks that a provider's stand-in posts to the bot.

Pushes of one lane leave one after another, each when the one before it was answered; lanes do not wait for each
other. Trouble may hold, repeat or lose a push, or lose its answer.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import aiohttp

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.trouble import PUSH_KINDS, Fault, FaultKind, Trouble

Sign = Callable[[bytes], Mapping[str, str]]


def unsigned(_body: bytes) -> Mapping[str, str]:
    """For providers that sign nothing."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One webhook. `done` is told the HTTP status, or None when no answer came, after each attempt."""

    where: str  # for trouble, e.g. `textrequest.hook.msg_sent`
    url: str
    body: bytes
    content_type: str
    lane: str
    sign: Sign = unsigned
    retry_delays_s: tuple[float, ...] = ()
    done: Callable[[int | None], None] = lambda _status: None


@dataclass(slots=True)
class _Lane:
    waiting: deque[tuple[Push, bool]] = field(default_factory=deque)  # whether trouble had its turn already


class Pusher:
    """Posts webhooks from the background."""

    def __init__(self, bell: Bell, trouble: Trouble, timeout_s: float = 15.0) -> None:
        self._bell, self._trouble, self._timeout_s = bell, trouble, timeout_s
        self._lanes: dict[str, _Lane] = {}
        self._chores = Chores()
        self._session: aiohttp.ClientSession | None = None
        self._open = 0
        self.answers: Counter[str] = Counter()  # "<where> <status>"

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way, held or waiting to be repeated."""
        return not self._open

    def push(self, push: Push) -> None:
        """Post it as soon as its lane is free."""
        self._open += 1
        self._queue(push, troubled=False)

    def _queue(self, push: Push, *, troubled: bool) -> None:
        lane = self._lanes.get(push.lane)
        if lane is None:
            lane = self._lanes[push.lane] = _Lane()
            self._chores.spawn(self._work(push.lane, lane))
        lane.waiting.append((push, troubled))

    async def close(self) -> None:
        """Stop everything; what is still waiting is never posted."""
        await self._chores.close()
        if self._session is not None:
            await self._session.close()

    def session(self) -> aiohttp.ClientSession:
        """The one HTTP session, made at the first push."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._session

    async def _work(self, name: str, lane: _Lane) -> None:
        while lane.waiting:
            push, troubled = lane.waiting.popleft()
            fault = None if troubled else self._trouble.take(push.where, PUSH_KINDS)
            kind = FaultKind(fault.kind) if fault else None
            if fault and kind in {FaultKind.HOLD, FaultKind.SLOW}:
                self._chores.spawn(self._overtaken(push, fault))
            else:
                await self._deliver(push, kind)
        del self._lanes[name]

    async def _overtaken(self, push: Push, fault: Fault) -> None:
        """Go to the end of the lane, once it is time."""
        if FaultKind(fault.kind) is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        else:
            await self._trouble.gate(push.where)
        self._queue(push, troubled=True)

    async def _deliver(self, push: Push, kind: FaultKind | None) -> None:
        began = time.monotonic()
        status = None if kind is FaultKind.LOSE else await self._post(push)
        if kind is FaultKind.TWICE:
            status = await self._post(push)
        if kind is FaultKind.LOSE_ANSWER:
            status = None
        self._settle(push, status, began)
        if (status is None or status >= 300) and push.retry_delays_s:
            self._chores.spawn(self._again(push))
        else:
            self._open -= 1
            self._bell.ring()

    async def _again(self, push: Push) -> None:
        status: int | None = None
        for delay_s in push.retry_delays_s:
            await asyncio.sleep(delay_s)
            began = time.monotonic()
            status = await self._post(push)
            self._settle(push, status, began)
            if status is not None and status < 300:
                break
        self._open -= 1
        self._bell.ring()

    def _settle(self, push: Push, status: int | None, began: float) -> None:
        refusal = "no answer" if status is None else str(status) if status >= 300 else ""
        self._trouble.traffic.pushed(push.where, refusal, began)
        self.answers[f"{push.where} {status}"] += 1
        push.done(status)
        self._bell.ring()

    async def _post(self, push: Push) -> int | None:
        headers = {"Content-Type": push.content_type, **push.sign(push.body)}
        timeout = aiohttp.ClientTimeout(total=self._timeout_s)
        try:
            async with self.session().post(push.url, data=push.body, headers=headers, timeout=timeout) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return None
