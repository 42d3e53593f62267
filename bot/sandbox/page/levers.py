"""The panel *Trouble*: what can go wrong, as levers that are on or off, or strike once.

Each lever is one line of `LEVERS`; what it does is a fault of bot/sandbox/trouble.py, or named in `Levers`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.sandbox.gate import Gate
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault, FaultKind
from bot.sandbox.wire import Json

SLACK, PROVIDER, HOOKS = "Slack", "The text provider", "Webhooks and receipts"
STRUCK_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Lever:
    """One line of the panel. Without a fault it can only be on or off."""

    id: str
    group: str
    title: str
    why: str  # what to look for
    fault: Fault | None = None


def _lever(id_: str, group: str, words: tuple[str, str], where: str, fault: Fault | FaultKind) -> Lever:
    made = replace(fault, where=where) if isinstance(fault, Fault) else Fault(where=where, kind=fault)
    return Lever(id_, group, *words, made)


def _slow(seconds: float) -> Fault:
    return Fault(where="", kind=FaultKind.SLOW, seconds=seconds)


def _status(status: int, retry_after_s: int | None = None) -> Fault:
    return Fault(where="", kind=FaultKind.STATUS, status=status, retry_after_s=retry_after_s)


SEND, ORDER, POST, HOOK, RECEIPT = (
    "textrequest.send",
    "clicksend.[vflp]*_send",
    "chat.postMessage",
    "textrequest.hook.msg_received",
    "textrequest.status_callback",
)
LEVERS: tuple[Lever, ...] = (
    Lever(
        "provider_unreachable",
        PROVIDER,
        "Cannot be reached",
        "Replies wait with ⏳ and go out once it is back.",
    ),
    _lever(
        "provider_slow",
        PROVIDER,
        ("Answers after 5 seconds", "⏳ appears on the reply until the answer is there."),
        SEND,
        _slow(5),
    ),
    _lever(
        "provider_429",
        PROVIDER,
        ("Too many requests (429)", "The reply waits as long as the provider asks, then goes out once."),
        SEND,
        _status(429, 3),
    ),
    _lever(
        "provider_500",
        PROVIDER,
        ("Server error (500)", "Nobody can know whether it went out: ❔ and a person decides."),
        SEND,
        _status(500),
    ),
    _lever(
        "provider_drop",
        PROVIDER,
        (
            "Sends, then drops the connection",
            "The phone has the text, the answer is lost. It is never sent twice.",
        ),
        SEND,
        FaultKind.DROP_AFTER,
    ),
    _lever(
        "order_500",
        PROVIDER,
        (
            "An order meets a server error (500)",
            "Nobody can know whether a call, a fax or a letter went out: ❔ and a person decides.",
        ),
        ORDER,
        _status(500),
    ),
    _lever(
        "hook_twice",
        HOOKS,
        ("A text's webhook comes twice", "It is shown once in Slack."),
        HOOK,
        FaultKind.TWICE,
    ),
    _lever(
        "hook_lost_answer",
        HOOKS,
        ("The answer to a webhook gets lost", "The bot has the text, the provider thinks it has not."),
        HOOK,
        FaultKind.LOSE_ANSWER,
    ),
    _lever(
        "hook_lost",
        HOOKS,
        ("A text's webhook never arrives", "The bot finds the text when it next looks: within ten seconds here."),
        HOOK,
        FaultKind.LOSE,
    ),
    Lever("no_receipts", HOOKS, "No delivery receipts", "Replies stay at 📨: the provider has them, and no more."),
    _lever(
        "receipt_twice",
        HOOKS,
        ("Receipts come twice", "The reaction does not flicker and never steps back."),
        RECEIPT,
        FaultKind.TWICE,
    ),
    _lever(
        "slack_slow",
        SLACK,
        ("Answers after 5 seconds", "Texts come late into the thread, in their order."),
        "chat.*",
        _slow(5),
    ),
    _lever(
        "slack_429",
        SLACK,
        ("Rate limit (429)", "The bot waits as long as Slack asks, then goes on in order."),
        POST,
        _status(429, 3),
    ),
    _lever(
        "slack_500",
        SLACK,
        ("Server error (503)", "The bot asks whether the post is there before it repeats it."),
        POST,
        _status(503),
    ),
    _lever(
        "slack_drop",
        SLACK,
        ("Posts, then drops the connection", "The message is there. The bot finds it and does not post it twice."),
        POST,
        FaultKind.DROP_AFTER,
    ),
    _lever(
        "event_twice",
        SLACK,
        ("Each event comes twice", "A reply is texted once."),
        "event.*",
        FaultKind.TWICE,
    ),
    _lever(
        "event_late",
        SLACK,
        ("Messages reach the bot 5 seconds late", "Nothing is lost, and the order of a thread stays."),
        "event.message",
        _slow(5),
    ),
    _lever(
        "no_acks",
        SLACK,
        ("The bot's answers to clicks get lost", "What Slack shows when an app does not answer within 3 seconds."),
        "[is][nl]*",  # interactive.… and slash.…
        FaultKind.LOSE_ANSWER,
    ),
)
BY_ID: Mapping[str, Lever] = {lever.id: lever for lever in LEVERS}


class Levers:
    """The levers of one page."""

    def __init__(self, sandbox: Sandbox, gate: Gate | None) -> None:
        self._sandbox, self._gate = sandbox, gate
        self._held: dict[str, Fault] = {}  # levers that are on
        self._once: dict[str, list[Fault]] = {}
        self._statuses = sandbox.textrequest.rules.statuses

    def state(self) -> Json:
        """Which are on, how many single strikes are waiting, and what struck last."""
        struck = self._sandbox.trouble.struck
        return {
            "levers": [self._shown(lever) for lever in LEVERS if lever.fault or self._plain(lever.id) is not None],
            "struck": struck[-STRUCK_SHOWN:],
            "strikes": len(struck),
        }

    def _shown(self, lever: Lever) -> Json:
        waiting = [one for one in self._once.get(lever.id, ()) if self._sandbox.trouble.armed(one)]
        self._once[lever.id] = waiting
        return {
            "id": lever.id,
            "group": lever.group,
            "title": lever.title,
            "why": lever.why,
            "on": lever.id in self._held if lever.fault else bool(self._plain(lever.id)),
            "can_strike_once": lever.fault is not None,
            "waiting": len(waiting),
        }

    def _plain(self, lever_id: str) -> bool | None:
        """Whether a lever without a fault is on; None when there is no such thing here."""
        if lever_id == "provider_unreachable":
            return None if self._gate is None else not self._gate.is_open
        return not self._sandbox.textrequest.rules.statuses

    async def turn(self, lever_id: str, *, on: bool) -> None:
        """Switch a lever on or off. Raises `KeyError`."""
        lever = BY_ID[lever_id]
        if lever.fault is None:
            await self._turners[lever_id](on)
        elif on and lever_id not in self._held:
            self._held[lever_id] = self._armed(lever.fault, times=0)
        elif not on:
            for fault in (*self._once.pop(lever_id, ()), self._held.pop(lever_id, None)):
                if fault is not None:
                    self._sandbox.trouble.withdraw(fault)
        self._sandbox.bell.ring()

    def strike_once(self, lever_id: str) -> None:
        """Let it happen the next time only. Raises `KeyError` and `ValueError`."""
        lever = BY_ID[lever_id]
        if lever.fault is None:
            raise ValueError("This can only be switched on and off.")
        self._once.setdefault(lever_id, []).append(self._armed(lever.fault, times=1))
        self._sandbox.bell.ring()

    async def all_off(self) -> None:
        """Everything works again."""
        for lever in LEVERS:
            if lever.fault or self._plain(lever.id):
                await self.turn(lever.id, on=False)
        self._sandbox.trouble.clear()

    def _armed(self, fault: Fault, *, times: int) -> Fault:
        made = replace(fault, times=times)
        self._sandbox.trouble.add(made)
        return made

    @property
    def _turners(self) -> Mapping[str, Callable[[bool], Awaitable[None]]]:
        return {"provider_unreachable": self._turn_gate, "no_receipts": self._turn_receipts}

    async def _turn_gate(self, on: bool) -> None:
        if self._gate is not None:
            await (self._gate.shut() if on else self._gate.open())

    async def _turn_receipts(self, on: bool) -> None:
        self._sandbox.textrequest.rules.statuses = () if on else self._statuses
