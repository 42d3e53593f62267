"""`/group`: groups of a line's contacts."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsGroups
from bot.errors import UsageError
from bot.flows.commands.listing import ask_first, list_answer, read_page
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn, Unclear, Verb, from_key
from bot.grammar import Named
from bot.markup import inert
from bot.model import Ask, Group, GroupId, Line, NewDeed
from bot.views.answers import Answer, Choice, Item
from bot.views.groups import group_about, group_words

RENAME = "form:group"


async def every(turn: Turn) -> Answer | None:
    """`/group`: the groups of a line."""
    line, provider = line_and_provider(turn, KeepsGroups)
    page = await read_page(provider.list_groups(line), turn.asked.page)

    def item(group: Group) -> Item:
        return Item(group_words(group), _choices(line, group))

    return list_answer(
        f"Groups on {line.name}", page, item, lambda other: turn.again(f"{from_key(line)} page={other}")
    )


async def show(turn: Turn) -> Answer | None:
    """`/group <id|name>`."""
    line, provider = line_and_provider(turn, KeepsGroups)
    group = await _group(turn, line, provider, "")
    return Answer(group_about(group), (Item(group_words(group), _choices(line, group)),))


async def new(turn: Turn) -> Answer | None:
    """`/group new <name>`."""
    line, provider = line_and_provider(turn, KeepsGroups)
    group = await provider.create_group(line, turn.asked.value("name", str), turn.asked.find("note", str) or "")
    await _note(turn, "group_made", group)
    return Answer(f"Made {group_about(group)}.", (Item(group_words(group), _choices(line, group)),))


async def edit(turn: Turn) -> Answer | None:
    """`/group edit <id>`: what is not typed stays."""
    line, provider = line_and_provider(turn, KeepsGroups)
    before = await provider.read_group(line, GroupId(str(turn.asked.value("id", int))))
    name = turn.asked.find("name", str)
    note = turn.asked.find("note", str)
    group = await provider.update_group(
        line, before.id, before.name if name is None else name, before.note if note is None else note
    )
    return await changed(turn, line, group)


async def changed(turn: Turn, line: Line, group: Group) -> Answer:
    """Write down that a group was changed, and say so."""
    await _note(turn, "group_changed", group)
    return Answer(f"Changed {group_about(group)}.", (Item(group_words(group), _choices(line, group)),))


async def delete(turn: Turn) -> Answer | None:
    """`/group delete <id|name>`: asks first."""
    line, provider = line_and_provider(turn, KeepsGroups)
    group = await _group(turn, line, provider, "delete ")
    if not turn.given.ask.sure:
        heading = f"Delete {group_about(group)} on {line.name}? Its contacts stay."
        return ask_first(turn, heading, "Delete", f"delete {group.id} {from_key(line)}")
    await provider.delete_group(line, group.id)
    await _note(turn, "group_deleted", group)
    return Answer(f"Deleted {group_about(group)}. Its contacts stay.")


async def _group(turn: Turn, line: Line, provider: KeepsGroups, verb: str) -> Group:
    """The group that is meant; `verb` is what was typed before it.

    Raises `Unclear` when several are called so, `UsageError` when none is.
    """
    named = turn.asked.value("group", Named)
    if named.id is not None:
        return await provider.read_group(line, GroupId(str(named.id)))
    wanted = named.name.casefold()
    found = [group async for group in provider.list_groups(line) if group.name.casefold() == wanted]
    if not found:
        raise UsageError(f"No group on “{inert(line.name)}” is called “{named.name}”. /group lists them.")
    if len(found) == 1:
        return found[0]
    choices = tuple(
        Choice(group_about(group), turn.again(f"{verb}{group.id} {from_key(line)}")) for group in found
    )
    raise Unclear(Answer(f"Which “{named.name}”?", choices=choices, once=True))


def _choices(line: Line, group: Group) -> tuple[Choice, ...]:
    of = f"{group.id} {from_key(line)}"
    return Choice("Rename", Ask(RENAME, of)), Choice("Delete", Ask("group", f"delete {of}"))


async def _note(turn: Turn, what: str, group: Group) -> None:
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, what, about=group_about(group)))


GROUP: Mapping[str, Verb] = {"all": every, "show": show, "new": new, "edit": edit, "delete": delete}
