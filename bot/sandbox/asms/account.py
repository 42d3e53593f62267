"""One service desk at Aranda: what its staff and the bot do with it, and the business rule that tells of it.

Every change of a ticket, also one made by the bot, has the rule post to `Rules.webhook`, as the real ones do.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from bot.sandbox.asms import catalog, shapes
from bot.sandbox.asms.shapes import Article, Document, Item, Step, Ticket
from bot.sandbox.bell import Bell
from bot.sandbox.push import Push, Pusher
from bot.sandbox.wire import Json

T = TypeVar("T")
OURS = "Threadline"  # who owns the token


@dataclass(slots=True)
class Rules:
    """How the instance is set up. Without `webhook` it posts nothing."""

    webhook: str = ""
    most_bytes: int = 1024 * 1024  # of one file
    required: tuple[str, ...] = ()  # ids of additional fields that a new ticket must have
    field_names: dict[str, str] = field(default_factory=dict)  # of additional fields, by their ids
    notes_are_private: bool = False
    missing: tuple[str, ...] = ()  # names of routes that this adapter does not have


class Account:
    """The state of the stand-in."""

    def __init__(self, bell: Bell, pusher: Pusher) -> None:
        self.bell, self.pusher = bell, pusher
        self.token, self.instance_url = "sandbox-asms-token", "https://asms.example.com/ASMSapi/"
        self.username, self.password = "sandbox-desk", "sandbox-asms-password"
        self.sessions: set[str] = set()  # that were begun by name and password
        self.rules = Rules()
        self.tickets: dict[str, Ticket] = {}
        self.articles: dict[int, Article] = {}
        self.items: dict[int, Item] = {}
        self._ids, self._codes = itertools.count(48213), itertools.count(200)

    # --- For tests and stories ------------------------------------------------------------------------

    def add_article(self, title: str, content: str, project: int = 12, *files: tuple[str, bytes]) -> Article:
        """A new article, with files by name and content."""
        article = Article(next(self._ids), project, title, content, [self.document(*one) for one in files])
        self.articles[article.id] = article
        return article

    def staff_moves(self, code: str, state: int, author: str = "M. Torres") -> None:
        """Somebody sets a ticket's state. Raises `KeyError` for a ticket that is not there."""
        self.set_roles(self.tickets[code], {"state": state}, author)
        self.told(self.tickets[code])

    def staff_notes(self, code: str, words: str, author: str = "M. Torres", *, private: bool = False) -> None:
        """Somebody writes a note. Raises `KeyError` for a ticket that is not there."""
        ticket = self.tickets[code]
        self.step(ticket, "Note", author, new=words, note="Private" if private else "Public")
        self.told(ticket)

    def staff_attaches(self, code: str, name: str, content: bytes, author: str = "M. Torres") -> Document:
        """Somebody hangs a file on a ticket. Raises `KeyError` for a ticket that is not there."""
        ticket = self.tickets[code]
        document = self.document(name, content)
        ticket.files.append(document)
        self.step(ticket, "AddedFile", author, new=name)
        self.told(ticket)
        return document

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = 5.0, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`. Raises `NeverHappened`."""
        return await self.bell.wait_for(predicate, timeout_s, what)

    # --- For the API ----------------------------------------------------------------------------------

    def document(self, name: str, content: bytes) -> Document:
        """A file with an id of its own."""
        return Document(next(self._ids), name, content)

    def open_ticket(self, kind: str, project: int, body: Json) -> Ticket:
        """A new ticket, told to the rule."""
        ticket = Ticket(next(self._ids), f"RF-{next(self._codes)}", kind, project, str(body["subject"]))
        ticket.description = str(body.get("description") or "")
        ticket.roles["state"] = catalog.FIRST_STATE
        self.tickets[ticket.code] = ticket
        self.step(ticket, "Created", OURS)
        return ticket

    def set_roles(self, ticket: Ticket, roles: dict[str, int], author: str = OURS) -> None:
        """Set what a ticket points at, and note what was there before."""
        for name, number in roles.items():
            old, ticket.roles[name] = ticket.roles.get(name, 0), number
            menu = catalog.ROLES.get(name, {})
            self.step(ticket, "Modified", author, name.capitalize(), menu.get(old, ""), menu.get(number, ""))
        if "state" in roles:
            ticket.closed_at = datetime.now(UTC) if roles["state"] == catalog.CLOSED_STATE else None

    def add_item(self, fields: Json, additional: dict[str, list[str]]) -> Item:
        """A new configuration item."""
        item = Item(next(self._ids), fields, additional)
        self.items[item.id] = item
        self.bell.ring()
        return item

    def step(self, ticket: Ticket, action: str, author: str, *changed: str, new: str = "", note: str = "") -> None:
        """Note what was done; `changed` are a field, its old and its new value."""
        named, old, now = changed or ("", "", new)
        ticket.steps.append(Step(action, author, datetime.now(UTC), named, old, now, note))

    def told(self, ticket: Ticket) -> None:
        """Have the rule post. Its template puts values in as they are, whatever that makes of the JSON."""
        self.bell.ring()
        if not self.rules.webhook:
            return
        state = catalog.STATES.get(ticket.roles.get("state", 0), "")
        body = (
            f'{{"event":"case.updated","idByProject":"{ticket.code}","id":{ticket.id},'
            f'"stateName":"{state}","subject":"{ticket.subject}"}}'
        )
        push = Push(
            where="asms.webhook",
            url=self.rules.webhook,
            body=body.encode(),
            content_type="application/json",
            lane=ticket.code,
        )
        self.pusher.push(push)

    def ticket_json(self, ticket: Ticket) -> Json:
        """The ticket as the API returns it."""
        return shapes.ticket_json(ticket, self.items, self.rules.field_names)
