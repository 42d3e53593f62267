"""What stands in Slack's own menus, and the form that it opens: in a message's menu, for that message or for the
contact in whose thread it stands. The keys are callback ids; the names are in the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.commands.callback_queue import QUEUE
from bot.flows.commands.ticket.opening import NEW
from bot.flows.connected import connected
from bot.flows.forms.note import SEND_NOTE
from bot.flows.forms.payment import REQUEST
from bot.grammar import quote
from bot.model import Ask, ChannelId, Ts

FORMS: Mapping[str, str] = {"new_text": "form:new_text"}
FOR_THE_CONTACT: Mapping[str, str] = {
    "request_payment": REQUEST,
    "schedule_callback": QUEUE,
    "create_ticket": NEW,
}
_SEND_AS_TEXT = "send_as_text"
ON_MESSAGES = (_SEND_AS_TEXT, *FOR_THE_CONTACT)

_NO_THREAD = "This works in the thread of a contact."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A message whose menu was used. `thread_ts` is its own ts when it stands in no thread."""

    shortcut: str  # its callback id
    channel: ChannelId
    ts: Ts
    thread_ts: Ts


async def form_of(bridge: Bridge, chosen: Chosen) -> Ask:
    """The form that is meant. Raises `UsageError` for a message outside the threads of contacts, or of a removed
    line."""
    if chosen.shortcut == _SEND_AS_TEXT:
        return Ask(SEND_NOTE, quote(f"{chosen.channel} {chosen.ts}"))
    conversation = await bridge.store.threads.at(chosen.channel, chosen.thread_ts)
    if conversation is None:
        raise UsageError(_NO_THREAD)
    line = quote(connected(conversation.line).number)
    return Ask(FOR_THE_CONTACT[chosen.shortcut], f"{quote(conversation.contact)} from={line}")
