"""*Assign*: whose a conversation is, chosen in a window."""

from __future__ import annotations

from bot.flows.commands.thread import ASSIGN as NAME
from bot.flows.commands.thread import hand_on, meant
from bot.flows.commands.turn import Turn, the_line
from bot.flows.forms.form import Form
from bot.grammar import Verb
from bot.grammar.shapes import LINE, Kind, Parameter
from bot.model import MemberId
from bot.views.answers import Answer
from bot.views.assign_form import OWNER, assign_form
from bot.views.forms import Drawn, Sent


async def _draw(turn: Turn) -> Drawn:
    found, conversation = await meant(turn, the_line(turn))
    return assign_form(found.label, conversation.owner)


async def _send(turn: Turn, sent: Sent) -> Answer:
    found, conversation = await meant(turn, the_line(turn))
    chosen = sent.text(OWNER)
    return await hand_on(turn, found, conversation, MemberId(chosen) if chosen else None)


ASSIGN = Form(
    NAME,
    "Assign",
    ("thread", "assign"),
    _draw,
    _send,
    takes=Verb("", "", (Parameter("to", Kind.TO),), (LINE,)),
)
