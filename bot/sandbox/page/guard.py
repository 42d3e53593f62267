"""Who may use the page: a browser that opened it under a name of this machine, and nobody else.

Promises: a request under any other name is refused (a foreign site that makes its own name point at this machine
gets nothing), an act from another site is refused, and nothing but the page's own files is ever loaded by it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Files of members and contacts are shown as pictures or downloaded; none of them ever acts as a page.
FILE_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox"}


def own_name(host: str) -> bool:
    """Whether a Host header names this machine, with whatever port: an SSH tunnel has its own. Pure."""
    try:
        return urlsplit(f"//{host}").hostname in NAMES
    except ValueError:
        return False


def same_origin(origin: str | None, host: str) -> bool:
    """Whether an act comes from the page itself; a caller that is no browser sends no Origin. Pure."""
    return origin is None or origin == f"http://{host}"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse strangers, and add the headers that keep the page to itself."""
    refusal = _refusal(request)
    if refusal:
        return web.Response(status=403, text=refusal, headers=HEADERS)
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """For every answer, also a stream's and an error's."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _refusal(request: web.Request) -> str:
    if not own_name(request.host):
        return "This page answers on this machine only."
    if request.method not in {"GET", "HEAD"}:
        if not same_origin(request.headers.get("Origin"), request.host):
            return "This page takes no orders from other sites."
        if request.content_type != "application/json":
            return "This page takes JSON only."
    return ""
