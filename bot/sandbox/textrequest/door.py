"""Text Request's addresses: `/api/v3/…`, the files of texts, and the links that contacts open.

Source: https://www.textrequest.com/api (v3)
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from aiohttp import web

from bot.sandbox.routes import Asked, Routes
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.answers import Refusal, error_answer
from bot.sandbox.textrequest.contacts_door import ContactsDoor
from bot.sandbox.textrequest.dashboards_door import DashboardsDoor
from bot.sandbox.textrequest.labels_door import LabelsDoor
from bot.sandbox.textrequest.payments_door import PaymentsDoor
from bot.sandbox.textrequest.texts_door import TextsDoor
from bot.sandbox.texts import Picture
from bot.sandbox.trouble import Answer, Fault, Trouble, fault_headers
from bot.sandbox.wire import Unreadable, json_answer, read_json

API = "api/v3/"
WHERE_CONTACTS_ARE = (35.0456, -85.3097)


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in Text Request's form. Pure."""
    body = {"status": fault.status, "message": "Refused.", "errorCode": fault.error}
    return json_answer(body, fault.status, fault_headers(fault))


class TextRequestDoor:
    """Answers every request below the stand-in's address."""

    def __init__(self, account: Account, trouble: Trouble) -> None:
        self._account, self._trouble = account, trouble
        doors = (TextsDoor, ContactsDoor, LabelsDoor, PaymentsDoor, DashboardsDoor)
        self._routes = Routes([route for door in doors for route in door(account).routes()])

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
        section, _, rest = path.partition("/")
        opened = {"media": self._media, "pay": self._pay, "where": self._where}.get(section)
        if opened is not None:
            return opened(rest) if request.method == "GET" else web.Response(status=405)
        found = self._routes.find(request.method, path.removeprefix(API))
        if found is None or not path.startswith(API):
            return web.Response(status=404)
        route, ids = found
        return await self._trouble.around(
            request, f"textrequest.{route.name}", lambda: self._answer(request, route.act, ids), refuse
        )

    async def _answer(
        self, request: web.BaseRequest, act: Callable[[Asked], web.Response], ids: tuple[str, ...]
    ) -> web.Response:
        if request.headers.get("x-api-key") != self._account.api_key:
            return error_answer(401, "Invalid API key.")
        try:
            return act(Asked(ids, request.query, await _read_body(request)))
        except Refusal as refusal:
            return error_answer(refusal.status, refusal.message, refusal.code)
        except Unreadable as error:
            return error_answer(400, str(error))

    # --- What contacts open ---------------------------------------------------------------------------

    def _media(self, name: str) -> web.Response:
        picture = self._account.media.get(name)
        if picture is None:
            return web.Response(status=404)
        return web.Response(body=picture.content, content_type=picture.mimetype)

    def _pay(self, token: str) -> web.Response:
        """Opening the link pays."""
        payment = self._account.payments.open_link(token)
        if payment is None:
            return web.Response(status=404)
        return _shown(f"{payment.dashboard.name}: {payment.dollars}, {payment.status}")

    def _where(self, token: str) -> web.Response:
        """Opening the link shares where the contact is."""
        shared = self._account.share_location(token, *WHERE_CONTACTS_ARE)
        return _shown("Your location is shared.") if shared else web.Response(status=404)


def _shown(sentence: str) -> web.Response:
    page = f"<!DOCTYPE html><title>Text Request</title><h1>{escape(sentence)}</h1>"
    return web.Response(text=page, content_type="text/html")


async def _read_body(request: web.BaseRequest) -> Any:
    """JSON, or the file of a form; None for a form without one. Raises `Unreadable`."""
    if request.content_type != "multipart/form-data":
        return await read_json(request)
    file = (await request.post()).get("file")
    if not isinstance(file, web.FileField):
        return None
    return Picture(file.filename, file.file.read(), file.content_type)
