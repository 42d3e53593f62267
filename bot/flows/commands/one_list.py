"""Which list is meant, and who on it."""

from __future__ import annotations

from bot.capabilities import KeepsContactLists
from bot.errors import UnknownName, UsageError
from bot.flows.commands.turn import Turn, Unclear
from bot.grammar import Named, with_word
from bot.markup import inert
from bot.model import ContactList, ListedContact, NewDeed
from bot.views.answers import Answer, Choice
from bot.views.contact_lists import list_words, listed_about, listed_name

_NO_LIST = "No list is called “{name}”. /list lists them."
_NOBODY = "Nobody on {list} is called “{name}”. Type /list {id} to see who is."


async def list_meant(turn: Turn, provider: KeepsContactLists) -> ContactList:
    """The list of that id or name. Raises `Unclear` when several are called so, `UsageError` when none is."""
    named = turn.asked.value("list", Named)
    found: list[ContactList] = []
    async for each in provider.list_contact_lists():
        if each.id == named.id:
            return each
        if each.name.strip().casefold() == named.name.strip().casefold():
            found.append(each)
    if not found:
        raise UnknownName(_NO_LIST.format(name=named.name))
    if len(found) == 1:
        return found[0]
    words, verb = turn.given.ask.words, turn.asked.verb
    choices = tuple(
        Choice(list_words(each), turn.again(with_word(words, verb, named.name, str(each.id)))) for each in found
    )
    raise Unclear(Answer(f"Which “{named.name}”?", choices=choices, once=True))


async def listed_meant(turn: Turn, provider: KeepsContactLists, contact_list: ContactList) -> ListedContact:
    """Who on the list has that id or name. Raises as `list_meant` does."""
    named = turn.asked.value("contact", Named)
    found: list[ListedContact] = []
    async for each in provider.list_listed_contacts(contact_list.id):
        if each.id == named.id:
            return each
        if listed_name(each.details).casefold() == named.name.strip().casefold():
            found.append(each)
    if not found:
        raise UsageError(_NOBODY.format(list=inert(contact_list.name), name=named.name, id=contact_list.id))
    if len(found) == 1:
        return found[0]
    choices = tuple(
        Choice(listed_about(each), turn.again(f"remove {contact_list.id} {each.id}")) for each in found
    )
    raise Unclear(Answer(f"Which “{named.name}”?", choices=choices, once=True))


async def note(turn: Turn, what: str, about: str) -> None:
    """Write down who did it."""
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, what, about=about))
