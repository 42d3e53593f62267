"""`/contact find`: contacts by everything that a provider can filter by, and by words."""

from __future__ import annotations

from datetime import datetime

from bot.capabilities import KeepsContacts
from bot.flows.commands.labels import fields_named, groups_named, tags_named
from bot.flows.commands.listing import list_answer, read_page, with_words
from bot.flows.commands.one_contact import contact_choices
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn
from bot.flows.contacts import is_about
from bot.grammar.to import read_to
from bot.model import Contact, ContactFilter, Line, Number, Span
from bot.phone import region_of
from bot.views.answers import Answer, Item
from bot.views.contacts import contact_words


async def find(turn: Turn) -> Answer | None:
    """`/contact find [words] [filters]`."""
    line, provider = line_and_provider(turn, KeepsContacts)
    words = turn.asked.find("words", str) or ""
    which = await _filter(turn, line, provider, _number(line, words))
    found = (
        contact
        async for contact in provider.list_contacts(line, which)
        if which.number or is_about(contact, words)
    )
    page = await read_page(found, turn.asked.page)

    def item(contact: Contact) -> Item:
        return Item(contact_words(contact, turn.zone), contact_choices(line, contact))

    return list_answer(with_words(f"Contacts on {line.name}", words), page, item, turn.page)


def _number(line: Line, words: str) -> Number | None:
    """The number that the words are, None when they are none: a provider finds it without reading its list."""
    return read_to(words, region_of(line.number) or "US").number if words.strip() else None


async def _filter(turn: Turn, line: Line, provider: KeepsContacts, number: Number | None) -> ContactFilter:
    """Raises `UsageError` for labels that the line does not have."""
    asked = turn.asked
    return ContactFilter(
        number=number,
        resolved=asked.find("resolved", bool),
        blocked=asked.find("blocked", bool),
        archived=asked.find("archived", bool),
        suppressed=asked.find("suppressed", bool),
        opted_out=asked.find("opted-out", bool),
        has_texts=asked.find("has-texts", bool),
        created=_span(turn, "created"),
        last_text=_span(turn, "last-message"),
        last_in=_span(turn, "last-received"),
        last_out=_span(turn, "last-sent"),
        tags=await tags_named(line, provider, asked.find("tag", tuple) or ()),
        groups=await groups_named(line, provider, asked.find("group", tuple) or ()),
        fields=await fields_named(line, provider, asked.named.get("field", {})),
    )


def _span(turn: Turn, what: str) -> Span:
    return Span(turn.asked.find(f"{what}-after", datetime), turn.asked.find(f"{what}-before", datetime))
