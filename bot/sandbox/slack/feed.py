"""What Slack pushes to the app: events with redelivery, and interactions whose answers are timed.

One event is sent to one connection; without an answer in time it comes again with the same event id, after the
delays of `Rules.retry_delays_s`. Interactions come once.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.slack.model import Refused, Rules
from bot.sandbox.trouble import PUSH_KINDS, Fault, FaultKind, Trouble
from bot.sandbox.wire import Json

REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer to one push. `latency_s` is None when none came in time."""

    where: str
    latency_s: float | None
    payload: Json | None = None
    attempt: int = 0
    reason: str = ""  # why there was no answer, in Slack's words

    @property
    def acked(self) -> bool:
        """Whether it was answered in time."""
        return self.latency_s is not None


@dataclass(slots=True)
class Parcel:
    """One push on its way. `settled` is called once for each attempt, with why when there was no answer."""

    type: str  # events_api, interactive or slash_commands
    payload: Json
    where: str
    settled: Callable[[Parcel, Ack, str], None]
    attempt: int = 0
    reason: str = ""
    deaf_s: float | None = None  # the app's answer gets lost; this long it is waited for
    sent_at: float = field(default_factory=time.monotonic)

    def answered(self, payload: Json | None) -> None:
        """The app answered."""
        latency_s = time.monotonic() - self.sent_at
        if self.deaf_s is not None:
            left_s = max(0.0, self.deaf_s - latency_s)
            asyncio.get_running_loop().call_later(left_s, self.failed, "http_timeout")
            return
        self.settled(self, Ack(self.where, latency_s, payload, self.attempt), "")

    def failed(self, reason: str) -> None:
        """No answer, for a reason in Slack's words."""
        self.settled(self, Ack(self.where, None, None, self.attempt, reason), reason)


class Transport(Protocol):
    """Carries a parcel to the app, and settles it."""

    def carry(self, parcel: Parcel) -> None:
        """Send it; `answered` or `failed` is called later, exactly once."""


class Feed:
    """Everything pushed to the app of one workspace."""

    def __init__(self, rules: Rules, trouble: Trouble, bell: Bell, chores: Chores) -> None:
        self._rules, self._trouble, self._bell, self._chores = rules, trouble, bell, chores
        self.transport: Transport | None = None
        self.acks: deque[Ack] = deque(maxlen=REMEMBERED)
        self.sent: deque[Json] = deque(maxlen=REMEMBERED)  # event callbacks, oldest first
        self._open = 0
        self.redelivered = 0
        self._numbers = itertools.count(1)

    def next_event_id(self) -> str:
        """Never the same twice."""
        return f"Ev0SAND{next(self._numbers):07d}"

    @property
    def idle(self) -> bool:
        """Whether every push was answered or given up."""
        return not self._open

    def send_event(self, payload: Json) -> None:
        """Deliver an event callback, and again until it is answered or given up."""
        if self._rules.keep_history:
            self.sent.append(payload)
        self._open += 1
        parcel = Parcel("events_api", payload, f"event.{payload['event']['type']}", self._event_settled)
        self._start(parcel)

    def _event_settled(self, parcel: Parcel, ack: Ack, reason: str) -> None:
        self._note(parcel, ack)
        again = parcel.attempt < len(self._rules.retry_delays_s)
        if ack.acked or not again:
            self._open -= 1
        else:
            self.redelivered += 1
            delay_s = self._rules.retry_delays_s[parcel.attempt]
            after = Parcel(parcel.type, parcel.payload, parcel.where, parcel.settled, parcel.attempt + 1, reason)
            self._chores.later(delay_s, lambda: self._start(after))
        self._bell.ring()

    async def interact(self, kind: str, payload: Json, where: str) -> Ack:
        """Deliver an interaction once; the answer, or one that is not `acked`."""
        outcome: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._open += 1

        def settled(parcel: Parcel, ack: Ack, _reason: str) -> None:
            self._open -= 1
            self._note(parcel, ack)
            self._bell.ring()
            if not outcome.done():
                outcome.set_result(ack)

        self._start(Parcel(kind, payload, where, settled))
        return await outcome

    def _start(self, parcel: Parcel) -> None:
        fault = self._trouble.take(parcel.where, PUSH_KINDS)
        match FaultKind(fault.kind) if fault else None:
            case FaultKind.HOLD | FaultKind.SLOW:
                self._chores.spawn(self._late(parcel, fault))
                return
            case FaultKind.LOSE:
                asyncio.get_running_loop().call_soon(parcel.failed, "connection_failed")
                return
            case FaultKind.LOSE_ANSWER:
                parcel.deaf_s = self._rules.ack_timeout_s
            case FaultKind.TWICE:
                self._open += 1
                self._carry(Parcel(parcel.type, parcel.payload, parcel.where, self._copy_settled))
        self._carry(parcel)

    async def _late(self, parcel: Parcel, fault: Fault | None) -> None:
        if fault and FaultKind(fault.kind) is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        else:
            await self._trouble.gate(parcel.where)
        self._carry(parcel)

    def _copy_settled(self, parcel: Parcel, ack: Ack, _reason: str) -> None:
        self._open -= 1
        self._note(parcel, ack)
        self._bell.ring()

    def _note(self, parcel: Parcel, ack: Ack) -> None:
        self.acks.append(ack)
        self._trouble.traffic.pushed(ack.where, "" if ack.acked else "no answer", parcel.sent_at)

    def _carry(self, parcel: Parcel) -> None:
        if self.transport is None:
            raise Refused("no_transport")
        parcel.sent_at = time.monotonic()
        self.transport.carry(parcel)
