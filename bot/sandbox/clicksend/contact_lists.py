"""Contact lists of the ClickSend stand-in.

Source: https://developers.clicksend.com/docs/contacts/lists
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from uuid import uuid4

from aiohttp import web

from bot.sandbox.clicksend.answers import Refusal, good, page_of
from bot.sandbox.routes import Asked, Route
from bot.sandbox.texts import international
from bot.sandbox.wire import Json

FIELDS = (
    *("phone_number", "first_name", "last_name", "email", "fax_number", "organization_name"),
    *("custom_1", "custom_2", "custom_3", "custom_4", "address_line_1", "address_line_2", "address_city"),
    *("address_state", "address_postal_code", "address_country"),
)


@dataclass(slots=True)
class ContactList:
    """A list and its contacts by id."""

    id: int
    name: str
    email_id: str
    contacts: dict[int, Json] = field(default_factory=dict)

    def shape(self) -> Json:
        """As the API shows it."""
        return {
            "list_id": self.id,
            "list_name": self.name,
            "list_email_id": self.email_id,
            "_contacts_count": len(self.contacts),
        }


class ContactLists:
    """The lists of one account."""

    def __init__(self) -> None:
        self.all: dict[int, ContactList] = {}
        self._ids = itertools.count(428)

    def routes(self) -> list[Route]:
        """What the API offers."""
        return [
            Route("lists", "GET", "lists", self._show_lists),
            Route("add_list", "POST", "lists", self._add_list),
            Route("delete_list", "DELETE", "lists/{}", self._delete_list),
            Route("list_contacts", "GET", "lists/{}/contacts", self._show_contacts),
            Route("add_list_contact", "POST", "lists/{}/contacts", self._add_contact),
            Route("delete_list_contact", "DELETE", "lists/{}/contacts/{}", self._delete_contact),
            Route("search_lists", "GET", "search/contacts-lists", self._search),
        ]

    def add(self, name: str) -> ContactList:
        """A new list; nothing says that a second one of the same name is refused."""
        made = ContactList(next(self._ids), name, uuid4().hex[:16].upper())
        self.all[made.id] = made
        return made

    def add_contact(self, to: ContactList, **known: str) -> Json:
        """A contact on a list, with the fields that are known."""
        contact: Json = {
            "contact_id": next(self._ids),
            "list_id": to.id,
            **{name: known.get(name, "") for name in FIELDS},
            "date_added": int(time.time()),
            "_list_name": to.name,
        }
        to.contacts[contact["contact_id"]] = contact
        return contact

    # --- The API --------------------------------------------------------------------------------------

    def _list(self, asked: Asked) -> ContactList:
        name = asked.ids[0]
        found = self.all.get(int(name)) if name.isdigit() else None
        if found is None:
            raise Refusal(404, "The list does not exist.")
        return found

    def _show_lists(self, asked: Asked) -> web.Response:
        more = {"_import_in_progress": 0, "_optout_in_progress": 0}
        return page_of([{**each.shape(), **more} for each in self.all.values()], asked)

    def _add_list(self, asked: Asked) -> web.Response:
        name = asked.field("list_name").strip()
        if not name:
            raise Refusal(400, "The list was not made.", {"list_name": "The list name field is required."})
        return good(self.add(name).shape(), "New list has been created.")

    def _delete_list(self, asked: Asked) -> web.Response:
        del self.all[self._list(asked).id]
        return good([], "The list has been deleted.")

    def _show_contacts(self, asked: Asked) -> web.Response:
        rows = self._list(asked).contacts.values()
        return page_of([{**row, "date_updated": row["date_added"]} for row in rows], asked)

    def _add_contact(self, asked: Asked) -> web.Response:
        to = self._list(asked)
        known = {name: asked.field(name).strip() for name in FIELDS}
        if not any(known[name] for name in ("phone_number", "email", "fax_number")):
            raise Refusal(400, "The contact was not made.", {"phone_number": "The phone number is required."})
        number = international(known["phone_number"])
        if known["phone_number"] and not number:
            raise Refusal(400, "The contact was not made.", {"phone_number": "The phone number is invalid."})
        return good(self.add_contact(to, **{**known, "phone_number": number}), "New contact has been added.")

    def _delete_contact(self, asked: Asked) -> web.Response:
        contacts, name = self._list(asked).contacts, asked.ids[1]
        if not name.isdigit() or contacts.pop(int(name), None) is None:
            raise Refusal(404, "The contact does not exist.")
        return good([], "The contact has been deleted.")

    def _search(self, asked: Asked) -> web.Response:
        words = asked.query.get("q", "").strip().casefold()
        if not words:
            raise Refusal(400, "The q is missing.", {"q": "The q field is required."})
        found = [hit for hit in self._hits() if words in f"{hit['name']} {hit['contact']}".casefold()]
        return page_of(found, asked)

    def _hits(self) -> list[Json]:
        """Every contact, then every list, as a search shows them."""
        hits = []
        for each in self.all.values():
            for row in each.contacts.values():
                name = f"{row['first_name']} {row['last_name']}".strip()
                hits.append(_hit(row["contact_id"], name, row["phone_number"], "contact", None))
        return hits + [
            _hit(each.id, each.name, each.email_id, "list", len(each.contacts)) for each in self.all.values()
        ]


def _hit(number: int, name: str, contact: str, kind: str, count: int | None) -> Json:
    return {"id": number, "name": name, "contact": contact, "type": kind, "contacts_count": count}
