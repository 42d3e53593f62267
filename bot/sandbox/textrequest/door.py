"""Text Request's addresses: `/api/v3/…`, and the pictures of contacts.

Source: https://www.textrequest.com/api (v3)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from aiohttp import web

from bot.sandbox.routes import Asked, Route, Routes
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Contact, Dashboard
from bot.sandbox.texts import Text, e164
from bot.sandbox.trouble import Answer, Fault, Trouble, fault_headers
from bot.sandbox.wire import Unreadable, json_answer, read_json

DEFAULT_PAGE_SIZE = 100  # seen when it is left out
LARGEST_PAGE_SIZE = 1000  # larger ones are lowered in silence
OPTED_OUT = "30050"
EVENTS = frozenset({
    "msg_received", "msg_sent", "msg_status_updated", "contact_created", "contact_updated", "location_received",
    "payment_status_updated",
})  # fmt: skip


class Refusal(Exception):
    """An error answer."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


def error_answer(status: int, message: str, code: str = "") -> web.Response:
    """The three fields of every error."""
    return json_answer({"status": status, "message": message, "errorCode": code or str(status)}, status)


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in Text Request's form. Pure."""
    body = {"status": fault.status, "message": "Refused.", "errorCode": fault.error}
    return json_answer(body, fault.status, fault_headers(fault))


class TextRequestDoor:
    """Answers every request below the stand-in's address."""

    def __init__(self, account: Account, trouble: Trouble) -> None:
        self._account, self._trouble = account, trouble
        who = "dashboards/{}/contacts/{}"
        self._routes = Routes(
            [
                Route("send", "POST", f"{who}/messages", self._send),
                Route("contact_messages", "GET", f"{who}/messages", self._contact_messages),
                Route("contact", "GET", who, self._contact),
                Route("save_contact", "POST", who, self._save_contact),
                Route("messages", "GET", "dashboards/{}/messages", self._messages),
                Route("dashboards", "GET", "dashboards", self._dashboards),
                Route("dashboard", "GET", "dashboards/{}", self._one_dashboard),
                Route("hooks", "GET", "dashboards/{}/hooks", self._hooks),
                Route("add_hook", "POST", "dashboards/{}/hooks", self._add_hook),
                Route("reconnect_hook", "PUT", "dashboards/{}/hooks/{}", self._reconnect_hook),
                Route("delete_hook", "DELETE", "dashboards/{}/hooks/{}", self._delete_hook),
            ]
        )

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
        if path.startswith("media/"):
            return self._media(path.removeprefix("media/"))
        found = self._routes.find(request.method, path.removeprefix("api/v3/"))
        if found is None or not path.startswith("api/v3/"):
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
            return act(Asked(ids, request.query, await read_json(request)))
        except Refusal as refusal:
            return error_answer(refusal.status, refusal.message, refusal.code)
        except Unreadable as error:
            return error_answer(400, str(error))

    def _media(self, name: str) -> web.Response:
        picture = self._account.media.get(name)
        if picture is None:
            return web.Response(status=404)
        return web.Response(body=picture.content, content_type=picture.mimetype)

    # --- Dashboards -----------------------------------------------------------------------------------

    def _dashboard(self, asked: Asked) -> Dashboard:
        name = asked.ids[0]
        dashboard = self._account.dashboards.get(int(name)) if name.isdigit() else None
        if dashboard is None:
            raise Refusal(400, "The dashboard does not exist.")
        return dashboard

    def _dashboards(self, asked: Asked) -> web.Response:
        everything = [shapes.dashboard_json(one) for one in self._account.dashboards.values()]
        return _paged(everything, asked)

    def _one_dashboard(self, asked: Asked) -> web.Response:
        return json_answer(shapes.dashboard_json(self._dashboard(asked)))

    # --- Messages -------------------------------------------------------------------------------------

    def _number(self, asked: Asked) -> str:
        number = e164(asked.ids[1])
        if not number:
            raise Refusal(400, "The phone number is not valid.")
        return number

    def _send(self, asked: Asked) -> web.Response:
        dashboard, number = self._dashboard(asked), self._number(asked)
        if not asked.field("body"):
            raise Refusal(400, "The body is required.")
        if not asked.field("sender_name"):
            raise Refusal(400, "The sender_name is required.")
        if number in self._account.refused:
            raise Refusal(400, "The phone number cannot be texted.")
        contact = self._account.contact(dashboard, number)
        if contact.opted_out_at is not None:
            raise Refusal(400, "The contact has opted out.", OPTED_OUT)
        contact.is_archived = False
        return json_answer(shapes.message(self._account.accept(dashboard, contact, asked.body)))

    def _contact_messages(self, asked: Asked) -> web.Response:
        """Newest first: the real order is undocumented, so nothing may rest on it."""
        dashboard, number = self._dashboard(asked), self._number(asked)
        texts = [one for one in self._account.log.of_contact(number) if one.line == dashboard.number]
        if not texts:
            return web.Response(status=204)
        self._account.listed(texts)
        return _paged([shapes.message(text) for text in reversed(texts)], asked)

    def _messages(self, asked: Asked) -> web.Response:
        dashboard = self._dashboard(asked)
        texts = _chosen(self._account.log.of_line(dashboard.number), asked)
        meta, page = shapes.page_of(texts, *_page(asked))
        self._account.listed(page)
        items = [shapes.listed_message(one, self._account.contact(dashboard, one.contact)) for one in page]
        return json_answer({"meta": meta, "items": items})

    # --- Contacts -------------------------------------------------------------------------------------

    def _known(self, asked: Asked) -> tuple[Dashboard, Contact | None]:
        dashboard = self._dashboard(asked)
        return dashboard, self._account.contacts.get((dashboard.id, self._number(asked)))

    def _contact(self, asked: Asked) -> web.Response:
        dashboard, contact = self._known(asked)
        if contact is None:
            return web.Response(status=204)
        return json_answer(self._account.contact_json(dashboard, contact))

    def _save_contact(self, asked: Asked) -> web.Response:
        dashboard = self._dashboard(asked)
        contact = self._account.contact(dashboard, self._number(asked))
        contact.name = asked.field("display_name") or contact.name
        return json_answer(self._account.contact_json(dashboard, contact))

    # --- Hooks ----------------------------------------------------------------------------------------

    def _hooks(self, asked: Asked) -> web.Response:
        dashboard = self._dashboard(asked)
        own = [one for one in self._account.hooks.values() if one.dashboard_id == dashboard.id]
        return _paged([shapes.hook_json(hook) for hook in own], asked)

    def _add_hook(self, asked: Asked) -> web.Response:
        dashboard = self._dashboard(asked)
        if asked.field("event") not in EVENTS:
            raise Refusal(400, "The event is not known.")
        if not asked.field("target_url").startswith("http") or asked.field("httpVerb") != "POST":
            raise Refusal(400, "The target_url or the httpVerb is not valid.")
        hook = self._account.add_hook(dashboard.id, asked.field("event"), asked.field("target_url"))
        if hook is None:
            raise Refusal(409, "An identical hook exists.")
        return json_answer(shapes.hook_json(hook), 201)

    def _hook_id(self, asked: Asked) -> int:
        dashboard, name = self._dashboard(asked), asked.ids[1]
        hook = self._account.hooks.get(int(name)) if name.isdigit() else None
        if hook is None or hook.dashboard_id != dashboard.id:
            raise Refusal(404, "The hook does not exist.")
        return hook.id

    def _reconnect_hook(self, asked: Asked) -> web.Response:
        hook = self._account.hooks[self._hook_id(asked)]
        hook.connected, hook.failures = True, 0
        return web.Response(status=204)

    def _delete_hook(self, asked: Asked) -> web.Response:
        del self._account.hooks[self._hook_id(asked)]
        return web.Response(status=204)


