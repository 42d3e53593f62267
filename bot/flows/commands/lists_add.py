"""`/list add`: puts a contact on a list."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsContactLists
from bot.flows.commands.one_list import list_meant, note
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn
from bot.flows.commands.whom import anybody
from bot.grammar import To, quote, with_word
from bot.model import ListedContactDetails, Number
from bot.views.answers import Answer, Choice, Item
from bot.views.contact_lists import list_about, listed_about, listed_words


async def add(turn: Turn) -> Answer | None:
    """`/list add <list> <to> <first> <last> [details]`."""
    provider = the_provider(turn, KeepsContactLists)
    number = await _number(turn)
    contact_list = await list_meant(turn, provider)
    contact = await provider.add_listed_contact(contact_list.id, _details(turn, number))
    await note(turn, "listed", f"{listed_about(contact)} · {list_about(contact_list)}")
    remove = Choice("Remove", turn.again(f"remove {contact_list.id} {contact.id}"))
    return Answer(
        f"Put {listed_about(contact)} on {list_about(contact_list)}.", (Item(listed_words(contact), (remove,)),)
    )


async def _number(turn: Turn) -> Number:
    """The number, or that of the one contact who is called so. Raises `Unclear` when several are, `UsageError`
    when nobody is."""
    to, words, verb = turn.asked.value("to", To), turn.given.ask.words, turn.asked.verb
    found = await anybody(turn, to, lambda number: turn.again(with_word(words, verb, to.name, quote(number))))
    return found.number


def _details(turn: Turn, number: Number) -> ListedContactDetails:
    said: Mapping[str, str] = {name: value for name, value in turn.asked.values.items() if isinstance(value, str)}
    return ListedContactDetails(
        number=number,
        first_name=said["first"],
        last_name=said["last"],
        email=said.get("email", ""),
        organization=said.get("organization", ""),
        fax=Number(said["fax"]) if said.get("fax") else None,
        address_line_1=said.get("address", ""),
        address_line_2=said.get("address2", ""),
        city=said.get("city", ""),
        state=said.get("state", ""),
        postal_code=said.get("postal-code", ""),
        country=said.get("country", ""),
        custom=(
            said.get("custom1", ""),
            said.get("custom2", ""),
            said.get("custom3", ""),
            said.get("custom4", ""),
        ),
    )
