"""Dashboards and their hooks at Text Request's API."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.routes import Asked, Route
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.answers import Refusal, dashboard_of, no_content, number_of, paged, required
from bot.sandbox.wire import json_answer

EVENTS = frozenset({
    "msg_received", "msg_sent", "msg_status_updated", "contact_created", "contact_updated", "location_received",
    "payment_status_updated",
})  # fmt: skip


class DashboardsDoor:
    """Makes dashboards, changes and deletes them, and keeps their hooks."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> list[Route]:
        """Its addresses."""
        line = "dashboards/{}"
        return [
            Route("dashboards", "GET", "dashboards", self._dashboards),
            Route("create_dashboard", "POST", "dashboards", self._create),
            Route("dashboard", "GET", line, self._one),
            Route("rename_dashboard", "PUT", line, self._rename),
            Route("delete_dashboard", "DELETE", line, self._delete),
            Route("hooks", "GET", f"{line}/hooks", self._hooks),
            Route("add_hook", "POST", f"{line}/hooks", self._add_hook),
            Route("reconnect_hook", "PUT", f"{line}/hooks/{{}}", self._reconnect_hook),
            Route("delete_hook", "DELETE", f"{line}/hooks/{{}}", self._delete_hook),
        ]

    def _dashboards(self, asked: Asked) -> web.Response:
        return paged([shapes.dashboard_json(one) for one in self._account.dashboards.values()], asked)

    def _one(self, asked: Asked) -> web.Response:
        return json_answer(shapes.dashboard_json(dashboard_of(self._account, asked)))

    def _create(self, asked: Asked) -> web.Response:
        name, phone = required(asked, "name", "phone")
        number = number_of(phone)
        if number in (each.number for each in self._account.dashboards.values()):
            raise Refusal(400, "The number has a dashboard.")
        return json_answer(shapes.dashboard_json(self._account.add_dashboard(name, number)))

    def _rename(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        (dashboard.name,) = required(asked, "name")
        return json_answer(shapes.dashboard_json(dashboard))

    def _delete(self, asked: Asked) -> web.Response:
        self._account.remove_dashboard(dashboard_of(self._account, asked))
        return no_content()

    # --- Hooks ----------------------------------------------------------------------------------------

    def _hooks(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        own = [one for one in self._account.hooks.values() if one.dashboard_id == dashboard.id]
        return paged([shapes.hook_json(hook) for hook in own], asked)

    def _add_hook(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        if asked.field("event") not in EVENTS:
            raise Refusal(400, "The event is not known.")
        if not asked.field("target_url").startswith("http") or asked.field("httpVerb") != "POST":
            raise Refusal(400, "The target_url or the httpVerb is not valid.")
        hook = self._account.add_hook(dashboard.id, asked.field("event"), asked.field("target_url"))
        if hook is None:
            raise Refusal(409, "An identical hook exists.")
        return json_answer(shapes.hook_json(hook), 201)

    def _hook_id(self, asked: Asked) -> int:
        dashboard, name = dashboard_of(self._account, asked), asked.ids[1]
        hook = self._account.hooks.get(int(name)) if name.isdigit() else None
        if hook is None or hook.dashboard_id != dashboard.id:
            raise Refusal(404, "The hook does not exist.")
        return hook.id

    def _reconnect_hook(self, asked: Asked) -> web.Response:
        hook = self._account.hooks[self._hook_id(asked)]
        hook.connected, hook.failures = True, 0
        return no_content()

    def _delete_hook(self, asked: Asked) -> web.Response:
        del self._account.hooks[self._hook_id(asked)]
        return no_content()
