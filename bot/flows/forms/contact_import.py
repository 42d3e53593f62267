"""`/contact import`: a file, and what importing it would do. Nothing is saved before the button under that."""

from __future__ import annotations

import asyncio

from bot.capabilities import ImportsContacts, KeepsContacts
from bot.errors import SlackError, UsageError
from bot.flows.commands.contact_import import IMPORT
from bot.flows.commands.provided import also, line_and_provider
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Form, Wrong
from bot.flows.imports.plan import Plan, known_of, plan
from bot.flows.imports.sheet import MOST_BYTES, Sheet, read_sheet
from bot.grammar import Context, Verb
from bot.grammar.shapes import LINE
from bot.model import Ask, File, Line
from bot.model.imports import ImportId, NewImport
from bot.phone import region_of
from bot.views.answers import CANCEL, Answer, Choice, Item
from bot.views.forms import Drawn, Sent
from bot.views.import_form import FILE, import_form
from bot.views.imports import counted, list_words, plan_words

_NO_FILE = "Bring a file."
_TOO_LARGE = f"This file has more than {MOST_BYTES // 1_000_000} MB. Split it into several."


async def _draw(turn: Turn) -> Drawn:
    line_and_provider(turn, ImportsContacts)
    return import_form()


async def _check(_: Turn, sent: Sent) -> None:
    if not sent.many(FILE):
        raise Wrong(FILE, _NO_FILE)


async def _send(turn: Turn, sent: Sent) -> Answer:
    line, provider = line_and_provider(turn, ImportsContacts)
    known = also(provider, KeepsContacts)
    file = await _file(turn, sent)
    context = Context(region_of(line.number) or "US", turn.zone, turn.bridge.now())
    try:
        # Ten thousand numbers take a second to read.
        sheet = await asyncio.to_thread(read_sheet, file.content)
        made = await asyncio.to_thread(plan, sheet, await known_of(line, known), context)
    except UsageError as error:
        raise Wrong(FILE, str(error)) from error
    return await _told(turn, line, file, sheet, made)


async def _file(turn: Turn, sent: Sent) -> File:
    try:
        return await turn.bridge.slack.read_file(sent.text(FILE), MOST_BYTES)
    except SlackError as error:
        if error.code != "file_too_large":
            raise
        raise Wrong(FILE, _TOO_LARGE) from error


async def _told(turn: Turn, line: Line, file: File, sheet: Sheet, made: Plan) -> Answer:
    """What would happen, and the button for it."""
    items = tuple(map(Item, list_words(made.failed)))
    heading, below = plan_words(file.name, line.name, made.left_out, rows=len(made.rows), new=made.new)
    if not made.rows:
        return Answer(heading, items, below=below)
    kept = await _keep(turn, line, file, sheet, made)
    go_on = Choice(f"Import {counted(len(made.rows))}", Ask("contact", f"import start={kept}"), "primary")
    return Answer(heading, items, below=below, choices=(go_on, CANCEL), once=True)


async def _keep(turn: Turn, line: Line, file: File, sheet: Sheet, made: Plan) -> ImportId:
    member = turn.given.member.id
    new = NewImport(member, line.id, file.name, sheet.header, made.rows, made.failed)
    return await turn.bridge.store.imports.keep(new)


CONTACT_IMPORT = Form(
    IMPORT,
    "Import contacts",
    ("contact", "import"),
    _draw,
    _send,
    _check,
    waits=True,
    takes=Verb("", "", (), (LINE,)),
)
