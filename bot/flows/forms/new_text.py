"""A text to anybody: `/text` alone, the shortcut *New text*, and *Text* beside a contact."""

from __future__ import annotations

from bot.errors import UsageError
from bot.flows import contacts
from bot.flows.commands.turn import Turn
from bot.flows.contacts import Draft
from bot.flows.forms.addressed import line_chosen, line_to_begin_with, whom_typed
from bot.flows.forms.form import Form, Wrong
from bot.grammar import To, Verb
from bot.grammar.shapes import LINE, Kind, Parameter
from bot.views import new_text
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent


async def _draw(turn: Turn) -> Drawn:
    to = turn.asked.find("to", To)
    return new_text.new_text(turn.lines, line_to_begin_with(turn, turn.lines), to.name if to else "")


async def _send(turn: Turn, sent: Sent) -> Answer:
    chosen = sent.text(new_text.LINE)
    line = line_chosen(turn.lines, chosen, new_text.LINE if chosen else new_text.TO)
    whom = await whom_typed(turn, line, sent.text(new_text.TO), new_text.TO)
    draft = Draft(line, whom, sent.text(new_text.WORDS), turn.given.member)
    try:
        contacts.refuse(turn.bridge, draft)
    except UsageError as error:
        raise Wrong(new_text.WORDS, str(error)) from error
    return await contacts.start(turn.bridge, draft, turn.given.key)


NEW_TEXT = Form(
    "form:new_text",
    "New text",
    ("text", "send"),
    _draw,
    _send,
    takes=Verb("", "", (Parameter("to", Kind.TO, optional=True),), (LINE,)),
)
