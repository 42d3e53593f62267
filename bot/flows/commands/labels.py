"""Tags, groups and custom fields of a line by the names that people type, and their names by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bot.capabilities import KeepsGroups, ListsCustomFields, ListsTags
from bot.errors import UnknownName, UsageError
from bot.flows.commands.provided import also
from bot.grammar import Named
from bot.markup import inert
from bot.model import Contact, FieldId, FieldValue, GroupId, Line, TagId
from bot.views.contacts import Labels

Id = TypeVar("Id", bound=str)

_MISSING = "No {what} on “{line}” is called “{name}”. {where} lists them."
_SEVERAL = "Several on “{line}” are called “{name}”. Use an id: {ids}."
SHOWN = 3  # ids of several


async def tags_named(line: Line, provider: object, names: Sequence[str]) -> tuple[TagId, ...]:
    """The tags of those names or ids. Raises `UsageError` for one that is not there, or that can be several."""
    if not names:
        return ()
    known = [(tag.id, tag.name) async for tag in also(provider, ListsTags).list_tags(line)]
    return tuple(_the_one(known, name, line, ("tag", "/contact tags")) for name in names)


async def groups_named(line: Line, provider: object, names: Sequence[Named]) -> tuple[GroupId, ...]:
    """The groups of those names or ids. Raises `UsageError` as `tags_named` does."""
    if not names:
        return ()
    known = [(group.id, group.name) async for group in also(provider, KeepsGroups).list_groups(line)]
    return tuple(_the_one(known, each.name, line, ("group", "/group")) for each in names)


async def fields_named(line: Line, provider: object, values: Mapping[str, str]) -> tuple[FieldValue, ...]:
    """The custom fields of those names or ids, with their values. Raises `UsageError` as `tags_named` does."""
    if not values:
        return ()
    known = [(each.id, each.name) for each in await also(provider, ListsCustomFields).list_custom_fields(line)]
    places = ("field", "/contact fields")
    return tuple(FieldValue(_the_one(known, name, line, places), value) for name, value in values.items())


async def labels_of(line: Line, provider: object, contact: Contact) -> Labels:
    """What everything on a contact is called; nothing is asked for that it does not have."""
    groups: dict[GroupId, str] = {}
    tags: dict[TagId, str] = {}
    fields: dict[FieldId, str] = {}
    if contact.groups and isinstance(provider, KeepsGroups):
        groups = {group.id: group.name async for group in provider.list_groups(line)}
    if contact.tags and isinstance(provider, ListsTags):
        tags = {tag.id: tag.name async for tag in provider.list_tags(line)}
    if contact.fields and isinstance(provider, ListsCustomFields):
        fields = {each.id: each.name for each in await provider.list_custom_fields(line)}
    return Labels(groups, tags, fields)


def _the_one(known: Iterable[tuple[Id, str]], typed: str, line: Line, of: tuple[str, str]) -> Id:
    """By its name; else by its id, also written like `#12`."""
    what, where = of
    wanted = typed.strip().casefold()
    by_name = [id_ for id_, name in known if name.strip().casefold() == wanted]
    found = by_name or [id_ for id_, _ in known if id_.casefold() == wanted.removeprefix("#")]
    if not found:
        raise UnknownName(_MISSING.format(what=what, line=inert(line.name), name=typed, where=where))
    if len(found) > 1:
        raise UsageError(_SEVERAL.format(line=inert(line.name), name=typed, ids=", ".join(found[:SHOWN])))
    return found[0]
