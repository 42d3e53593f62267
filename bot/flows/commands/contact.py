"""`/contact`: the people outside, as a line's provider keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsContacts, ListsCustomFields, ListsTags
from bot.flows import contacts
from bot.flows.commands.contact_find import find
from bot.flows.commands.contact_import import import_file
from bot.flows.commands.contact_save import save
from bot.flows.commands.labels import labels_of
from bot.flows.commands.listing import ask_first, cut_page, list_answer, read_page
from bot.flows.commands.one_contact import contact_choices, contact_meant, read_known
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn, Verb, from_key
from bot.flows.contacts import thread_link
from bot.grammar import quote
from bot.model import Contact, CustomField, Line, NewDeed, OptOut, Tag
from bot.views.answers import Answer, Choice, Item
from bot.views.contacts import contact_about, contact_details, field_words, tag_words

_STOPPED = "They texted STOP: nothing is sent to them from this line."


async def show(turn: Turn) -> Answer | None:
    """`/contact <to>`: everything that the provider has of them."""
    line, contact = await _known(turn, "")
    labels = await labels_of(line, turn.bridge.providers[line.provider], contact)
    conversation = (await contacts.with_number(turn.bridge, line, contact.number)).conversation
    stopped = conversation is not None and conversation.opted_out == OptOut.KEYWORD
    return Answer(
        f"{contact_about(contact)} on {line.name}",
        tuple(map(Item, contact_details(contact, labels, turn.zone))),
        below=_STOPPED if stopped else "",
        link=thread_link(turn.bridge, conversation),
        choices=contact_choices(line, contact, shown=True),
    )


async def delete(turn: Turn) -> Answer | None:
    """`/contact delete <to>`: asks first."""
    line, contact = await _known(turn, "delete ")
    about = contact_about(contact)
    if not turn.given.ask.sure:
        heading = f"Delete {about} on {line.name} at the provider? What was said stays in the thread."
        return ask_first(turn, heading, "Delete", f"delete {quote(contact.number)} {from_key(line)}")
    _, provider = line_and_provider(turn, KeepsContacts)
    await provider.delete_contact(line, contact.number)
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, "contact_deleted", about=about))
    return Answer(f"Deleted {about} on {line.name}.")


async def tags(turn: Turn) -> Answer | None:
    """`/contact tags`."""
    line, provider = line_and_provider(turn, ListsTags)
    page = await read_page(provider.list_tags(line), turn.asked.page)

    def item(tag: Tag) -> Item:
        return Item(
            tag_words(tag), (Choice("Contacts", turn.again(f"find tag={quote(tag.id)} {from_key(line)}")),)
        )

    return list_answer(f"Tags on {line.name}", page, item, turn.page)


async def fields(turn: Turn) -> Answer | None:
    """`/contact fields`."""
    line, provider = line_and_provider(turn, ListsCustomFields)
    page = cut_page(await provider.list_custom_fields(line), turn.asked.page)

    def item(custom: CustomField) -> Item:
        return Item(field_words(custom))

    return list_answer(f"Custom fields on {line.name}", page, item, turn.page)


async def _known(turn: Turn, verb: str) -> tuple[Line, Contact]:
    line, provider = line_and_provider(turn, KeepsContacts)
    number = await contact_meant(
        turn, line, provider, lambda meant: turn.again(f"{verb}{quote(meant)} {from_key(line)}")
    )
    return line, await read_known(line, provider, number)


CONTACT: Mapping[str, Verb] = {
    "show": show,
    "find": find,
    "save": save,
    "import": import_file,
    "delete": delete,
    "tags": tags,
    "fields": fields,
}
