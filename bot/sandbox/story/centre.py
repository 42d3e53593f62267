"""The contact centre of a story: who takes calls, and campaigns of calls that are under way.

Nobody of these is in the story itself; they are there so that a command has something to show.
"""

from __future__ import annotations

from bot.sandbox.jtel.account import Account

GROUPS = ("Sales", "Support")
AGENTS = ("kim", "robin")
CAMPAIGNS = ("Spring offers", "Renewals")
# Surname, number, first name, key of another system, how the call so far ended ("" for none)
CONTACTS = (
    ("Okafor", "14155550161", "Ada", "crm-1001", "Completed"),
    ("Petrov", "14155550162", "Lev", "crm-1002", "Busy"),
    ("Nguyen", "14155550163", "Linh", "crm-1003", ""),
)


def furnish(centre: Account) -> None:
    """Put people and campaigns into an empty contact centre."""
    for group in GROUPS:
        centre.queues.add_group(group)
    for agent in AGENTS:
        centre.queues.add_user(agent)
    first, *_ = [centre.dialler.add_campaign(name) for name in CAMPAIGNS]
    for name, number, first_name, data, result in CONTACTS:
        contact = centre.dialler.add_contact(first, name, number, FirstName=first_name, UserData=data)
        if result:
            centre.dialler.dial(contact, result)
