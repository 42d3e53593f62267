"""A session at Aranda, for an instance that is entered by name and password.

It ends when the instance says so, 20 minutes to a day later, and its licence is in use until then: so it is ended
when the bot stops. A password that was refused is not tried again at once: accounts are locked for less.
Source: https://docs.arandasoft.com/asms-admin/en/pages/general/Tokens_integracion.html (without one)
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import CredentialsRefused, ProviderError, Rejected
from bot.http import Api, Http, SessionKey, Turns, Wire, Words, no_answer
from bot.providers.asms.wire import NAME
from bot.providers.reading import first_of

HEADER = "x-authorization"
RESTS = timedelta(minutes=5)  # after a refusal
LEAVING_S = 3.0
LOGIN, LOGOUT = "/api/v9/authentication/", "/api/v9/authentication/logout"

_REFUSED = "Aranda refused the name and password of ASMS_USERNAME. Ask an admin to check them."


def bearer(token: str) -> str:
    """A token as the header has it; whoever copied the word before it is forgiven. Pure."""
    word, _, rest = token.strip().partition(" ")
    return f"Bearer {rest.strip() if word.lower() == 'bearer' and rest else token.strip()}"


class SessionWire(Wire):
    """What a login brings. How its `renewToken` is used is not described: a new login does the same."""

    token: Words | None = None


class Sessions:
    """Logs in when a key is wanted. `close` it."""

    def __init__(
        self, api: Api, username: str, password: str, *, clock: Callable[[], datetime], turns: Turns | None
    ) -> None:
        """`api` has no key."""
        self._api, self._clock, self._turns = api, clock, turns
        self._http = Http(api, clock=clock, turns=turns)
        self._body = {"consoleType": 1, "userName": username, "password": password, "providerId": 0}
        self._refused_at: datetime | None = None
        self.key = SessionKey(HEADER, self._log_in)

    async def _log_in(self) -> str:
        """Raises `CredentialsRefused` for a wrong password, and for a while after one."""
        now = self._clock()
        if self._refused_at is not None and now - self._refused_at < RESTS:
            raise _refusal()
        try:
            response = await self._http.search(LOGIN, self._body)
        except Rejected as error:
            self._refused_at = now
            raise _refusal() from error
        token = first_of(response.parse(SessionWire).token)
        if not token:
            raise no_answer(response.call, "unreadable")
        return bearer(token)

    async def close(self) -> None:
        """End the session there, as far as that can be done soon, and the connections."""
        await self._http.close()
        if self.key.key is None:
            return
        leaving = Http(replace(self._api, headers={**self._api.headers, HEADER: self.key.key}), clock=self._clock)
        with contextlib.suppress(ProviderError, TimeoutError):
            async with asyncio.timeout(LEAVING_S):
                await leaving.act("POST", LOGOUT)
        await leaving.close()


def _refusal() -> CredentialsRefused:
    return CredentialsRefused(_REFUSED, provider=NAME, code="no_session")