def _page(asked: Asked) -> tuple[int, int]:
    return asked.number("page", 0), min(asked.number("page_size", DEFAULT_PAGE_SIZE), LARGEST_PAGE_SIZE)


def _paged(items: Sequence[object], asked: Asked) -> web.Response:
    meta, page = shapes.page_of(items, *_page(asked))
    return json_answer({"meta": meta, "items": page})


def _chosen(texts: Sequence[Text], asked: Asked) -> Sequence[Text]:
    """The texts that the query's filters leave, in its order. Raises `Refusal` for a bad value."""
    direction, sort = asked.query.get("message_direction", ""), asked.query.get("sort", "asc")
    if direction not in {"", "R", "S"} or sort not in {"asc", "desc"}:
        raise Refusal(400, "A filter's value is not valid.")
    start, end = _instant(asked, "start_date"), _instant(asked, "end_date")
    chosen = [
        text
        for text in texts
        if (not direction or text.outbound == (direction == "S"))
        and (start is None or text.at >= start)
        and (end is None or text.at <= end)
    ]
    return chosen[::-1] if sort == "desc" else chosen


def _instant(asked: Asked, name: str) -> datetime | None:
    """A filter's instant: UTC, with or without a zone. Raises `Refusal`."""
    value = asked.query.get(name, "")
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise Refusal(400, f"The {name} is not a date.") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
