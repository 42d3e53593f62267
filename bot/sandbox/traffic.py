"""What went over the wires, for people to watch: from the bot and to it.

Promise: names, outcomes and times alone; no words, no number and no token of anybody. Off unless somebody watches.
"""

from __future__ import annotations

import json
import time
from collections import deque
from dataclasses import dataclass

from aiohttp import web

REMEMBERED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One request and how it ended. `outcome` is `ok`, a word of refusal, an HTTP status or `no answer`."""

    number: int
    to_bot: bool
    where: str
    outcome: str
    good: bool
    ms: float
    at: float  # seconds since 1970


class Traffic:
    """The last passages, oldest first, while `on`."""

    def __init__(self) -> None:
        self.on = False
        self.passages: deque[Passage] = deque(maxlen=REMEMBERED)
        self._made = 0

    def called(self, request: web.BaseRequest, where: str, answer: web.StreamResponse, began: float) -> None:
        """The bot called a stand-in, `began` (monotonic seconds) ago."""
        if not self.on:
            return
        if request.transport is None or request.transport.is_closing():
            self._note(where, "dropped", good=False, began=began, to_bot=False)
            return
        word = _refusal(answer)
        self._note(where, word or "ok", good=not word, began=began, to_bot=False)

    def pushed(self, where: str, refusal: str, began: float) -> None:
        """A stand-in called the bot; an empty `refusal` means that it was answered well."""
        if self.on:
            self._note(where, refusal or "ok", good=not refusal, began=began, to_bot=True)

    def _note(self, where: str, outcome: str, *, good: bool, began: float, to_bot: bool) -> None:
        self._made += 1
        passage = Passage(
            number=self._made,
            to_bot=to_bot,
            where=where,
            outcome=outcome,
            good=good,
            ms=round((time.monotonic() - began) * 1000, 1),
            at=time.time(),
        )
        self.passages.append(passage)


def _refusal(answer: web.StreamResponse) -> str:
    """Why the answer is no good one; empty when it is. Slack says no with `ok: false` and a status of 200."""
    body = answer.body if isinstance(answer, web.Response) else None
    if answer.content_type != "application/json" or not isinstance(body, bytes):
        return "" if answer.status < 400 else str(answer.status)
    try:
        value = json.loads(body)
    except ValueError:
        return "unreadable"
    said = value.get("error", "") if isinstance(value, dict) and value.get("ok") is False else ""
    if answer.status >= 400:
        return f"{answer.status} {said}".strip()
    return str(said)
