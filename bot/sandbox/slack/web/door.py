"""Slack's addresses: the Web API, Socket Mode, uploads, files, response URLs.

A Web API call is answered 200 with `ok`, as Slack does; what a method refuses becomes `ok: false` and a word.
Source: https://docs.slack.dev/apis/web-api/
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.model import Refused
from bot.sandbox.slack.web import chat, conversations, people, screens, uploads
from bot.sandbox.slack.web.params import Params
from bot.sandbox.slack.web.responses import answer_interaction
from bot.sandbox.trouble import HTML, Answer, Fault, FaultKind, fault_headers
from bot.sandbox.wire import Json, Unreadable, json_answer, read_object

BOT, APP = "bot", "app"


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method: what it does, the scopes that each allow it, the token it wants."""

    act: Callable[[Core, Params], Json]
    scopes: tuple[str, ...] = ()
    token: str = BOT


WRITE, REACT = ("chat:write",), ("reactions:write",)
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
READ = ("channels:read", "groups:read", "im:read", "mpim:read")

# Source: https://docs.slack.dev/reference/methods (each page names the scopes)
METHODS: dict[str, Method] = {
    "apps.connections.open": Method(people.open_connection, token=APP),
    "auth.test": Method(people.auth_test),
    "chat.delete": Method(chat.delete, WRITE),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, WRITE),
    "chat.postMessage": Method(chat.post_message, WRITE),
    "chat.update": Method(chat.update, WRITE),
    "conversations.history": Method(conversations.history, HISTORY),
    "conversations.info": Method(conversations.info, READ),
    "conversations.join": Method(conversations.join, ("channels:join",)),
    "conversations.list": Method(conversations.listing, READ),
    "conversations.members": Method(conversations.members, READ),
    "conversations.open": Method(conversations.open_direct, ("im:write", "mpim:write")),
    "conversations.replies": Method(conversations.replies, HISTORY),
    "files.completeUploadExternal": Method(uploads.complete_upload, ("files:write",)),
    "files.delete": Method(uploads.delete_file, ("files:write",)),
    "files.getUploadURLExternal": Method(uploads.get_upload_url, ("files:write",)),
    "files.info": Method(uploads.file_info, ("files:read",)),
    "reactions.add": Method(people.add_reaction, REACT),
    "reactions.get": Method(people.get_reactions, ("reactions:read",)),
    "reactions.remove": Method(people.remove_reaction, REACT),
    "users.conversations": Method(conversations.of_app, READ),
    "users.info": Method(people.user_info, ("users:read",)),
    "users.list": Method(people.user_list, ("users:read",)),
    "views.open": Method(screens.open_view),
    "views.publish": Method(screens.publish_view),
    "views.push": Method(screens.push_view),
    "views.update": Method(screens.update_view),
}


class SlackDoor:
    """Answers every request below Slack's address."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows Slack's part of the address, e.g. `api/chat.postMessage`."""
        section, _, rest = path.partition("/")
        match section:
            case "api":
                return await self._call(request, rest)
            case "link":
                return await self._core.sockets.handle(request)
            case "upload":
                return await self._guarded(request, "upload", lambda: self._upload(request, rest))
            case "files":
                return await self._guarded(request, "download", lambda: self._download(request, rest))
            case "response":
                return await self._guarded(request, "response_url", lambda: self._respond(request, rest))
        return web.Response(status=404)

    async def _guarded(self, request: web.BaseRequest, where: str, act: Callable[[], Awaitable[Answer]]) -> Answer:
        return await self._core.trouble.around(request, where, act, refuse)

    async def _call(self, request: web.BaseRequest, name: str) -> Answer:
        self._core.calls[name] += 1
        return await self._core.trouble.around(request, name, lambda: self._answer(request, name), refuse)

    async def _answer(self, request: web.BaseRequest, name: str) -> web.Response:
        try:
            params = Params(await _parameters(request))
            method = _method(name)
            self._authorize(_token(request, params), method)
            answer = {"ok": True, **method.act(self._core, params)}
        except Refused as refused:
            answer = {"ok": False, "error": refused.error, **refused.extra}
        except Unreadable:
            answer = {"ok": False, "error": "invalid_json"}
        return json_answer(answer, headers=self._headers(name))

    def _headers(self, name: str) -> dict[str, str] | None:
        if name != "auth.test":
            return None
        return {"X-OAuth-Scopes": ",".join(sorted(self._core.app.scopes))}

    def _authorize(self, token: str, method: Method) -> None:
        app = self._core.app
        kinds = {app.bot_token: BOT, app.app_token: APP}
        if not token:
            raise Refused("not_authed")
        if token not in kinds:
            raise Refused("invalid_auth")
        if kinds[token] != method.token:
            raise Refused("not_allowed_token_type")
        if not self._core.installed:
            raise Refused("account_inactive")
        if method.scopes and app.scopes.isdisjoint(method.scopes):
            raise Refused("missing_scope", needed=method.scopes[0], provided=",".join(sorted(app.scopes)))

    async def _upload(self, request: web.BaseRequest, file_id: str) -> web.Response:
        content = await request.read()
        try:
            self._core.files.receive(file_id, content)
        except Refused as refused:
            return web.Response(text=refused.error, status=400)
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.BaseRequest, rest: str) -> web.Response:
        """Without a token that may read files, Slack answers its sign-in page."""
        file_id = rest.partition("/")[0]
        content = self._core.files.contents.get(file_id)
        if content is None:
            return web.Response(status=404)
        allowed = "files:read" in self._core.app.scopes
        if not allowed or _bearer(request) != self._core.app.bot_token:
            return web.Response(text=HTML, content_type="text/html")
        return web.Response(body=content, content_type=self._core.files.by_id[file_id]["mimetype"])

    async def _respond(self, request: web.BaseRequest, token: str) -> web.Response:
        try:
            answer_interaction(self._core, self._core.response_urls.spend(token), await read_object(request))
        except Refused as refused:
            return json_answer({"ok": False, "error": refused.error}, status=404)
        except Unreadable:
            return json_answer({"ok": False, "error": "invalid_payload"}, status=400)
        return web.Response(text="ok")


def _method(name: str) -> Method:
    method = METHODS.get(name)
    if method is None:
        raise Refused("unknown_method", req_method=name)
    return method


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in Slack's form. Pure."""
    if FaultKind(fault.kind) is FaultKind.ERROR:
        return json_answer({"ok": False, "error": fault.error}, headers=fault_headers(fault))
    error = "ratelimited" if fault.status == 429 else fault.error
    return json_answer({"ok": False, "error": error}, status=fault.status, headers=fault_headers(fault))


def _bearer(request: web.BaseRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def _token(request: web.BaseRequest, params: Params) -> str:
    return _bearer(request) or params.text("token")


async def _parameters(request: web.BaseRequest) -> Json:
    """From the query, a form or a JSON body; a body wins. Raises `Unreadable`."""
    if request.content_type == "application/json" and not request.query_string:
        try:
            return dict(json.loads(await request.read() or b"{}"))
        except (ValueError, TypeError) as error:
            raise Unreadable("The body is not a JSON object.") from error
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        return values | await read_object(request)
    return values | dict(await request.post())
