"""`/list`: an account's lists of contacts, apart from lines."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsContactLists
from bot.flows.commands.listing import ask_first, list_answer, read_page
from bot.flows.commands.lists_add import add
from bot.flows.commands.one_list import list_meant, listed_meant, note
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Verb
from bot.model import ContactList, ContactListId, ListedContact, ListHit
from bot.views.answers import Answer, Choice, Item
from bot.views.contact_lists import hit_words, list_about, list_words, listed_about, listed_words


async def every(turn: Turn) -> Answer | None:
    """`/list`: every list."""
    provider = the_provider(turn, KeepsContactLists)
    page = await read_page(provider.list_contact_lists(), turn.asked.page)

    def item(contact_list: ContactList) -> Item:
        return Item(list_words(contact_list), _choices(turn, contact_list.id))

    return list_answer("Contact lists", page, item, turn.page)


async def show(turn: Turn) -> Answer | None:
    """`/list <list>`: who is on it."""
    provider = the_provider(turn, KeepsContactLists)
    contact_list = await list_meant(turn, provider)
    page = await read_page(provider.list_listed_contacts(contact_list.id), turn.asked.page)

    def item(contact: ListedContact) -> Item:
        remove = Choice("Remove", turn.again(f"remove {contact_list.id} {contact.id}"))
        return Item(listed_words(contact), (remove,))

    return list_answer(list_about(contact_list), page, item, turn.page)


async def find(turn: Turn) -> Answer | None:
    """`/list find <words>`: lists and contacts."""
    provider = the_provider(turn, KeepsContactLists)
    words = turn.asked.value("words", str)
    page = await read_page(provider.search_contact_lists(words), turn.asked.page)

    def item(hit: ListHit) -> Item:
        return Item(hit_words(hit), _choices(turn, ContactListId(hit.id)) if hit.is_list else ())

    return list_answer(f"Lists and contacts with “{words}”", page, item, turn.page)


async def new(turn: Turn) -> Answer | None:
    """`/list new <name>`."""
    provider = the_provider(turn, KeepsContactLists)
    made = await provider.create_contact_list(turn.asked.value("name", str))
    await note(turn, "list_made", list_about(made))
    return Answer(f"Made {list_about(made)}.", (Item(list_words(made), _choices(turn, made.id)),))


async def delete(turn: Turn) -> Answer | None:
    """`/list delete <list>`: asks first, since its contacts go with it."""
    provider = the_provider(turn, KeepsContactLists)
    contact_list = await list_meant(turn, provider)
    about = list_about(contact_list)
    if not turn.given.ask.sure:
        heading = f"Delete {list_words(contact_list)}? Everybody on it is deleted from it for good."
        return ask_first(turn, heading, "Delete", f"delete {contact_list.id}")
    await provider.delete_contact_list(contact_list.id)
    await note(turn, "list_deleted", about)
    return Answer(f"Deleted {about} and who was on it.")


async def remove(turn: Turn) -> Answer | None:
    """`/list remove <list> <contact>`: asks first, since what the list keeps of them is lost."""
    provider = the_provider(turn, KeepsContactLists)
    contact_list = await list_meant(turn, provider)
    contact = await listed_meant(turn, provider, contact_list)
    about = f"{listed_about(contact)} · {list_about(contact_list)}"
    if not turn.given.ask.sure:
        heading = f"Take {listed_about(contact)} off {list_about(contact_list)}? What it keeps of them is lost."
        return ask_first(turn, heading, "Remove", f"remove {contact_list.id} {contact.id}")
    await provider.remove_listed_contact(contact_list.id, contact.id)
    await note(turn, "unlisted", about)
    return Answer(f"Took {listed_about(contact)} off {list_about(contact_list)}.")


def _choices(turn: Turn, of: ContactListId) -> tuple[Choice, ...]:
    return (Choice("Show", turn.again(str(of))), Choice("Delete", turn.again(f"delete {of}")))


LIST: Mapping[str, Verb] = {
    "all": every,
    "show": show,
    "find": find,
    "new": new,
    "delete": delete,
    "add": add,
    "remove": remove,
}
