"""One ticket: what its code is in a command, what can be done with it, and what was done to it."""

from __future__ import annotations

from bot.flows.commands.turn import Turn
from bot.grammar import quote
from bot.markup import escape
from bot.model import Ask, NewDeed, Ticket, TicketCode
from bot.views.answers import Answer, Choice, Item
from bot.views.tickets import ticket_card

ATTACH = "form:ticket_files"


def code_of(turn: Turn) -> TicketCode:
    """The code that was typed."""
    return TicketCode(turn.asked.value("code", str))


def about_ticket(verb: str, code: TicketCode, rest: str = "") -> Ask:
    """A command about a ticket; without a verb it shows it. Pure."""
    return Ask("ticket", " ".join(filter(None, (verb, escape(quote(code)), rest))))


def ticket_choices(code: TicketCode, look: str = "Refresh") -> tuple[Choice, ...]:
    """What can be done with a ticket without more words. Pure."""
    return (
        Choice(look, about_ticket("", code)),
        Choice("Files", about_ticket("files", code)),
        Choice("History", about_ticket("history", code)),
        Choice("Attach files", Ask(ATTACH, escape(quote(code)))),
    )


def shown_ticket(turn: Turn, ticket: Ticket, heading: str) -> Answer:
    """A ticket, whole, with its actions; `heading` has how it is called. Pure."""
    card = ticket_card(ticket, turn.zone)
    return Answer(heading, (Item(card),) if card else (), choices=ticket_choices(ticket.code))


async def note(turn: Turn, what: str, about: str) -> None:
    """Write down what was done."""
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, what, about=about))
