"""`/ticket queue`: a ticket for the agents of the contact centre."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import ListsAgentGroups, QueuesTickets
from bot.flows.agents import group_meant
from bot.flows.cards.kind import new_reference
from bot.flows.commands.provided import name_of, the_provider
from bot.flows.commands.ticket.opening import channel_for, whose
from bot.flows.commands.turn import Turn, Verb, the_line
from bot.flows.contacts import thread_link
from bot.grammar import AgentGroup, with_key
from bot.model.cards import CardKind, NewCard
from bot.model.queued_tickets import QueuedTicketTerms
from bot.views.answers import Answer
from bot.views.ticket_card import ticket_title

_QUEUEING = "Queueing “{title}” for {group}."
_BELOW = "Its card says how it goes."


async def queue(turn: Turn) -> Answer:
    """`/ticket queue <subject> [keys]`: on disk when this answers. The agents read its subject and its link, and
    words for them stand behind the subject."""
    provider, found = the_provider(turn, QueuesTickets), await whose(turn)
    asked, reference, words = turn.asked, new_reference(), turn.given.ask.words
    group = await group_meant(
        the_provider(turn, ListsAgentGroups),
        asked.find("group", AgentGroup),
        lambda number: turn.again(with_key(words, "group", str(number))),
    )
    body = asked.find("body", str) or ""
    terms = QueuedTicketTerms(
        subject=" · ".join(filter(None, (asked.value("subject", str).strip(), " ".join(body.split())))),
        sender=found.whom.number if found else the_line(turn).number,
        group=group.group,
        group_name=group.name,
        data=asked.find("data", str) or reference,
        link=asked.find("crm", str) or "",
    )
    new = NewCard(
        key=turn.given.key,
        kind=CardKind.QUEUED_TICKET,
        provider=name_of(provider),
        author=turn.given.member.id,
        reference=reference,
        title=ticket_title(terms.subject),
        says=terms.says(),
        line=found.line.id if found else None,
        contact=found.whom.number if found else None,
        channel=None if found else await channel_for(turn),
    )
    card = await turn.bridge.store.cards.open(new)
    conversation = await turn.bridge.store.threads.conversation(card.conversation_id)
    heading = _QUEUEING.format(title=card.title, group=group.name)
    return Answer(heading, below=_BELOW, link=thread_link(turn.bridge, conversation))


QUEUEING: Mapping[str, Verb] = {"queue": queue}
