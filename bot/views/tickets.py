"""Tickets of a service desk, and what happened to them, as people read of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo

from bot.markup import shorten
from bot.model import AdditionalField, Choice, Ticket, TicketKind, TicketRole, TicketStep
from bot.views.phrases import below_each_other, commas, dotted, flat, moment

LONGEST_TEXT = 1_200  # characters of a description, a solution: the card shows both
LONGEST_VALUE = 200  # of a step, a field

# By the service desk's names of them, in small letters; what is not here is shown as it is called there.
_ACTIONS: Mapping[str, str] = {
    "created": "Opened",
    "modified": "Changed",
    "addedfile": "Added a file",
    "removedfile": "Removed a file",
    "addedrelated": "Linked",
    "note": "Note",
    "closed": "Closed",
    "reopened": "Opened again",
}


def ticket_about(ticket: Ticket) -> str:
    """How a ticket is called: `RF-200 · No hot water`."""
    return dotted(ticket.code, ticket.subject)


def ticket_words(ticket: Ticket, zone: tzinfo) -> str:
    """A ticket in a list: what it is about, how it stands, who has it, since when."""
    return below_each_other(ticket_about(ticket), _stands(ticket, zone))


def ticket_card(ticket: Ticket, zone: tzinfo) -> str:
    """Everything that is shown of a ticket below how it is called; empty when nothing is known."""
    closed = f"Closed: {moment(ticket.closed_at, zone)}" if ticket.closed_at else ""
    solution = f"Solution: {shorten(ticket.solution, LONGEST_TEXT)}" if ticket.solution else ""
    return below_each_other(
        _stands(ticket, zone),
        closed,
        *_roles(ticket),
        *additional_lines(ticket.additional),
        _files(ticket),
        shorten(ticket.description, LONGEST_TEXT),
        solution,
    )


def _stands(ticket: Ticket, zone: tzinfo) -> str:
    opened = f"opened {moment(ticket.opened_at, zone)}" if ticket.opened_at else ""
    responsible = _role(ticket, TicketRole.RESPONSIBLE) or _role(ticket, TicketRole.GROUP)
    return below_each_other(
        dotted(_name(ticket.state), _kind(ticket), _name(ticket.project)), dotted(responsible, opened)
    )


def additional_lines(fields: tuple[AdditionalField, ...]) -> Iterator[str]:
    """The fields that a project adds, those that have a value."""
    for field in fields:
        if field.values:
            yield f"{flat(field.name) or f'Field {field.id}'}: {shorten(commas(field.values), LONGEST_VALUE)}"


def step_line(step: TicketStep, zone: tzinfo) -> str:
    """One step of a ticket's history: who did what and when, and what it was before."""
    at = moment(step.at, zone) if step.at else "at a time that is not known"
    action = _ACTIONS.get(step.action.casefold(), step.action) or "Changed"
    private = "for the team alone" if step.private else ""
    return below_each_other(dotted(action, step.author, at, private), _changed(step))


def _changed(step: TicketStep) -> str:
    old, new, field = shorten(flat(step.old), LONGEST_VALUE), shorten(step.new, LONGEST_TEXT), flat(step.field)
    if not field:
        return new
    return f"{field}: {old} → {new}" if old else f"{field}: {new}"


def _roles(ticket: Ticket) -> Iterator[str]:
    """What a ticket points at, but for what stands above."""
    above = TicketRole.RESPONSIBLE if TicketRole.RESPONSIBLE in ticket.roles else TicketRole.GROUP
    for role, choice in ticket.roles.items():
        if role is not above and choice.name:
            yield f"{role.value.capitalize()}: {flat(choice.name)}"


def _files(ticket: Ticket) -> str:
    names = commas(file.name for file in ticket.files)
    return f"Files: {shorten(names, LONGEST_VALUE)}" if names else ""


def _kind(ticket: Ticket) -> str:
    return ticket.kind_word if ticket.kind is TicketKind.UNKNOWN else ticket.kind.value


def _role(ticket: Ticket, role: TicketRole) -> str:
    return _name(ticket.roles.get(role))


def _name(choice: Choice | None) -> str:
    return "" if choice is None else choice.name
