"""Who takes what waits in jtel's queues: groups, and agents.

Source: https://wiki.jtel.de/x/sQkOAQ (groups)
Source: https://wiki.jtel.de/display/JPW/Master+Data+REST+API+-+Users+Functions
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.capabilities import ListsAgentGroups
from bot.errors import UsageError
from bot.http import Http, Words
from bot.model import Agent, AgentGroup, AgentGroupId, AgentId
from bot.providers.jtel.asking import MOST_BYTES, all_of, known, search_for, the_one
from bot.providers.jtel.wire import RowWire
from bot.providers.reading import first_of, read_row


class Groups(ListsAgentGroups):
    """jtel's groups and agents."""

    _http: Http

    async def list_agent_groups(self) -> Sequence[AgentGroup]:
        """Groups that stand alone, and both halves of those that do not; they do not tell which is which."""
        return all_of(await self._http.read("/acd/groups", most_bytes=MOST_BYTES), read_group)

    async def read_agent_group(self, group: AgentGroupId) -> AgentGroup:
        """One group."""
        return the_one(await self._http.read(f"/acd/groups/group/{known(group)}"), read_group)

    async def find_agent_groups(self, name: str) -> Sequence[AgentGroup]:
        """As their database compares. Raises `UsageError` without a name."""
        if not name.strip():
            raise UsageError("Write the group's name, or a part of it.")
        answer = self._http.read("/acd/groups/group", {"name": name.strip()}, most_bytes=MOST_BYTES)
        return await search_for(answer, read_group, all_of)

    async def list_agents(self) -> Sequence[Agent]:
        """Every user of the account, by the name they log in with: no sample shows another one."""
        return all_of(await self._http.read("/users", most_bytes=MOST_BYTES), read_agent)


# --- What the answers mean ----------------------------------------------------------------------------------


class GroupWire(RowWire):
    """A group."""

    Name: Words | None = None


class UserWire(RowWire):
    """A user. Their list is in the order of `UID`."""

    UID: Words | None = None


def read_group(row: object) -> AgentGroup | None:
    """One row of groups. Pure."""
    wire = read_row(GroupWire, row)
    return AgentGroup(AgentGroupId(wire.ID), first_of(wire.Name)) if wire else None


def read_agent(row: object) -> Agent | None:
    """One row of users. Pure."""
    wire = read_row(UserWire, row)
    return Agent(AgentId(wire.ID), first_of(wire.UID)) if wire else None
