"""`/ticket <code>`, its files and its history."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsTickets
from bot.flows.commands.listing import cut_page, list_answer
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.delivering import deliver
from bot.flows.commands.ticket.one_ticket import about_ticket, code_of, shown_ticket, ticket_choices
from bot.flows.commands.turn import Turn, Verb
from bot.model import Ask, NoteScope, TicketFile, TicketFileId, TicketStep
from bot.views.answers import Answer, Choice, Item
from bot.views.tickets import step_line, ticket_about


async def show(turn: Turn) -> Answer:
    """`/ticket <code>`."""
    ticket = await the_provider(turn, KeepsTickets).read_ticket(code_of(turn))
    return shown_ticket(turn, ticket, ticket_about(ticket))


async def files(turn: Turn) -> Answer:
    """`/ticket files <code>`: each can be had."""
    ticket = await the_provider(turn, KeepsTickets).read_ticket(code_of(turn))

    def item(file: TicketFile) -> Item:
        words = f"{file.name or 'Without a name'} (#{file.id})"
        return Item(words, (Choice("Send it to me", about_ticket("file", ticket.code, str(file.id))),))

    page = cut_page(ticket.files, turn.asked.page)
    if not ticket.files:
        return Answer(f"{ticket_about(ticket)} has no files.", choices=ticket_choices(ticket.code, "Show"))
    return list_answer(f"Files of {ticket_about(ticket)}", page, item, turn.page)


async def file(turn: Turn) -> Answer:
    """`/ticket file <code> <id>`: to whoever asks, and nobody else."""
    provider = the_provider(turn, KeepsTickets)
    return await deliver(turn, await provider.read_ticket_file(code_of(turn), _file_id(turn)))


async def history(turn: Turn) -> Answer:
    """`/ticket history <code>`: newest first. Notes that are for the team alone are in it: the team reads it.

    Raises `NotFound` for a ticket that is not there: of one the provider tells no steps, and nothing else.
    """
    code, provider = code_of(turn), the_provider(turn, KeepsTickets)
    steps = await provider.list_ticket_steps(code, NoteScope.ALL)
    if not steps:
        await provider.read_ticket(code)

    def item(step: TicketStep) -> Item:
        return Item(step_line(step, turn.zone))

    def other(number: int) -> Ask:
        return about_ticket("history", code, f"page={number}")

    return list_answer(f"History of {code}", cut_page(steps[::-1], turn.asked.page), item, other)


def _file_id(turn: Turn) -> TicketFileId:
    return TicketFileId(turn.asked.value("id", int))


SHOWING: Mapping[str, Verb] = {"show": show, "files": files, "file": file, "history": history}
