"""Aranda's addresses below `/asmsadapter/api/`: who may ask, and what a refusal looks like. Behind the same door
are those of the instance itself.

Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
Source: https://learn.microsoft.com/en-us/connectors/arandaservicemanagem/ (its errors)
"""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.sandbox.asms.account import Account
from bot.sandbox.asms.desk import Desk
from bot.sandbox.asms.menus import menu_routes
from bot.sandbox.asms.own_door import BASE as OWN
from bot.sandbox.asms.own_door import OwnDoor
from bot.sandbox.asms.refusal import Refusal
from bot.sandbox.asms.shelves import Shelves
from bot.sandbox.routes import Asked, Routes
from bot.sandbox.trouble import Answer, Fault, FaultKind, Trouble, fault_headers
from bot.sandbox.wire import Unreadable, json_answer, read_object

BASE = "asmsadapter/api/"


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in Aranda's form. Pure."""
    word = fault.error if FaultKind(fault.kind) is FaultKind.ERROR else ""
    return json_answer({"message": word}, fault.status, fault_headers(fault))


class AsmsDoor:
    """Answers every request below the stand-in's address."""

    def __init__(self, account: Account, trouble: Trouble) -> None:
        self._account, self._trouble = account, trouble
        self._own = OwnDoor(account, trouble, refuse)
        self._routes = Routes([*Desk(account).routes(), *Shelves(account).routes(), *menu_routes()])

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
        if path.startswith(OWN):
            return await self._own.handle(request, path)
        found = self._routes.find(request.method, path.removeprefix(BASE))
        if found is None or not path.startswith(BASE):
            return web.Response(status=404)
        route, ids = found
        if route.name in self._account.rules.missing:
            return web.Response(status=404)
        return await self._trouble.around(
            request, f"asms.{route.name}", lambda: self._answer(request, route.act, ids), refuse
        )

    async def _answer(
        self, request: web.BaseRequest, act: Callable[[Asked], web.Response], ids: tuple[str, ...]
    ) -> web.Response:
        if request.headers.get("TokenAsms") != self._account.token:
            return web.Response(status=401)
        if request.headers.get("UrlAsms") != self._account.instance_url:
            return json_answer({"message": "Parameter name: UrlAsms"}, 400)
        try:
            return act(Asked(ids, request.query, await read_object(request)))
        except Refusal as refusal:
            return json_answer({"message": str(refusal)}, refusal.status)
        except Unreadable as error:
            return json_answer({"message": str(error)}, 400)
