"""`/callback`: phone calls that we owe, as the contact centre has them, and who takes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.capabilities import ListsAcdEvents, ListsAgentGroups
from bot.errors import NotOffered, UsageError
from bot.flows.agents import NO_GROUP
from bot.flows.commands.callback_queue import open_form, queue
from bot.flows.commands.listing import cut_page, list_answer
from bot.flows.commands.provided import name_of, the_provider
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Named, quote
from bot.markup import escape
from bot.model import (
    AcdEvent,
    AcdEventId,
    AcdEventKind,
    AcdWord,
    Agent,
    AgentGroup,
    AgentGroupId,
    Ask,
    ProviderName,
)
from bot.model.cards import CardKind
from bot.views.answers import Answer, Choice, Item
from bot.views.queues import agent_group_about, event_about, event_words, word_line


async def every(turn: Turn) -> Answer | None:
    """`/callback list`: newest first."""
    events = [each async for each in the_provider(turn, ListsAcdEvents).list_acd_events()]
    callbacks = [event for event in reversed(events) if event.kind is AcdEventKind.CALLBACK]
    page = cut_page(callbacks, turn.asked.page)
    words = await _words(turn, page.things)

    def item(event: AcdEvent) -> Item:
        return Item(words[event.id], (Choice("Show", turn.again(f"#{event.id}")),))

    return list_answer("Callbacks, newest first", page, item, lambda other: turn.again(f"list page={other}"))


async def show(turn: Turn) -> Answer | None:
    """`/callback <id>`: how far it got."""
    provider = the_provider(turn, ListsAcdEvents)
    event = await provider.read_acd_event(AcdEventId(turn.asked.value("id", int)))
    refresh = Choice("Refresh", turn.again(f"#{event.id}"))
    item = Item((await _words(turn, [event]))[event.id], (refresh,))
    return Answer(event_about(event), (item,), link=await _card_of(turn, name_of(provider), event))


async def _card_of(turn: Turn, provider: ProviderName, event: AcdEvent) -> tuple[str, str] | None:
    """The way to its card, where it has one."""
    cards = turn.bridge.store.cards
    card = await cards.held(CardKind.CALLBACK, provider, str(event.id))
    place = None if card is None else await cards.place(card)
    return None if place is None else (turn.bridge.ours.permalink(*place), "Open its card")


async def groups(turn: Turn) -> Answer | None:
    """`/callback groups [id|name]`: all of them, the one of the id, or those in whose names the word occurs."""
    named = turn.asked.find("group", Named)
    page = cut_page(await _groups(turn, named), turn.asked.page)

    def other(number: int) -> Ask:
        return turn.again(f"groups {escape(quote(named.name)) if named else ''} page={number}")

    return list_answer("Groups of agents", page, lambda group: Item(agent_group_about(group)), other)


async def types(turn: Turn) -> Answer | None:
    """`/callback types`."""
    return _listed("Types of events", await the_provider(turn, ListsAcdEvents).list_event_types())


async def states(turn: Turn) -> Answer | None:
    """`/callback states`."""
    return _listed("States of events", await the_provider(turn, ListsAcdEvents).list_event_states())


async def _groups(turn: Turn, named: Named | None) -> Sequence[AgentGroup]:
    provider = the_provider(turn, ListsAgentGroups)
    if named is None:
        return await provider.list_agent_groups()
    if named.id is not None:
        return [await provider.read_agent_group(AgentGroupId(named.id))]
    found = await provider.find_agent_groups(named.name)
    if not found:
        raise UsageError(NO_GROUP.format(name=named.name))
    return found


def _listed(heading: str, words: Sequence[AcdWord]) -> Answer:
    if not words:
        return Answer(f"{heading}: none.")
    return Answer(heading, (Item("\n".join(word_line(word) for word in words)),))


async def _words(turn: Turn, events: Sequence[AcdEvent]) -> Mapping[AcdEventId, str]:
    """What is shown of each event. Names are asked for only where an event has something that has one."""
    provider = the_provider(turn, ListsAgentGroups)
    groups = await _names(provider.list_agent_groups) if any(event.group for event in events) else {}
    agents = await _names(provider.list_agents) if any(event.agent for event in events) else {}
    return {
        event.id: event_words(event, _name(groups, event.group), _name(agents, event.agent), turn.zone)
        for event in events
    }


async def _names(listed: Callable[[], Awaitable[Sequence[AgentGroup | Agent]]]) -> Mapping[int, str]:
    """The name of each; none where an older server does not tell."""
    try:
        return {each.id: each.name for each in await listed()}
    except NotOffered:
        return {}


def _name(names: Mapping[int, str], number: int | None) -> str:
    """The name, or the number of what has none; empty for nothing. Pure."""
    return "" if number is None else names.get(number) or f"#{number}"


CALLBACK: Mapping[str, Verb] = {
    "open": open_form,
    "queue": queue,
    "list": every,
    "show": show,
    "groups": groups,
    "types": types,
    "states": states,
}
