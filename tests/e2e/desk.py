"""A service desk as people use it from Slack."""

from __future__ import annotations

from bot.sandbox.asms.shapes import Ticket
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import Office

TICKET = "/ticket"
HEATING, BOILERS, PLUMBERS, TORRES = 31, 204, 5, 77


def opens(desk: Office, subject: str, description: str = "Ana wrote:<br>it is <b>cold</b>") -> Ticket:
    """Somebody opens a ticket."""
    ticket = desk.asms.open_ticket("Incidents", 12, {"subject": subject, "description": description})
    ticket.roles |= {"service": HEATING, "category": BOILERS, "group": PLUMBERS, "responsible": TORRES}
    return ticket


async def ask(desk: Office, text: str, answer: str) -> str:
    """What Dana is answered to a command, once it has these words in it."""
    before = len(desk.whispers(desk.dana))

    def told() -> str:
        return next((said for said in desk.whispers(desk.dana)[before:] if answer in said), "")

    await type_(desk, text, TICKET)
    return await desk.see(told, f"“{answer}”")


async def chosen(desk: Office, label: str, answer: str) -> str:
    """What Dana is answered to a button."""
    await press(desk, label)
    return await answered(desk, answer)
