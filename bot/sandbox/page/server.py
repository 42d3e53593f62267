"""The page's own small web server: its files, a stream of what changed, and the acts of the people in front of it.

Promises: it listens on this machine only (`NotLoopback` for anything else), believes only browsers that opened it
under a name of this machine, and writes no log.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import resources
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.bell import NeverHappened
from bot.sandbox.page.acts import ACTS
from bot.sandbox.page.acts.given import Given
from bot.sandbox.page.emoji import emoji_json
from bot.sandbox.page.guard import FILE_HEADERS, add_headers, guard
from bot.sandbox.page.picture import Differ
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.switch import NotUp
from bot.sandbox.server import listen
from bot.sandbox.slack.model import Refused
from bot.sandbox.texts import Picture
from bot.sandbox.wire import Unreadable, json_answer, read_object
from bot.serving import end

PORT = 8765
PORTS_TRIED = 50
GATHER_S = 0.02  # changes that come together are told together
HEARTBEAT_S = 15.0
LARGEST_BODY = 64 * 1024 * 1024
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# What may be shown as a picture; anything else is downloaded.
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
SCENE: web.AppKey[Scene] = web.AppKey("scene", Scene)
STREAMS = web.AppKey("streams", set[asyncio.Task[Any]])


class PortTaken(OSError):
    """Somebody else listens there."""


@asynccontextmanager
async def serve(scene: Scene, host: str = "127.0.0.1", port: int | None = None) -> AsyncIterator[str]:
    """The page's address, served until the block ends. Without a port: 8765, or the next that is free.

    Raises `NotLoopback` and `PortTaken`.
    """
    listener = _listener(host, port)
    runner = web.AppRunner(build(scene), access_log=None, shutdown_timeout=0.5, handle_signals=False)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    shown = f"[{host}]" if ":" in host else host
    try:
        yield f"http://{shown}:{listener.getsockname()[1]}"
    finally:
        await end(runner)


def _listener(host: str, port: int | None) -> Any:
    wanted = range(PORT, PORT + PORTS_TRIED) if port is None else (port,)
    for number in wanted:
        try:
            return listen(host, number)
        except OSError:
            continue
    raise PortTaken(f"Port {port or PORT} is taken.")


def build(scene: Scene) -> web.Application:
    """The routes."""
    app = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
    app[SCENE], app[STREAMS] = scene, set()
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_end_streams)
    app.router.add_get("/", _index)
    app.router.add_get("/static/{name}", _static)
    app.router.add_get("/emoji.json", _emoji)
    app.router.add_get("/events", _events)
    app.router.add_get("/files/{id}", _file)
    app.router.add_get("/texts/{id}/{place:[0-9]+}", _picture)
    app.router.add_get("/media/{number}/{name}", _media)
    app.router.add_post("/act/{name}", _act)
    return app


# --- The page's files ---------------------------------------------------------------------------------


async def _index(_request: web.Request) -> web.Response:
    return _page_file("index.html")


async def _static(request: web.Request) -> web.Response:
    return _page_file(request.match_info["name"])


def _page_file(name: str) -> web.Response:
    known = {one.name: one for one in (resources.files("bot.sandbox.page") / "static").iterdir()}
    kind = TYPES.get(name[name.rfind(".") :])
    if name not in known or kind is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache"}
    return web.Response(body=known[name].read_bytes(), content_type=kind, charset="utf-8", headers=headers)


async def _emoji(_request: web.Request) -> web.Response:
    headers = {"Cache-Control": "max-age=86400"}
    return web.Response(body=emoji_json(), content_type="application/json", headers=headers)


# --- What members and contacts sent -------------------------------------------------------------------


async def _file(request: web.Request) -> web.Response:
    files, file_id = request.app[SCENE].sandbox.workspace.core.files, request.match_info["id"]
    content, file = files.contents.get(file_id), files.by_id.get(file_id)
    if content is None or file is None:
        raise web.HTTPNotFound
    return _download(Picture(file["name"], content, file["mimetype"]))


async def _picture(request: web.Request) -> web.Response:
    picture = await request.app[SCENE].picture(request.match_info["id"], int(request.match_info["place"]))
    if picture is None:
        raise web.HTTPNotFound
    return _download(picture)


async def _media(request: web.Request) -> web.Response:
    """A contact's picture under the name that its text gives it."""
    name = f"{request.match_info['number']}/{request.match_info['name']}"
    picture = request.app[SCENE].sandbox.textrequest.media.get(name)
    if picture is None:
        raise web.HTTPNotFound
    return _download(picture)


def _download(file: Picture) -> web.Response:
    shown = file.mimetype in SHOWN
    kind = file.mimetype if shown else "application/octet-stream"
    disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {**FILE_HEADERS, "Content-Disposition": disposition, "Cache-Control": "no-store"}
    return web.Response(body=file.content, content_type=kind, headers=headers)


# --- What happens -------------------------------------------------------------------------------------


async def _events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: everything first, then what changed."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    telling = asyncio.ensure_future(_tell(request.app[SCENE], response))
    request.app[STREAMS].add(telling)
    try:
        await asyncio.wait([telling])
    finally:
        telling.cancel()
        request.app[STREAMS].discard(telling)
    with suppress(ConnectionError, asyncio.CancelledError):
        telling.result()
    return response


async def _tell(scene: Scene, response: web.StreamResponse) -> None:
    differ, bell = Differ(), scene.sandbox.bell
    while True:
        seen = bell.rings
        news = differ.news(scene)
        if news:
            await response.write(f"data: {news}\n\n".encode())
        try:
            await bell.wait_for(lambda seen=seen: bell.rings != seen, HEARTBEAT_S)  # type: ignore[misc]  # a bound copy
        except NeverHappened:
            await response.write(b": still here\n\n")
        await asyncio.sleep(GATHER_S)


async def _end_streams(app: web.Application) -> None:
    streams: set[asyncio.Task[Any]] = app[STREAMS].copy()
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)


async def _act(request: web.Request) -> web.Response:
    """Do something; a mistake is answered 400 with a sentence."""
    act = ACTS.get(request.match_info["name"])
    if act is None:
        return _mistake("There is no such act.", 404)
    try:
        return json_answer(await act(request.app[SCENE], Given(await read_object(request))))
    except Refused as error:
        return _mistake(f"Slack refuses this: {error.error}.")
    except KeyError as error:
        return _mistake(f"There is no {error}.")
    except (LookupError, ValueError, Unreadable, NotUp) as error:
        return _mistake(str(error))


def _mistake(sentence: str, status: int = 400) -> web.Response:
    return json_answer({"error": sentence}, status)
