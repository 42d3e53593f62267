"""*Edit* of a contact: everything that its provider keeps, tags and groups by menus that are searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.capabilities import KeepsContacts, KeepsGroups, ListsCustomFields, ListsTags
from bot.errors import NotFound
from bot.flows.commands.contact_save import follow, saved
from bot.flows.commands.labels import labels_of
from bot.flows.commands.one_contact import EDIT
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn
from bot.flows.commands.whom import whom
from bot.flows.forms.form import Form
from bot.grammar import To, Verb, quote
from bot.grammar.shapes import LINE, Kind, Parameter
from bot.model import Contact, Line
from bot.views import contact_form
from bot.views.answers import Answer
from bot.views.fields import Option
from bot.views.forms import Drawn, Sent


async def _draw(turn: Turn) -> Drawn:
    line, provider, contact = await _contact(turn)
    fields = await provider.list_custom_fields(line) if isinstance(provider, ListsCustomFields) else ()
    return contact_form.contact_form(contact, await labels_of(line, provider, contact), fields, line.name)


async def _send(turn: Turn, sent: Sent) -> Answer:
    line, provider, before = await _contact(turn)
    change = contact_form.contact_change(sent, before)
    contact = await provider.save_contact(line, before.number, change)
    await follow(turn, line, contact, change)
    return await saved(turn, line, provider, contact)


async def _contact(turn: Turn) -> tuple[Line, KeepsContacts, Contact]:
    """As the provider has it now; one that it does not have yet is made by sending the form."""
    line, provider = line_and_provider(turn, KeepsContacts)
    found = await whom(turn, line, turn.asked.value("to", To), lambda number: turn.again(quote(number)))
    try:
        return line, provider, await provider.read_contact(line, found.number)
    except NotFound:
        return line, provider, Contact(found.number)


async def _tags(turn: Turn, typed: str) -> Sequence[Option]:
    line, provider = line_and_provider(turn, ListsTags)
    return _fitting([Option(tag.id, tag.name) async for tag in provider.list_tags(line)], typed)


async def _groups(turn: Turn, typed: str) -> Sequence[Option]:
    line, provider = line_and_provider(turn, KeepsGroups)
    return _fitting([Option(group.id, group.name) async for group in provider.list_groups(line)], typed)


def _fitting(options: Iterable[Option], typed: str) -> list[Option]:
    return [option for option in options if typed.casefold() in option.words.casefold()]


CONTACT = Form(
    EDIT,
    "Contact",
    ("contact", "save"),
    _draw,
    _send,
    waits=True,
    takes=Verb("", "", (Parameter("to", Kind.TO),), (LINE,)),
    find={contact_form.TAGS: _tags, contact_form.GROUPS: _groups},
)
