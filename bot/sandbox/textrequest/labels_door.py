"""Groups, tags and custom fields at Text Request's API."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.routes import Asked, Route
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.answers import Refusal, dashboard_of, no_content, paged, required
from bot.sandbox.textrequest.labels import Group
from bot.sandbox.wire import Json, json_answer


class LabelsDoor:
    """Keeps groups, and lists tags and fields."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> list[Route]:
        """Its addresses."""
        line, one = "dashboards/{}", "dashboards/{}/groups/{}"
        return [
            Route("groups", "GET", f"{line}/groups", self._groups),
            Route("create_group", "POST", f"{line}/groups", self._create),
            Route("group", "GET", one, self._group),
            Route("update_group", "PUT", one, self._update),
            Route("delete_group", "DELETE", one, self._delete),
            Route("tags", "GET", f"{line}/tags", self._tags),
            Route("fields", "GET", f"{line}/fields", self._fields),
        ]

    def _groups(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        own = [each for each in self._account.labels.groups.values() if each.dashboard_id == dashboard.id]
        return paged([self._json(group) for group in own], asked)

    def _group(self, asked: Asked) -> web.Response:
        group = self._found(asked)
        return no_content() if group is None else json_answer(self._json(group))

    def _create(self, asked: Asked) -> web.Response:
        dashboard, (name,) = dashboard_of(self._account, asked), required(asked, "name")
        return json_answer(self._json(self._account.labels.add_group(dashboard.id, name, asked.field("notes"))))

    def _update(self, asked: Asked) -> web.Response:
        group, (name,) = self._found(asked), required(asked, "name")
        if group is None:
            raise Refusal(400, "The group does not exist.")
        group.name, group.notes = name, asked.field("notes")
        return json_answer(self._json(group))

    def _delete(self, asked: Asked) -> web.Response:
        """Its contacts stay."""
        group = self._found(asked)
        if group is None:
            raise Refusal(404, "The group does not exist.")
        for contact in self._account.contacts.values():
            contact.groups = [each for each in contact.groups if each != group.id]
        del self._account.labels.groups[group.id]
        return no_content()

    def _tags(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        tags = self._account.labels.tags.values()
        return paged([each.json() for each in tags if each.dashboard_id == dashboard.id], asked)

    def _fields(self, asked: Asked) -> web.Response:
        """This list has no pages."""
        dashboard = dashboard_of(self._account, asked)
        fields = self._account.labels.fields.values()
        return json_answer([each.json() for each in fields if each.dashboard_id == dashboard.id])

    def _found(self, asked: Asked) -> Group | None:
        dashboard, name = dashboard_of(self._account, asked), asked.ids[1]
        group = self._account.labels.groups.get(int(name)) if name.isdecimal() else None
        return group if group is not None and group.dashboard_id == dashboard.id else None

    def _json(self, group: Group) -> Json:
        return group.json(sum(group.id in contact.groups for contact in self._account.contacts.values()))
