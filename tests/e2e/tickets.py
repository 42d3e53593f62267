"""Tickets as people open, see and use them: windows, cards, and what the service desk has."""

from __future__ import annotations

from typing import Any

from bot.sandbox.asms.shapes import Ticket
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.model import Member, Message
from tests.e2e.desk import TICKET, ask
from tests.e2e.office import MARIA, Office
from tests.e2e.windows import choose, opened, send

PRINTER = "Printer broken"
NEW = f"new {PRINTER} project=Facilities service=Heating category=Boilers"


def tickets(desk: Office) -> list[Ticket]:
    """What the service desk has, oldest first."""
    return list(desk.asms.tickets.values())


async def ticket(desk: Office) -> Ticket:
    """The only ticket, once the service desk has it."""
    await desk.see(lambda: tickets(desk), "a ticket")
    (found,) = tickets(desk)
    return found


def cards(desk: Office, root: str) -> list[Message]:
    """The tickets' cards below a root card, oldest first."""
    return [shown for shown in desk.notices(root, "🎫") if "asked for by" in desk.workspace.words(shown)]


async def card(desk: Office, root: str, words: str) -> Message:
    """The last card below the root, once it says this."""
    return await desk.see(lambda: _with(desk, root, words), f"a card with “{words}”")


def _with(desk: Office, root: str, words: str) -> Message | None:
    shown = cards(desk, root)
    return shown[-1] if shown and words in desk.workspace.words(shown[-1]) else None


def labels(shown: Message) -> list[str]:
    """What stands on a card's buttons."""
    return [element["text"]["text"] for element in elements_of(shown)]


async def click(desk: Office, root: str, button: str, member: Member | None = None) -> None:
    """Somebody, or else Dana, clicks a button of the last card, as it was last seen."""
    shown = cards(desk, root)[-1]
    ack = await desk.workspace.click(desk.sales, shown["ts"], f"card:{button}", member or desk.dana)
    assert ack.acked


async def said(desk: Office, root: str, words: str, member: Member | None = None) -> str:
    """Somebody, or else Dana, says something to Threadline in a thread; the message's ts."""
    return await desk.say(root, f"<@{desk.workspace.bot.id}> {words}", member)


async def new(desk: Office, root: str, *more: str) -> Message:
    """A ticket for Maria that was opened by the command; its card once it has a state."""
    before = len(cards(desk, root))
    await ask(desk, " ".join((NEW, f'to="{MARIA}"', *more)), "Opening")
    await desk.see(lambda: len(cards(desk, root)) > before, "a card")
    return await card(desk, root, "· Open")


async def fill_in(desk: Office, **typed: Any) -> None:
    """Choose project, service and category in the window, one after the other, and send it."""
    values = {"subject": PRINTER, **typed}
    await choose(desk, "project", "Facilities", values)
    await choose(desk, "service.incident.12", "Heating", values)
    await choose(desk, "category.incident.31", "Boilers", values)
    await send(desk, values)


async def address(desk: Office) -> str:
    """Where the service desk posts to."""
    row = await desk.found("select secret from secrets where provider = 'asms'")
    return f"{desk.url}/webhooks/asms/{row['secret']}/ticket"


__all__ = ["TICKET", "opened"]
