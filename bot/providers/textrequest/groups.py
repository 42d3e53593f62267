"""Groups of contacts at Text Request: the calls, then what is asked and what the answers mean.

Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from bot.capabilities import KeepsGroups
from bot.errors import UsageError
from bot.http import Count, Flag, Http, Wire, Words, raise_for_page
from bot.model import Group, GroupId, Line
from bot.providers.reading import first_of, read_time
from bot.providers.textrequest.asking import explained, line_path, list_rows, read_one, their_id

_GONE = "Text Request does not change this group: it may be gone. Look at the list of groups."


class Groups(KeepsGroups):
    """Text Request's groups."""

    _http: Http

    async def list_groups(self, line: Line) -> AsyncIterator[Group]:
        """Every group, those of keywords too."""
        async for wire in list_rows(self._http, groups_path(line), {}, GroupWire):
            group = wire.group()
            if group is not None:
                yield group

    async def read_group(self, line: Line, group: GroupId) -> Group:
        """One group; no content means that there is none."""
        return read_one(await self._http.read(group_path(line, group)), GroupWire, GroupWire.group)

    async def create_group(self, line: Line, name: str, note: str) -> Group:
        """Make a group."""
        response = await self._http.act("POST", groups_path(line), group_body(name, note))
        return read_one(response, GroupWire, GroupWire.group)

    async def update_group(self, line: Line, group: GroupId, name: str, note: str) -> Group:
        """Set name and note; they refuse it for a group that is gone."""
        with explained(_GONE):
            response = await self._http.act("PUT", group_path(line, group), group_body(name, note))
        return read_one(response, GroupWire, GroupWire.group)

    async def delete_group(self, line: Line, group: GroupId) -> None:
        """Delete a group, with members or without."""
        with explained(_GONE):
            raise_for_page(await self._http.act("DELETE", group_path(line, group)))


# --- What is asked ----------------------------------------------------------------------------------------


def groups_path(line: Line) -> str:
    """Where a line's groups live."""
    return f"{line_path(line)}/groups"


def group_path(line: Line, group: GroupId) -> str:
    """Where one lives. Raises `UsageError` for what cannot be an id of theirs."""
    return f"{groups_path(line)}/{their_id(group, 'group')}"


def group_body(name: str, note: str) -> Mapping[str, object]:
    """A group's name and note. Raises `UsageError` without a name."""
    if not name.strip():
        raise UsageError("A group needs a name.")
    return {"name": name.strip(), "notes": note.strip()}


# --- What the answers mean --------------------------------------------------------------------------------


class GroupWire(Wire):
    """A group."""

    id: Words | None = None
    group_member_count: Count = None
    is_keyword: Flag = None
    name: Words | None = None
    notes: Words | None = None
    last_message_sent_utc: Words | None = None

    def group(self) -> Group | None:
        """The same in the words of every provider; None without an id."""
        if not self.id:
            return None
        return Group(
            id=GroupId(self.id),
            name=first_of(self.name),
            note=first_of(self.notes),
            members=self.group_member_count,
            by_keyword=bool(self.is_keyword),
            last_text_at=read_time(self.last_message_sent_utc),
        )
