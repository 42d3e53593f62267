"""Telling an admin, once an hour for each matter, what no thread can tell."""

from __future__ import annotations

import logging

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import gone, line_states
from bot.markup import inert
from bot.model import Claim, Conversation, Kind
from bot.phone import display_number

log = logging.getLogger(__name__)

_CHANNEL_GONE = (
    "The texts of “{line}” cannot be shown: Slack says {code} for <#{channel}>. They are kept and will be shown "
    "once the channel is unarchived, Threadline is invited to it again (/invite @Threadline), or the line is "
    "bound to another channel (threadline lines add)."
)
_REFUSED = "A message of “{line}” cannot be shown in Slack: Slack says {code}. It is kept and tried again."
_NOT_SHOWN = (
    "A message of “{line}” in <#{channel}> could not be shown: Slack says {code}. A sentence stands in its "
    "place; the message is kept in the database (table messages, id {id})."
)
_BROKEN = (
    "Message {id} of “{line}” met an error that Threadline does not know ({what}). It is kept, and what follows "
    "it in its conversation waits. The log says more under “message {id}”: please report it."
)
_UNRECORDED = (
    "Something that was written{where} could not be recorded. If it was a reply, it was not texted: look there "
    "for one without a reaction. The log says more under “incident {incident}”: please report it."
)
_IN = " in <#{channel}>"
_ROOT_GONE = (
    "The thread of {who} on “{line}” in <#{channel}> is no longer used: {why}. What comes next opens a new one, "
    "which links to it and shows the last messages."
)


async def root_gone(bridge: Bridge, conversation: Conversation, why: str) -> None:
    """A thread of ours has ended, and another one will go on with the conversation. `why` goes on a sentence."""
    await tell(
        bridge,
        f"root:{conversation.id}:{conversation.root_ts}",
        _ROOT_GONE,
        who=display_number(conversation.contact),
        line=conversation.line.name,
        channel=str(conversation.root_channel),
        why=why,
    )


async def not_shown(bridge: Bridge, claim: Claim, code: str) -> None:
    """Slack takes a message in no form; a sentence of ours stands in its place."""
    assert claim.conversation is not None
    line = claim.conversation.line
    told = {"line": line.name, "channel": line.channel, "code": code, "id": str(claim.message.id)}
    await tell(bridge, f"unshown:{line.channel}", _NOT_SHOWN, **told)


async def broken(bridge: Bridge, claim: Claim, error: Exception) -> None:
    """A row met an error that nobody foresaw, and will again. Of the error only its class is told."""
    if claim.message.kind == Kind.ALERT:
        return
    where = claim.conversation.line.name if claim.conversation else "a thread that is not known yet"
    what = type(error).__name__
    await tell(bridge, f"broken:{what}:{where}", _BROKEN, id=str(claim.message.id), line=where, what=what)


async def unrecorded(bridge: Bridge, channel: str, incident: str) -> None:
    """What somebody wrote could not be put on disk, for a reason that nobody foresaw."""
    sentence = _UNRECORDED.replace("{where}", _IN if channel else "")
    await tell(bridge, f"unrecorded:{channel}", sentence, channel=channel, incident=incident)


async def slack_refuses(bridge: Bridge, claim: Claim, error: SlackError) -> None:
    """Slack does not take a post, and will not by itself."""
    if claim.message.kind == Kind.ALERT or claim.conversation is None or not gone.refused(error):
        return
    line = claim.conversation.line
    if gone.channel_gone(error):
        await line_states.note_unshown(bridge, line, f"Slack says {error.code}")
    sentence = _CHANNEL_GONE if gone.channel_gone(error) else _REFUSED
    told = {"line": line.name, "code": error.code, "channel": line.channel}
    await tell(bridge, f"{error.code}:{line.channel}", sentence, **told)


async def tell(bridge: Bridge, topic: str, sentence: str, **words: str) -> None:
    """Alert the alert channel, or else the admins; the log, where there is neither. What the sentence takes of
    `words` has no effect there: line names and titles are somebody else's."""
    if not bridge.alert_destinations:
        log.error("an alert has nobody to go to (%s): set THREADLINE_ADMINS", topic.partition(":")[0])
    said = sentence.format(**{name: inert(each) for name, each in words.items()})
    await bridge.store.health.alert(bridge.alert_destinations, topic, said)
