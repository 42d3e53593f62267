"""A key that ends: it is fetched before the first call, and anew when a call was refused for it.

Promise: a refused call did nothing, so it is made once more with the new key, and never a third time. Calls that
were refused together fetch one key.
Source: https://www.python-httpx.org/advanced/authentication/#custom-authentication-schemes
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx


class SessionKey(httpx.Auth):
    """Puts the key into each call's header."""

    def __init__(self, header: str, fetch: Callable[[], Awaitable[str]]) -> None:
        """`fetch` brings the header's whole value. What it raises, the call raises."""
        self._header, self._fetch = header, fetch
        self._fetching = asyncio.Lock()
        self.key: str | None = None

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """The call, and once more when it was answered 401."""
        key = await self._other_than(None)
        request.headers[self._header] = key
        response = yield request
        if response.status_code == 401:
            request.headers[self._header] = await self._other_than(key)
            yield request

    async def _other_than(self, refused: str | None) -> str:
        async with self._fetching:
            if self.key is None or self.key == refused:
                self.key = None
                self.key = await self._fetch()
            return self.key
