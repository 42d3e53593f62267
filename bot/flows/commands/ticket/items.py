"""`/ticket ci`: the things that tickets are about, found and shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.capabilities import KeepsConfigurationItems
from bot.flows.commands.listing import cut_page, list_answer, with_words
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.finding import CUT, named_condition, their_name
from bot.flows.commands.ticket.menus import ITEM_ROLES, item_id, the_project
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Asked, Named, Value
from bot.model import Ask, Compare, Condition, ConfigurationItem, ItemId, Search
from bot.views.answers import Answer, Choice, Item
from bot.views.knowledge import item_about, item_card, item_words

_BY_NAME = frozenset({"category", "risk", "unit"})  # the others can be compared by their ids alone
_WORDS = {"rfid": "RFID", "barcode": "BarCode"}  # spelt otherwise than by the rule
_DATES = {
    "accept": "AcceptDate",
    "check-in": "CheckinDate",
    "responsibility": "ReponsibleDate",  # spelt so
    "created": "CreatedDate",
    "modified": "ModifiedDate",
}
_SIDES = {"after": Compare.AT_LEAST, "before": Compare.BELOW}


async def find(turn: Turn) -> Answer:
    """`/ticket ci find [words] [keys]`: words are looked for in the name."""
    project = await the_project(turn) if any(_needs_project(turn.asked)) else None
    conditions = tuple([each async for each in _conditions(turn, project)])
    found = await the_provider(turn, KeepsConfigurationItems).find_items(Search(conditions))

    def item(each: ConfigurationItem) -> Item:
        return Item(item_words(each), (Choice("Show", about_item(each.id)),))

    heading = with_words("Configuration items", turn.asked.find("words", str))
    listed = list_answer(heading, cut_page(found.rows, turn.asked.page), item, turn.page)
    return replace(listed, below=CUT) if found.cut else listed


async def show(turn: Turn) -> Answer:
    """`/ticket ci show <id>`."""
    item = await the_provider(turn, KeepsConfigurationItems).read_item(ItemId(turn.asked.value("id", int)))
    return shown_item(turn, item, item_about(item))


def about_item(item: ItemId) -> Ask:
    """The command that shows a configuration item. Pure."""
    return Ask("ticket", f"ci show {item}")


def shown_item(turn: Turn, item: ConfigurationItem, heading: str) -> Answer:
    """A configuration item, whole; `heading` has how it is called. Pure."""
    card = item_card(item, turn.zone)
    return Answer(heading, (Item(card),) if card else (), choices=(Choice("Refresh", about_item(item.id)),))


def _needs_project(asked: Asked) -> Iterator[bool]:
    """Whether each key has a name that is looked up in a project's menus. Pure."""
    for key in {"project", *ITEM_ROLES} - _BY_NAME:
        named = asked.find(key, Named)
        yield named is not None and named.id is None


async def _conditions(turn: Turn, project: int | None) -> AsyncIterator[Condition]:
    """Raises `UsageError` for a name that cannot be looked up."""
    words = turn.asked.find("words", str)
    if words is not None:
        yield Condition("Name", Compare.LIKE, words)
    for key in turn.asked.verb.keys:
        value = turn.asked.values.get(key.name)
        if isinstance(value, Named) and value.id is None and key.name not in _BY_NAME:
            number = project if key.name == "project" else await item_id(turn, key.name, value, project)
            value = Named(number, value.name)
        if value is not None:
            yield condition_of(key.name, value)


def condition_of(key: str, value: Value) -> Condition:
    """What was typed of an item's fields, by the service desk's names. Pure."""
    match value:
        case Named():
            return named_condition(their_name(key), value)
        case datetime():
            name, _, side = key.rpartition("-")
            return Condition(_DATES[name], _SIDES[side], value.isoformat())
    return Condition(_WORDS.get(key, their_name(key)), Compare.LIKE, str(value))


ITEMS: Mapping[str, Verb] = {"ci find": find, "ci show": show}
