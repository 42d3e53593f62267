"""What Aranda's answers say of configuration items. Pure.

No page lists every field of one, so what is not known by name is kept as words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from bot.http import Count, Response, Wire, Words, no_answer
from bot.model import ConfigurationItem, ItemId
from bot.providers.asms.asking import names_of
from bot.providers.asms.plain import plain
from bot.providers.asms.wire import NamedWire, read_additional, read_choice, read_local
from bot.providers.reading import first_of, read_row

# What `ConfigurationItem` has a place for.
_KNOWN = names_of(
    """id name description serial assetTag state stateName category categoryId categoryName responsible
    responsibleName modifiedDate additionalFields"""
)


class ItemWire(Wire):
    """An item, as far as it is known. A state is a word, or has a name."""

    id: Count = None
    name: Words | None = None
    description: Words | None = None
    serial: Words | None = None
    assetTag: Words | None = None  # noqa: N815  # their spelling
    modifiedDate: Words | None = None  # noqa: N815
    category: object = None
    additionalFields: tuple[object, ...] | None = None  # noqa: N815


def read_item_id(response: Response) -> ItemId:
    """The item in an answer. Raises `OutcomeUnknown` when it names none."""
    wire = response.parse(NamedWire)
    if not wire.id:
        raise no_answer(response.call, "unreadable")
    return ItemId(wire.id)


def read_item_row(row: object, zone: tzinfo | None) -> ConfigurationItem | None:
    """An item; None for what is none, or has no id."""
    wire = read_row(ItemWire, row)
    if wire is None or not isinstance(row, dict) or not wire.id:
        return None
    category = read_row(NamedWire, wire.category)
    return ConfigurationItem(
        id=ItemId(wire.id),
        name=first_of(wire.name),
        description=plain(wire.description),
        serial=first_of(wire.serial),
        asset_tag=first_of(wire.assetTag),
        state=first_of(shown(row.get("state")), shown(row.get("stateName"))),
        category=(category.choice() if category else None) or read_choice(row, "category"),
        responsible=first_of(shown(row.get("responsibleName")), shown(row.get("responsible"))),
        changed_at=read_local(wire.modifiedDate, zone),
        details=_details(row),
        additional=read_additional(wire.additionalFields),
    )


def _details(row: Mapping[str, object]) -> Mapping[str, str]:
    return {name: words for name, value in row.items() if name not in _KNOWN and (words := shown(value))}


def shown(value: object) -> str:
    """A value as words: its name when it has one; nothing for what is neither."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return plain(value)
        case int() | float():
            return str(value)
        case {"name": str(name)}:
            return plain(name)
    return ""
