"""*Call back*: from the root card, from a message's menu, and for anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.capabilities import ListsAgentGroups, QueuesCallbacks
from bot.errors import UsageError
from bot.flows import callbacks
from bot.flows.agents import agent_meant, group_with_id
from bot.flows.callbacks import CallbackDraft
from bot.flows.commands.callback_queue import QUEUE, subject_for
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn
from bot.flows.contacts import Whom
from bot.flows.forms.addressed import anybody_typed, line_chosen, line_to_begin_with
from bot.flows.forms.form import Form, Wrong, needed
from bot.grammar import Context, Named, To, Verb, read_moment
from bot.grammar.read import read_word
from bot.grammar.registry.callback import CRM, PRIORITY
from bot.grammar.shapes import LINE, Key, Kind, Parameter
from bot.model import Agent, AgentGroupId, CallbackTerms, Line
from bot.views import callback_form as view
from bot.views.answers import Answer
from bot.views.fields import Option
from bot.views.forms import Drawn, Sent
from bot.views.queues import agent_group_about

_NO_DAY = "Choose the day as well, or leave both empty for now."
_NO_TIME = "Choose a time as well, or leave both empty for now."


async def _draw(turn: Turn) -> Drawn:
    the_provider(turn, QueuesCallbacks)
    to = turn.asked.find("to", To)
    groups = await _groups(turn, "")
    return view.callback_form(
        turn.lines,
        line_to_begin_with(turn, turn.lines) if turn.lines else None,
        to.name if to else "",
        groups[0] if len(groups) == 1 else None,
        hint=view.time_hint(to.number if to else None, turn.bridge.now(), turn.zone),
    )


async def _check(turn: Turn, sent: Sent) -> None:
    """What needs no contact centre: whom, when, and what is read as it is for the command."""
    await anybody_typed(turn, sent.text(view.TO), view.TO)
    _line(turn, sent)
    _when(turn, sent)
    _read(turn, sent, view.PRIORITY, PRIORITY)
    _read(turn, sent, view.LINK, CRM)


async def _send(turn: Turn, sent: Sent) -> Answer:
    provider = the_provider(turn, QueuesCallbacks)
    whom = await anybody_typed(turn, sent.text(view.TO), view.TO)
    terms, channel = await _terms(turn, sent, whom), turn.given.channel
    draft = CallbackDraft(provider, whom, _line(turn, sent), channel, terms, "", turn.given.member)
    await callbacks.refuse(turn.bridge, draft)
    return await callbacks.queue(turn.bridge, draft, turn.given.key, turn.zone)


async def _terms(turn: Turn, sent: Sent, whom: Whom) -> CallbackTerms:
    groups = the_provider(turn, ListsAgentGroups)
    priority = _read(turn, sent, view.PRIORITY, PRIORITY)
    agent = await _agent(groups, sent.text(view.AGENT))
    try:
        group = await group_with_id(groups, AgentGroupId(int(needed(sent, view.GROUP, "Choose a group."))))
    except UsageError as error:
        raise Wrong(view.GROUP, str(error)) from error
    return CallbackTerms(
        contact=whom.number,
        group=group.id,
        group_name=group.name or f"#{group.id}",
        subject=sent.text(view.SUBJECT).strip() or subject_for(whom),
        due_at=_when(turn, sent),
        agent=agent.id if agent else None,
        agent_name=agent.name if agent else "",
        body=sent.text(view.BODY).strip(),
        link=sent.text(view.LINK).strip(),
        priority=priority if isinstance(priority, int) else None,
    )


async def _agent(groups: ListsAgentGroups, chosen: str) -> Agent | None:
    if not chosen:
        return None
    try:
        return await agent_meant(groups, Named(int(chosen), f"#{chosen}"))
    except UsageError as error:
        raise Wrong(view.AGENT, str(error)) from error


def _line(turn: Turn, sent: Sent) -> Line | None:
    if not turn.lines:
        return None
    chosen = sent.text(view.LINE)
    begin = line_to_begin_with(turn, turn.lines)
    return line_chosen(turn.lines, chosen, view.LINE) if chosen else begin


def _when(turn: Turn, sent: Sent) -> datetime | None:
    day, hour = sent.text(view.DAY), sent.text(view.TIME)
    if not day and not hour:
        return None
    if not day or not hour:
        raise Wrong(view.TIME if day else view.DAY, _NO_TIME if day else _NO_DAY)
    context = Context("", turn.zone, turn.bridge.now())
    try:
        return read_moment(date.fromisoformat(day), time.fromisoformat(hour), context)
    except UsageError as error:
        raise Wrong(view.TIME, str(error)) from error


def _read(turn: Turn, sent: Sent, name: str, key: Key) -> object:
    """What stands in a field as it would be read behind the command; None for nothing. Raises `Wrong`."""
    typed = sent.text(name).strip()
    try:
        return read_word(key, typed, Context("", turn.zone, turn.bridge.now())) if typed else None
    except UsageError as error:
        raise Wrong(name, str(error)) from error


# --- Menus that are searched ------------------------------------------------------------------------------------


async def _groups(turn: Turn, typed: str) -> Sequence[Option]:
    provider = the_provider(turn, ListsAgentGroups)
    found = await (provider.find_agent_groups(typed) if typed else provider.list_agent_groups())
    return [Option(str(group.id), agent_group_about(group)) for group in found]


async def _agents(turn: Turn, typed: str) -> Sequence[Option]:
    agents = await the_provider(turn, ListsAgentGroups).list_agents()
    options = [Option(str(agent.id), agent.name or f"#{agent.id}") for agent in agents]
    return [option for option in options if typed.casefold() in option.words.casefold()]


CALLBACK = Form(
    QUEUE,
    "Call back",
    ("callback", "queue"),
    _draw,
    _send,
    _check,
    waits=True,
    takes=Verb("", "", (Parameter("to", Kind.TO, optional=True),), (LINE,)),
    find={view.GROUP: _groups, view.AGENT: _agents},
)
