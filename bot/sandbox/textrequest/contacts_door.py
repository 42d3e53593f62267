"""Contacts at Text Request's API."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.routes import Asked, Route
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.answers import Refusal, dashboard_of, no_content, number_of, paged
from bot.sandbox.textrequest.contacts import apply, chosen, read_change, read_label
from bot.sandbox.textrequest.shapes import Contact, Dashboard
from bot.sandbox.wire import Json, json_answer


class ContactsDoor:
    """Lists contacts, saves and deletes them."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> list[Route]:
        """Its addresses."""
        line, who = "dashboards/{}/contacts", "dashboards/{}/contacts/{}"
        return [
            Route("contacts", "GET", line, self._contacts),
            Route("import_contacts", "POST", line, self._import),
            Route("contact", "GET", who, self._contact),
            Route("save_contact", "POST", who, self._save),
            Route("label_contact", "PATCH", who, self._label),
            Route("delete_contact", "DELETE", who, self._delete),
        ]

    def _contacts(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        return paged([shapes.contact_json(known) for known in chosen(self._account, dashboard, asked)], asked)

    def _contact(self, asked: Asked) -> web.Response:
        dashboard, contact = self._found(asked)
        return no_content() if contact is None else json_answer(self._json(dashboard, contact))

    def _save(self, asked: Asked) -> web.Response:
        dashboard, number = dashboard_of(self._account, asked), number_of(asked.ids[1])
        change = read_change(self._account, dashboard, asked.body)
        return json_answer(self._changed(dashboard, self._account.contact(dashboard, number), change))

    def _import(self, asked: Asked) -> web.Response:
        """All of them, or none when one cannot be read."""
        dashboard, rows = dashboard_of(self._account, asked), asked.body
        if not isinstance(rows, list):
            raise Refusal(400, "A list of contacts is expected.")
        changes = [
            (read_change(self._account, dashboard, row), number_of(row.get("phone_number"))) for row in rows
        ]
        found = [(self._account.contact(dashboard, number), change) for change, number in changes]
        return json_answer([self._changed(dashboard, contact, change) for contact, change in found])

    def _label(self, asked: Asked) -> web.Response:
        dashboard, contact = self._found(asked)
        if contact is None:
            raise Refusal(400, "The contact does not exist.")
        change = read_label(self._account, dashboard, contact, asked.body)
        return json_answer(self._changed(dashboard, contact, change))

    def _delete(self, asked: Asked) -> web.Response:
        dashboard, contact = self._found(asked)
        if contact is None:
            raise Refusal(404, "The contact does not exist.")
        if self._account.know(dashboard, contact).texts:
            raise Refusal(400, "The contact has message history.")
        del self._account.contacts[dashboard.id, contact.number]
        return json_answer("The contact is deleted.")

    def _found(self, asked: Asked) -> tuple[Dashboard, Contact | None]:
        dashboard = dashboard_of(self._account, asked)
        return dashboard, self._account.contacts.get((dashboard.id, number_of(asked.ids[1])))

    def _changed(self, dashboard: Dashboard, contact: Contact, change: Json) -> Json:
        apply(contact, change)
        self._account.updated(dashboard, contact)
        return self._json(dashboard, contact)

    def _json(self, dashboard: Dashboard, contact: Contact) -> Json:
        return shapes.contact_json(self._account.know(dashboard, contact))
