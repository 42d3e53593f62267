"""Who takes what waits in a contact centre: groups and agents as people name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.capabilities import ListsAgentGroups
from bot.errors import NotFound, NotOffered, UnknownName, UsageError
from bot.flows.commands.turn import Unclear
from bot.grammar import AgentGroup, Named
from bot.model import Agent, AgentGroupId, AgentId, Ask, SplitGroup
from bot.model import AgentGroup as Group
from bot.views.answers import Answer, Choice
from bot.views.menus import MOST_IN_MENU
from bot.views.queues import agent_group_about

NO_GROUP = "No group of agents is called “{name}”. /callback groups lists them."
_NO_GROUPS = "The contact centre has no group of agents yet. Ask who runs it to make one."
_GONE = "There is no group of agents #{id} any more. /callback groups lists them."
_TOO_MANY = "There are {count} groups of agents: say which by group= and its name or number."
_NO_AGENT = "No agent is called “{name}”. Write the name they log in with, or their number."
_AGENTS_UNKNOWN = "This contact centre does not tell who its agents are: write the agent's number."


@dataclass(frozen=True, slots=True)
class Target:
    """The group whose queue it is, as one group or as two halves, and how people call it."""

    group: AgentGroupId | SplitGroup
    name: str


async def group_meant(
    provider: ListsAgentGroups, asked: AgentGroup | None, again: Callable[[AgentGroupId], Ask]
) -> Target:
    """The group that was named; the only one, where none was. Raises `Unclear` when it can be several, each button
    asking for `again` of it, `UsageError` when there is none."""
    if asked is not None and asked.pair is not None:
        configuration, agents = [await group_with_id(provider, AgentGroupId(each)) for each in asked.pair]
        return Target(SplitGroup(configuration.id, agents.id), f"{configuration.name} / {agents.name}")
    found = await _groups(provider, asked.group if asked is not None else None)
    if len(found) == 1:
        return Target(found[0].id, found[0].name or f"#{found[0].id}")
    if len(found) > MOST_IN_MENU:
        raise UsageError(_TOO_MANY.format(count=len(found)))
    choices = tuple(Choice(agent_group_about(each), again(each.id)) for each in found)
    raise Unclear(Answer("Which group of agents?", choices=choices, once=True))


async def group_with_id(provider: ListsAgentGroups, group: AgentGroupId) -> Group:
    """The group of that number. Raises `UsageError` when it is not there any more."""
    try:
        return await provider.read_agent_group(group)
    except NotFound:
        raise UsageError(_GONE.format(id=group)) from None


async def _groups(provider: ListsAgentGroups, named: Named | None) -> Sequence[Group]:
    """Those that can be meant, one at least: the one called just so before those in whose names it occurs."""
    if named is None:
        groups = await provider.list_agent_groups()
        if not groups:
            raise UsageError(_NO_GROUPS)
        return groups
    if named.id is not None:
        return [await group_with_id(provider, AgentGroupId(named.id))]
    found = await provider.find_agent_groups(named.name)
    if not found:
        raise UnknownName(NO_GROUP.format(name=named.name))
    exact = [group for group in found if _same(group.name, named.name)]
    return exact or found


async def agent_meant(provider: ListsAgentGroups, named: Named) -> Agent:
    """The agent of that name or number. Raises `UsageError` when there is none. Where a server does not list its
    agents, a number is taken as it is."""
    try:
        agents = await provider.list_agents()
    except NotOffered:
        if named.id is None:
            raise UsageError(_AGENTS_UNKNOWN) from None
        return Agent(AgentId(named.id), "")
    for agent in agents:
        if agent.id == named.id or _same(agent.name, named.name):
            return agent
    raise UsageError(_NO_AGENT.format(name=named.name))


def _same(name: str, typed: str) -> bool:
    return name.strip().casefold() == typed.strip().casefold()
