"""The instance's own addresses, below `/ASMSAPI/api/v9/`: who may ask, and what a refusal looks like.

Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html (and the pages beside it)
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.asms.account import Account
from bot.sandbox.asms.own_desk import OwnDesk
from bot.sandbox.asms.own_menus import own_menu_routes
from bot.sandbox.asms.refusal import Refusal
from bot.sandbox.routes import Asked, Route, Routes
from bot.sandbox.trouble import Answer, Fault, Trouble
from bot.sandbox.wire import Unreadable, json_answer, read_json

BASE = "ASMSAPI/api/v9/"
LOGIN = "login"


class OwnDoor:
    """Answers what is asked of the instance itself."""

    def __init__(self, account: Account, trouble: Trouble, refuse: Callable[[Fault], web.Response]) -> None:
        self._account, self._trouble, self._refuse = account, trouble, refuse
        self._routes = Routes(
            [
                Route(LOGIN, "POST", "authentication", self._log_in),
                Route("logout", "POST", "authentication/logout", self._log_out),
                *OwnDesk(account).routes(),
                *own_menu_routes(),
            ]
        )

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
        found = self._routes.find(request.method, path.removeprefix(BASE))
        if found is None or found[0].name in self._account.rules.missing:
            return web.Response(status=404)
        route, ids = found
        return await self._trouble.around(
            request, f"asms.{route.name}", lambda: self._answer(request, route, ids), self._refuse
        )

    async def _answer(self, request: web.BaseRequest, route: Route, ids: tuple[str, ...]) -> web.Response:
        key = request.headers.get("X-Authorization", "")
        if route.name != LOGIN and key.removeprefix("Bearer ") not in (
            self._account.token,
            *self._account.sessions,
        ):
            return web.Response(status=401, text="<html>IIS</html>", content_type="text/html")
        try:
            return route.act(Asked(ids, request.query, await _body(request)))
        except Refusal as refusal:
            return json_answer({"message": str(refusal)}, refusal.status)
        except Unreadable as error:
            return json_answer({"message": str(error)}, 400)

    def _log_in(self, asked: Asked) -> web.Response:
        if (asked.field("userName"), asked.field("password")) != (self._account.username, self._account.password):
            raise Refusal(400, "InvalidUser")
        token = secrets.token_hex(8)
        self._account.sessions.add(token)
        return json_answer({"token": token, "renewToken": secrets.token_hex(8)})

    def _log_out(self, _: Asked) -> web.Response:
        self._account.sessions.clear()
        return web.Response()


async def _body(request: web.BaseRequest) -> Any:
    if request.content_type == "multipart/form-data":
        return dict(await request.post())
    return await read_json(request)
