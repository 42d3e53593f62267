"""Files for a ticket: `/ticket attach <code>`, and *Attach files* under a ticket."""

from __future__ import annotations

from bot.capabilities import KeepsTickets
from bot.errors import BotError, SlackError, UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.one_ticket import ATTACH, code_of, note, ticket_choices
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Form
from bot.flows.scopes import needs_scope
from bot.grammar import Verb
from bot.grammar.shapes import Kind, Parameter
from bot.model import TicketCode
from bot.views import ticket_files
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent

_TOO_LARGE = "A file is too large. Choose files of {most} MB at the most."
_SOME = "Attached {done} of {all} files to {code}, then this happened: {error}"


async def _draw(turn: Turn) -> Drawn:
    return ticket_files.ticket_files(code_of(turn), the_provider(turn, KeepsTickets).file_limit)


async def _send(turn: Turn, sent: Sent) -> Answer:
    """One after the other; what is there already is told, so that nobody brings it a second time."""
    code, wanted = code_of(turn), sent.many(ticket_files.FILES)
    for done, file_id in enumerate(wanted):
        try:
            await _attach(turn, code, file_id)
        except BotError as error:
            if done == 0:
                raise
            said = _SOME.format(done=done, all=len(wanted), code=code, error=error)
            return Answer(said, choices=ticket_choices(code, "Show"))
    what = "the file" if len(wanted) == 1 else f"{len(wanted)} files"
    return Answer(f"Attached {what} to {code}.", choices=ticket_choices(code, "Show"))


async def _attach(turn: Turn, code: TicketCode, file_id: str) -> None:
    provider = the_provider(turn, KeepsTickets)
    try:
        with needs_scope("files:read"):
            file = await turn.bridge.slack.read_file(file_id, provider.file_limit)
    except SlackError as error:
        if error.code != "file_too_large":
            raise
        raise UsageError(_TOO_LARGE.format(most=provider.file_limit // 1024 // 1024)) from error
    await provider.attach_file(code, file)
    await note(turn, "ticket_file_added", f"{code}: {file.name}")


TICKET_FILES = Form(
    ATTACH,
    "Attach files",
    ("ticket", "attach"),
    _draw,
    _send,
    waits=True,
    takes=Verb("", "", (Parameter("code", Kind.CODE),)),
)
