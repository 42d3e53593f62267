"""`/contact import`: opens the window for a file, lets its import begin, and stops it."""

from __future__ import annotations

from bot.capabilities import ImportsContacts
from bot.errors import UsageError
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn, from_key
from bot.model import Ask
from bot.model.imports import ImportId
from bot.views.answers import Answer

IMPORT = "form:contact_import"
DUTY = "imports"

_NOT_THERE = "This import is not yours, was begun before, or is over."


async def import_file(turn: Turn) -> Answer | Ask:
    """`/contact import`; `start=` and `stop=` are what the buttons of an import give."""
    start, stop = turn.asked.find("start", int), turn.asked.find("stop", int)
    imports, member = turn.bridge.store.imports, turn.given.member.id
    if start is not None:
        if not await imports.start(ImportId(start), member):
            raise UsageError(_NOT_THERE)
        await turn.bridge.store.duties.ensure(DUTY, now=True)
        return Answer("It has begun. A direct message tells you how far it is.")
    if stop is not None:
        if not await imports.stop(ImportId(stop), member):
            raise UsageError(_NOT_THERE)
        return Answer("It stops: what is saved by now stays.")
    line, _ = line_and_provider(turn, ImportsContacts)
    return Ask(IMPORT, from_key(line))
