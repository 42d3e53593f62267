"""Trouble on request: slow answers, refusals, dropped connections, lost, repeated and overtaking hooks.

A fault names where it strikes (`chat.postMessage`, `textrequest.send`, `textrequest.hook.msg_sent`,
`event.message`; `*` and `?` work as in file names) and how often. Faults of one place strike in the order they
were added. Without faults a request costs one test of an empty list.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from aiohttp import web

from bot.sandbox.bell import Bell
from bot.sandbox.traffic import Traffic

Answer = web.StreamResponse
GARBAGE = b'{"ok": tru'
HTML = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"


class FaultKind(StrEnum):
    """What goes wrong."""

    SLOW = "slow"  # answers after `seconds`
    STATUS = "status"  # does nothing and answers the HTTP status, with Retry-After if given
    ERROR = "error"  # does nothing and answers the stand-in's refusal with the word `error`
    DROP = "drop"  # does nothing and drops the connection
    DROP_AFTER = "drop_after"  # does it, then drops the connection
    GARBAGE = "garbage"  # does it, then answers half a JSON object
    HTML = "html"  # does it, then answers a web page
    HOLD = "hold"  # does nothing until released, then as if nothing had been; a push waits in the same way
    HOLD_AFTER = "hold_after"  # does it, and keeps the answer back until released
    TWICE = "twice"  # pushes only: delivered two times
    LOSE_ANSWER = "lose_answer"  # pushes only: the bot's answer never reaches the stand-in
    LOSE = "lose"  # pushes only: never delivered


PUSH_KINDS = frozenset({FaultKind.HOLD, FaultKind.TWICE, FaultKind.LOSE_ANSWER, FaultKind.LOSE, FaultKind.SLOW})
CALL_KINDS = frozenset(FaultKind) - {FaultKind.TWICE, FaultKind.LOSE_ANSWER, FaultKind.LOSE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong, `times` times (0: until cleared), after `after` undisturbed ones."""

    where: str
    kind: FaultKind | str
    times: int = 1
    after: int = 0
    seconds: float = 0.0
    status: int = 500
    error: str = "internal_error"
    retry_after_s: int | None = None


class _Armed:
    """A fault and how often it still strikes."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.kind = FaultKind(fault.kind)
        self.left = fault.times if fault.times else -1
        self.passes = fault.after

    def strikes(self, where: str, kinds: frozenset[FaultKind]) -> bool:
        if not self.left or self.kind not in kinds or not fnmatchcase(where, self.fault.where):
            return False
        if self.passes:
            self.passes -= 1
            return False
        self.left -= 1
        return True

    def holds_for_ever(self, where: str) -> bool:
        holds = self.kind in {FaultKind.HOLD, FaultKind.HOLD_AFTER}
        return holds and self.left < 0 and fnmatchcase(self.fault.where, where)


class Trouble:
    """The faults of one sandbox."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._armed: list[_Armed] = []
        self._held: list[tuple[str, asyncio.Future[None]]] = []
        self.struck: list[str] = []  # "<where> <kind>", in order
        self.traffic = Traffic()

    def add(self, fault: Fault) -> None:
        """Arm a fault. Raises `ValueError` for an unknown kind."""
        self._armed.append(_Armed(fault))

    def withdraw(self, fault: Fault) -> None:
        """Disarm this fault, and let go what it holds; harmless when it is used up."""
        self._armed = [armed for armed in self._armed if armed.fault is not fault]
        if FaultKind(fault.kind) in {FaultKind.HOLD, FaultKind.HOLD_AFTER}:
            self.release(fault.where)

    def armed(self, fault: Fault) -> bool:
        """Whether this fault can still strike."""
        return any(armed.fault is fault and armed.left for armed in self._armed)

    def clear(self) -> None:
        """Disarm every fault and release whatever is held."""
        self._armed.clear()
        self.release()

    @property
    def held(self) -> list[str]:
        """The places where something waits for `release`, oldest first."""
        return [where for where, gate in self._held if not gate.done()]

    def release(self, where: str = "*", *, newest_first: bool = False) -> int:
        """Let go what is held at places matching `where`, and end endless holds there; returns how many."""
        self._armed = [armed for armed in self._armed if not armed.holds_for_ever(where)]
        chosen = [pair for pair in self._held if fnmatchcase(pair[0], where)]
        self._held = [pair for pair in self._held if pair not in chosen]
        for _, gate in reversed(chosen) if newest_first else chosen:
            if not gate.done():
                gate.set_result(None)
        return len(chosen)

    def take(self, where: str, kinds: frozenset[FaultKind]) -> Fault | None:
        """The fault that strikes at `where` now, used up once; None when nothing goes wrong."""
        for armed in self._armed:
            if armed.strikes(where, kinds):
                self._armed = [other for other in self._armed if other.left]
                self.struck.append(f"{where} {armed.kind}")
                return armed.fault
        return None

    async def gate(self, where: str) -> None:
        """Wait here until released."""
        gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._held.append((where, gate))
        self._bell.ring()
        await gate

    async def around(
        self,
        request: web.BaseRequest,
        where: str,
        act: Callable[[], Awaitable[Answer]],
        refuse: Callable[[Fault], Answer],
    ) -> Answer:
        """Answer one request with `act`, or as the fault that strikes there wants it."""
        began = time.monotonic()
        fault = self.take(where, CALL_KINDS) if self._armed else None
        answer = await (act() if fault is None else self._struck_by(fault, request, where, act, refuse))
        if self.traffic.on:
            self.traffic.called(request, where, answer, began)
            self._bell.ring()
        return answer

    async def _struck_by(
        self,
        fault: Fault,
        request: web.BaseRequest,
        where: str,
        act: Callable[[], Awaitable[Answer]],
        refuse: Callable[[Fault], Answer],
    ) -> Answer:
        match FaultKind(fault.kind):
            case FaultKind.STATUS | FaultKind.ERROR:
                return refuse(fault)
            case FaultKind.DROP:
                return drop(request)
            case FaultKind.SLOW:
                await asyncio.sleep(fault.seconds)
            case FaultKind.HOLD:
                await self.gate(where)
            case _:
                return await self._afterwards(request, where, fault, await act())
        return await act()

    async def _afterwards(self, request: web.BaseRequest, where: str, fault: Fault, answer: Answer) -> Answer:
        """What reaches the caller of a thing that was done."""
        match FaultKind(fault.kind):
            case FaultKind.DROP_AFTER:
                return drop(request)
            case FaultKind.GARBAGE:
                return web.Response(body=GARBAGE, content_type="application/json")
            case FaultKind.HTML:
                return web.Response(text=HTML, content_type="text/html")
            case _:
                await self.gate(where)
        return answer


def drop(request: web.BaseRequest) -> web.Response:
    """Cut the connection; the response returned is never written."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def fault_headers(fault: Fault) -> dict[str, str]:
    """The headers of a refusal: Retry-After when the fault names it."""
    return {} if fault.retry_after_s is None else {"Retry-After": str(fault.retry_after_s)}
