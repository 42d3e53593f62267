"""What Text Request posts: to every hook of an event, and to the callbacks of single texts."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.sandbox.push import Push, unsigned
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.shapes import Dashboard, Hook
from bot.sandbox.texts import Text
from bot.sandbox.wire import Json, dumps

if TYPE_CHECKING:
    from bot.sandbox.textrequest.account import Account

FAILURES_TO_DISCONNECT = 10  # in a row; observed by integrations, not documented


class Telling:
    """Posts for one account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def tell(self, event: str, dashboard: Dashboard, payload: Json, lane: str, about: Text | None = None) -> None:
        """Post to every connected hook of the event; of one `lane` one after the other."""
        for hook in self._account.hooks.values():
            if hook.event == event and hook.dashboard_id == dashboard.id and hook.connected:
                push = self._push(f"textrequest.hook.{event}", hook.url, payload, f"{hook.id}:{lane}")
                sign = self._sign if self._account.rules.sign_hooks else unsigned
                self._account.pusher.push(replace(push, sign=sign, done=partial(_answered, hook, about)))

    def call_back(self, name: str, url: str, payload: Json, lane: str) -> None:
        """Post to the callback of one text."""
        sign = self._sign if self._account.rules.sign_callbacks else unsigned
        self._account.pusher.push(replace(self._push(f"textrequest.{name}", url, payload, lane), sign=sign))

    def _push(self, where: str, url: str, payload: Json, lane: str) -> Push:
        body = dumps(payload).encode()
        return Push(where=where, url=url, body=body, content_type="application/json", lane=lane, sign=unsigned)

    def _sign(self, body: bytes) -> dict[str, str]:
        return shapes.signature_headers(self._account.api_key, body, int(time.time()))


def _answered(hook: Hook, about: Text | None, status: int | None) -> None:
    good = status is not None and 200 <= status < 300
    if about is not None and good:
        about.heard = True
    hook.failures = 0 if good else hook.failures + 1
    if hook.failures >= FAILURES_TO_DISCONNECT:
        hook.connected = False
