"""The service desk of a story: tickets that are under way, articles that help, and things that tickets are about.

Nobody of these is in the story itself; they are there so that a command has something to show.
"""

from __future__ import annotations

from bot.sandbox.asms.account import Account

FACILITIES = 12
# Subject, description, what it points at
TICKETS = (
    (
        "No hot water, flat 4B",
        "Reported by text:<br>the boiler is cold since the morning.",
        {"state": 18, "service": 31, "category": 204, "group": 5, "responsible": 77, "urgency": 2},
    ),
    (
        "Key for the bike cellar",
        "A second key for flat 2A.",
        {"state": 17, "service": 32, "category": 211, "group": 6, "customer": 881},
    ),
)
ARTICLE = (
    "How to bleed a radiator",
    "Close the valve, <b>hold a cloth below</b>, open the screw until water comes.",
)
PLAN = ("boiler-plan.txt", b"Boiler 4B: valve on the left, reset below the lid.\n")
ITEM = {"name": "Boiler 4B", "projectId": FACILITIES, "categoryId": 55, "responsibleId": 77, "serial": "BX-1009"}


def furnish(desk: Account) -> None:
    """Put tickets, an article and a boiler into an empty service desk."""
    for subject, description, roles in TICKETS:
        ticket = desk.open_ticket("Incidents", FACILITIES, {"subject": subject, "description": description})
        desk.set_roles(ticket, roles)
    first = next(iter(desk.tickets))
    desk.staff_notes(first, "The plumber comes at three.")
    desk.staff_attaches(first, *PLAN)
    desk.add_article(*ARTICLE, FACILITIES, PLAN)
    desk.add_item(dict(ITEM), {})
