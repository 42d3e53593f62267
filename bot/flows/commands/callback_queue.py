"""`/callback <to> …`: has a contact called back.

Whatever is unclear is asked, one thing after the other, and every button gives the command once more with what is
clear by then: times too, so that none moves meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.capabilities import ListsAgentGroups, QueuesCallbacks
from bot.flows import callbacks
from bot.flows.agents import Target, agent_meant, group_meant
from bot.flows.callbacks import CallbackDraft
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, from_key, the_line
from bot.flows.commands.whom import anybody
from bot.flows.contacts import Whom
from bot.grammar import AgentGroup, Asked, Context, Named, To, quote, refuse_twice, typed_when
from bot.markup import escape
from bot.model import Agent, Ask, CallbackTerms, Line, Number
from bot.views.answers import CANCEL, Answer, Choice

QUEUE = "form:callback"

_ASK = "Have {who} called back, {when}, at group {group}{agent}: “{subject}”?"


async def open_form(_: Turn) -> Ask:
    """`/callback` alone: the form for a new callback."""
    return Ask(QUEUE, "")


async def queue(turn: Turn) -> Answer | None:
    """`/callback <to> [when] [subject]`: asks first unless whom it is for can be nothing else."""
    provider, groups = the_provider(turn, QueuesCallbacks), the_provider(turn, ListsAgentGroups)
    to, named = turn.asked.value("to", To), turn.asked.find("agent", Named)
    found = await anybody(turn, to, lambda number: _again(turn, to=quote(number)))
    line = await line_for(turn, found.number, _again(turn, to=quote(found.number)))
    known = {"to": quote(found.number), "from": from_key(line) if line else ""}
    target = await group_meant(
        groups,
        turn.asked.find("group", AgentGroup),
        lambda group: _again(turn, **known, group=f"group={group}"),
    )
    agent = None if named is None else await agent_meant(groups, named)
    terms = _terms(turn, found, target, agent)
    data, channel = turn.asked.find("data", str) or "", turn.given.channel
    draft = CallbackDraft(provider, found, line, channel, terms, data, turn.given.member)
    await callbacks.refuse(turn.bridge, draft)
    if not (to.sure or turn.given.ask.sure):
        return _ask_first(turn, draft, _again(turn, **known))
    return await callbacks.queue(turn.bridge, draft, turn.given.key, turn.zone)


async def line_for(turn: Turn, number: Number, ask: Ask) -> Line | None:
    """The line in whose channel the contact's thread is, or is to be; None where there is no line at all.

    Raises `Unclear` when it can be several: each button gives `ask` for one of them.
    """
    if not turn.lines:
        return None
    having = [line for line in turn.lines if await turn.bridge.store.contacts.with_number(line.id, number)]
    lines = turn.lines if turn.asked.has("from") else having or turn.lines
    return the_line(replace(turn, lines=lines, given=replace(turn.given, ask=ask)))


def subject_for(whom: Whom) -> str:
    """What a callback is about when nobody says it. Pure."""
    return f"Call back {whom.label}"


def _terms(turn: Turn, found: Whom, target: Target, agent: Agent | None) -> CallbackTerms:
    asked, when, receiver = turn.asked, turn.asked.find("when", datetime), turn.asked.find("receiver", str)
    return CallbackTerms(
        contact=found.number,
        group=target.group,
        group_name=target.name,
        subject=asked.find("subject", str) or subject_for(found),
        due_at=None if when is None else _due_at(turn, when),
        agent=agent.id if agent else None,
        agent_name=agent.name if agent else "",
        body=asked.find("body", str) or "",
        link=asked.find("crm", str) or "",
        priority=asked.find("priority", int),
        receiver=None if receiver is None else Number(receiver),
    )


def _due_at(turn: Turn, when: datetime) -> datetime | None:
    """None for now. Raises `UsageError` for what a clock shows twice, unless it was not said by a clock."""
    start, end = turn.asked.places["when"]
    if when <= turn.bridge.now():
        return None
    if not turn.asked.typed[start:end].casefold().startswith("in "):
        refuse_twice(when, turn.zone)
    return when


def _ask_first(turn: Turn, draft: CallbackDraft, agreed: Ask) -> Answer:
    about = callbacks.about(draft.terms, turn.zone)
    said = _ASK.format(who=draft.whom.label, subject=draft.terms.subject, **about)
    return Answer(said, choices=(Choice("Queue it", agreed, "primary"), CANCEL), once=True)


# --- The same command once more ---------------------------------------------------------------------------------


def _again(turn: Turn, **instead: str) -> Ask:
    words = written(turn.asked, Context("", turn.zone, turn.bridge.now()), **instead)
    return turn.again(words, sure=turn.given.ask.sure)


def written(asked: Asked, context: Context, **instead: str) -> str:
    """What was typed, each thing in its plainest form and as Slack sends it, with some of it `instead`. Pure."""
    parts = {**dict(_typed(asked, context)), **instead}
    return escape(" ".join(filter(None, parts.values())))


def _typed(asked: Asked, context: Context) -> Iterator[tuple[str, str]]:
    """Every part that was typed, in an order in which it reads as it did."""
    named = asked.find("from", Named)
    yield "to", quote(asked.value("to", To).name)
    yield "from", f"from={quote(named.name)}" if named else ""
    when = asked.find("when", datetime)
    yield "when", typed_when(when, context) if when else ""
    yield "group", _group(asked.find("group", AgentGroup))
    agent, priority = asked.find("agent", Named), asked.find("priority", int)
    yield "agent", f"agent={quote(agent.name)}" if agent else ""
    yield "priority", "" if priority is None else f"priority={priority}"
    for key in ("receiver", "body", "crm", "data", "subject"):
        words = asked.find(key, str)
        yield key, f"{'' if key == 'subject' else f'{key}='}{quote(words)}" if words else ""


def _group(asked: AgentGroup | None) -> str:
    if asked is None:
        return ""
    if asked.pair is not None:
        return f"group={asked.pair[0]}/{asked.pair[1]}"
    return f"group={quote(asked.group.name)}" if asked.group else ""
