"""What waits in a contact centre's queues, and who takes it, as people read of it."""

from __future__ import annotations

from datetime import tzinfo

from bot.model import AcdEvent, AcdEventKind, AcdEventStatus, AcdWord, AgentGroup, Number
from bot.phone import display_number
from bot.views.phrases import below_each_other, dotted, flat, moment


def agent_group_about(group: AgentGroup) -> str:
    """How a group of agents is called: `Support DE (#235)`. Pure."""
    return f"{flat(group.name) or 'Without a name'} (#{group.id})"


def event_about(event: AcdEvent) -> str:
    """How something in a queue is called: `Callback #2039`. Pure."""
    kind = "event" if event.kind is AcdEventKind.UNKNOWN else event.kind.value
    return f"{kind.capitalize()} #{event.id}"


def event_words(event: AcdEvent, group: str, agent: str, zone: tzinfo) -> str:
    """Something in a queue: for whom, how far it got, who takes it; `group` and `agent` may be empty. Pure."""
    sender = display_number(Number(event.sender)) if event.sender.startswith("+") else event.sender
    head = dotted(event_about(event), sender, event_state(event))
    times = [
        f"queued {moment(event.created_at, zone)}" if event.created_at else "",
        f"changed {moment(event.changed_at, zone)}" if event.changed_at else "",
    ]
    whose = [f"group {group}" if group else "", f"agent {agent}" if agent else ""]
    return below_each_other(head, flat(event.subject), dotted(*whose, *times))


def event_state(event: AcdEvent) -> str:
    """How far it got; a state that is new to us by its number. Pure."""
    if event.status is not AcdEventStatus.UNKNOWN:
        return event.status.value
    return f"state {event.status_id}" if event.status_id >= 0 else "in a state that is not said"


def word_line(word: AcdWord) -> str:
    """A type or a state as the contact centre calls it, and what it means. Pure."""
    return dotted(str(word.id), word.label, word.means.value)
