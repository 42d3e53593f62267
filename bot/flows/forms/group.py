"""*Rename* of a group: its name and its note."""

from __future__ import annotations

from bot.capabilities import KeepsGroups
from bot.flows.commands.group import RENAME, changed
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Form, needed
from bot.grammar import Verb
from bot.grammar.shapes import LINE, Kind, Parameter
from bot.model import GroupId
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent
from bot.views.group_form import NAME, group_change, group_form

_NO_NAME = "A group needs a name."


async def _draw(turn: Turn) -> Drawn:
    line, provider = line_and_provider(turn, KeepsGroups)
    return group_form(await provider.read_group(line, _id(turn)))


async def _check(_: Turn, sent: Sent) -> None:
    needed(sent, NAME, _NO_NAME)


async def _send(turn: Turn, sent: Sent) -> Answer:
    line, provider = line_and_provider(turn, KeepsGroups)
    before = await provider.read_group(line, _id(turn))
    name, note = group_change(sent, before)
    group = await provider.update_group(line, before.id, name, note)
    return await changed(turn, line, group)


def _id(turn: Turn) -> GroupId:
    return GroupId(str(turn.asked.value("id", int)))


GROUP = Form(
    RENAME,
    "Group",
    ("group", "edit"),
    _draw,
    _send,
    _check,
    waits=True,
    takes=Verb("", "", (Parameter("id", Kind.ID),), (LINE,)),
)
