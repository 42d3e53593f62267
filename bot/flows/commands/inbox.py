"""`/text inbox`: a line's conversations as the provider lists them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.capabilities import KeepsContacts, ListsConversations
from bot.flows import contacts
from bot.flows.commands.labels import tags_named
from bot.flows.commands.listing import Page, list_answer, read_page, with_words
from bot.flows.commands.provided import also, line_and_provider
from bot.flows.commands.turn import Turn, from_key
from bot.grammar import quote
from bot.model import Contact, ContactFilter, Correspondence, CorrespondenceFilter, Line, Number, TagId
from bot.views.answers import Answer, Choice, Item
from bot.views.contacts import contact_words
from bot.views.inbox import correspondence_words

OPEN, ALL, ARCHIVED = "open", "all", "archived"


async def inbox(turn: Turn) -> Answer | None:
    """`/text inbox [open|all|archived] [tag=…] [words]`: what is open, unless it is said otherwise."""
    line, provider = line_and_provider(turn, ListsConversations)
    which = turn.asked.find("which", str) or OPEN
    tags = await tags_named(line, provider, turn.asked.find("tag", tuple) or ())
    if which == ARCHIVED:
        return await _archived(turn, line, also(provider, KeepsContacts), tags)
    wanted = CorrespondenceFilter(
        words=turn.asked.find("words", str) or "",
        tags=tags,
        unresolved_only=which == OPEN,
        with_archived=which == ALL,
    )
    page = await read_page(provider.list_conversations(line, wanted), turn.asked.page)
    items = [await _item(turn, line, each, which) for each in page.things]
    heading = _heading(turn, f"{'Open' if which == OPEN else 'All'} conversations on {line.name}")
    return list_answer(heading, Page(page.number, items, page.more), lambda item: item, turn.page)


async def _item(turn: Turn, line: Line, each: Correspondence, which: str) -> Item:
    found = await contacts.with_number(turn.bridge, line, each.contact)
    verbs = ("archive",) if which == OPEN else ("archive", "unarchive")
    return Item(correspondence_words(found.label, each.last, turn.zone), _choices(turn, line, each.contact, verbs))


async def _archived(turn: Turn, line: Line, provider: KeepsContacts, tags: Sequence[TagId]) -> Answer:
    """The list of conversations cannot be asked for these alone: their contacts can."""
    words = turn.asked.find("words", str) or ""
    which = ContactFilter(archived=True, has_texts=True, tags=tuple(tags))
    found = (each async for each in provider.list_contacts(line, which) if contacts.is_about(each, words))
    page = await read_page(found, turn.asked.page)

    def item(contact: Contact) -> Item:
        return Item(contact_words(contact, turn.zone), _choices(turn, line, contact.number, ("unarchive",)))

    return list_answer(_heading(turn, f"Archived conversations on {line.name}"), page, item, turn.page)


def _heading(turn: Turn, what: str) -> str:
    """What is listed, with everything that narrowed it down, so that an empty list says of what there is none."""
    tags = turn.asked.find("tag", tuple) or ()
    tagged = f"{what} tagged {', '.join(tags)}" if tags else what
    return with_words(tagged, turn.asked.find("words", str) or "")


def _choices(turn: Turn, line: Line, number: Number, verbs: Sequence[str]) -> tuple[Choice, ...]:
    of = f"{quote(number)} {from_key(line)}"
    return tuple(Choice(verb.capitalize(), turn.again(f"{verb} {of}")) for verb in ("history", *verbs))
