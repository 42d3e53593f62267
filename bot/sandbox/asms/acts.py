"""What remote control does with the Aranda stand-in: for other processes, see `bot/sandbox/control.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

STAFF = "M. Torres"


async def add_article(sandbox: Sandbox, body: Json) -> Json:
    """A new article of the knowledge base."""
    return {"id": sandbox.asms.add_article(body["title"], body["content"], body.get("project", 12)).id}


async def move_ticket(sandbox: Sandbox, body: Json) -> Json:
    """The staff set a ticket's state, by its id."""
    sandbox.asms.staff_moves(body["code"], body["state"], body.get("author", STAFF))
    return {}


async def note_ticket(sandbox: Sandbox, body: Json) -> Json:
    """The staff write a note."""
    author, private = body.get("author", STAFF), bool(body.get("private"))
    sandbox.asms.staff_notes(body["code"], body["words"], author, private=private)
    return {}


async def tickets(sandbox: Sandbox, _body: Json) -> list[Json]:
    """Every ticket, as the API returns it."""
    return [sandbox.asms.ticket_json(ticket) for ticket in sandbox.asms.tickets.values()]


ACTS: dict[str, Callable[[Sandbox, Json], Awaitable[Any]]] = {
    "add_article": add_article,
    "move_ticket": move_ticket,
    "note_ticket": note_ticket,
    "tickets": tickets,
}
