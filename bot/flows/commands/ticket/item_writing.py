"""`/ticket ci new` and `/ticket ci update`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.capabilities import KeepsConfigurationItems
from bot.errors import ProviderError, UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.changing import additional_of
from bot.flows.commands.ticket.items import about_item, shown_item
from bot.flows.commands.ticket.menus import item_id, the_project
from bot.flows.commands.ticket.one_ticket import note
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Asked, Named
from bot.model import AdditionalField, ConfigurationItem, ItemChange, ItemId, ItemRequest
from bot.money import decimal_of, parse_amount
from bot.views.answers import Answer, Choice
from bot.views.knowledge import item_about

_NEEDED = ("category", "responsible")  # and a project
_SPELT = {"barcode": "barCode"}  # otherwise than by the rule
_NEEDS = "A new configuration item needs {keys}. /ticket ci new <name> category= responsible= project="


async def new(turn: Turn) -> Answer:
    """`/ticket ci new <name>`: asks for the project where there are several."""
    provider, name = the_provider(turn, KeepsConfigurationItems), turn.asked.value("name", str)
    missing = [f"{key}=" for key in _NEEDED if not turn.asked.has(key)]
    if missing:
        raise UsageError(_NEEDS.format(keys=" and ".join(missing)))
    project = await the_project(turn)
    ids = await _ids(turn, project)
    category, responsible = (ids.pop(f"{key}Id") for key in _NEEDED)
    request = ItemRequest(name, project, category, responsible, _change(turn, ids, ()))
    made = await provider.create_item(request)
    await note(turn, "item_made", f"{name} (#{made})")
    return Answer(f"Made {name} (#{made}).", choices=(Choice("Show", about_item(made)),))


async def update(turn: Turn) -> Answer:
    """`/ticket ci update <id>`: what is not typed stays."""
    provider, number = the_provider(turn, KeepsConfigurationItems), ItemId(turn.asked.value("id", int))
    before = await provider.read_item(number)
    ids = await _ids(turn, project_in(before))
    await provider.update_item(number, _change(turn, ids, before.additional))
    await note(turn, "item_changed", item_about(before))
    try:
        after = await provider.read_item(number)
    except ProviderError as error:
        return Answer(f"Changed {item_about(before)}. It cannot be shown now: {error}")
    return shown_item(turn, after, f"Changed {item_about(after)}.")


def project_in(item: ConfigurationItem) -> int | None:
    """The project of an item, where the service desk tells it. Pure."""
    told = item.details.get("projectId", "")
    return int(told) if told.isdecimal() else None


async def _ids(turn: Turn, project: int | None) -> dict[str, int]:
    """What was typed of what an item points at, by the service desk's names. Raises `UsageError`."""
    asked = turn.asked
    named = {key.name: asked.find(key.name, Named) for key in asked.verb.keys if key.name != "project"}
    return {
        f"{set_name(key)}Id": await item_id(turn, key, value, project) for key, value in named.items() if value
    }


def _change(turn: Turn, ids: Mapping[str, int], known: Sequence[AdditionalField]) -> ItemChange:
    asked = turn.asked
    moments = {key.name: asked.find(key.name, datetime) for key in asked.verb.keys}
    price = asked.find("price", str)
    return ItemChange(
        words=words_of(asked),
        ids=ids,
        moments={set_name(key): value for key, value in moments.items() if value},
        price=None if price is None else decimal_of(parse_amount(price)),
        additional=tuple(additional_of(asked.named.get("field", {}), known)),
    )


def words_of(asked: Asked) -> Mapping[str, str]:
    """What was typed of an item's own words, by the service desk's names. Pure."""
    values = {key.name: asked.values.get(key.name) for key in asked.verb.keys}
    return {set_name(key): value for key, value in values.items() if isinstance(value, str) and key != "price"}


def set_name(key: str) -> str:
    """The service desk's name of a field that is set: `asset-tag` is `assetTag`. Pure."""
    first, *rest = key.split("-")
    return _SPELT.get(key) or "".join([first, *(part.capitalize() for part in rest)])


ITEM_WRITING: Mapping[str, Verb] = {"ci new": new, "ci update": update}
