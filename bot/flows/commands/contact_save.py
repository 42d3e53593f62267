"""`/contact save`: makes a contact, or changes what was typed of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsContacts
from bot.errors import NotFound
from bot.flows import contacts
from bot.flows.commands.labels import fields_named, groups_named, labels_of, tags_named
from bot.flows.commands.listing import ask_first
from bot.flows.commands.one_contact import contact_choices, contact_meant
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn, from_key
from bot.grammar import To, quote, with_word
from bot.model import Contact, ContactChange, FieldValue, Line, NewDeed, Number, Standing
from bot.views.answers import Answer, Item
from bot.views.contacts import contact_about, contact_details, contact_name

_BLOCK = "Block {who} on {line}? Their texts are then neither received nor kept."


async def save(turn: Turn) -> Answer | None:
    """`/contact save <to> [fields]`: tags and groups replace those that were there. Blocking asks first."""
    line, provider = line_and_provider(turn, KeepsContacts)
    number = await contact_meant(turn, line, provider, lambda meant: turn.again(_words(turn, line, meant)))
    change = await _change(turn, line, provider, number)
    if change.blocked and not turn.given.ask.sure:
        who = (await contacts.with_number(turn.bridge, line, number)).label
        return ask_first(turn, _BLOCK.format(who=who, line=line.name), "Block", _words(turn, line, number))
    contact = await provider.save_contact(line, number, change)
    await follow(turn, line, contact, change)
    return await saved(turn, line, provider, contact)


async def saved(turn: Turn, line: Line, provider: KeepsContacts, contact: Contact) -> Answer:
    """That it was saved, and what it is now."""
    items = tuple(map(Item, contact_details(contact, await labels_of(line, provider, contact), turn.zone)))
    choices = contact_choices(line, contact, shown=True)
    return Answer(f"Saved {contact_about(contact)} on {line.name}.", items, choices=choices)


def _words(turn: Turn, line: Line, number: Number) -> str:
    """What was typed, for this number on this line."""
    words, to = turn.given.ask.words, turn.asked.value("to", To)
    if to.number is None:
        words = with_word(words, turn.asked.verb, to.name, quote(number))
    return words if turn.asked.has("from") else f"{words} {from_key(line)}"


async def _change(turn: Turn, line: Line, provider: KeepsContacts, number: Number) -> ContactChange:
    """Raises `UsageError` for labels that the line does not have."""
    asked = turn.asked
    groups, tags = asked.find("groups", tuple), asked.find("tags", tuple)
    return ContactChange(
        first_name=asked.find("first", str),
        last_name=asked.find("last", str),
        display_name=asked.find("name", str),
        note=asked.find("note", str),
        groups=None if groups is None else await groups_named(line, provider, groups),
        tags=None if tags is None else await tags_named(line, provider, tags),
        fields=await _fields(turn, line, provider, number),
        suppressed=asked.find("suppressed", bool),
        suppressed_reason=asked.find("reason", str),
        archived=asked.find("archived", bool),
        blocked=asked.find("blocked", bool),
        resolved=asked.find("resolved", bool),
    )


async def _fields(
    turn: Turn, line: Line, provider: KeepsContacts, number: Number
) -> tuple[FieldValue, ...] | None:
    """Those that were typed, and beside them what the contact has: a provider replaces all of them."""
    typed = await fields_named(line, provider, turn.asked.named.get("field", {}))
    if not typed:
        return None
    try:
        before = (await provider.read_contact(line, number)).fields
    except NotFound:
        return typed
    changed = {each.field for each in typed}
    return (*(each for each in before if each.field not in changed), *typed)


_DEEDS: Mapping[bool | None, str] = {
    True: "contact_blocked",
    False: "contact_unblocked",
    None: "contact_saved",
}


async def follow(turn: Turn, line: Line, contact: Contact, change: ContactChange) -> None:
    """What the thread shows of it changes as well, and the log says who did it."""
    store = turn.bridge.store
    known = (await contacts.with_number(turn.bridge, line, contact.number)).conversation
    what = _DEEDS[change.blocked]
    if known is None:
        await store.audit.add(NewDeed(turn.given.member.id, what, about=contact_about(contact)))
        return
    deed = NewDeed(turn.given.member.id, what, known.id)
    await store.contacts.rename(line.id, {contact.number: contact_name(contact)})
    standing = Standing(resolved=change.resolved, archived=change.archived, blocked=change.blocked)
    await store.standings.set(known.id, standing, deed, tell=False)
