"""*Send as text*: a note in a contact's thread goes out after all.

The note's own row is what goes out, so it can do so only once, its reactions stand where it stands, and what holds
for every reply holds for it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.errors import UsageError
from bot.flows import contacts, texts
from bot.flows.commands.turn import Turn
from bot.flows.contacts import Draft, Whom
from bot.flows.forms.form import Form
from bot.grammar import Verb
from bot.grammar.shapes import Kind, Parameter
from bot.markup import without_note_sign
from bot.model import ChannelId, Conversation, MemberId, MemberKind, Message, Ts
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent
from bot.views.note_form import note_form

SEND_NOTE = "form:note"

_NO_NOTE = "Only a note that a member wrote in a contact's thread can be sent as a text, and only once."
_SENT = "It goes out now. The reaction under it shows how far it got."


async def _draw(turn: Turn) -> Drawn:
    note, conversation = await _note(turn)
    return note_form(conversation, (await texts.readable(turn.bridge, note)).body)


async def _send(turn: Turn, _: Sent) -> Answer:
    note, _conversation = await _note(turn)
    if not await turn.bridge.store.notes.send(note, turn.given.member.id):
        raise UsageError(_NO_NOTE)
    return Answer(_SENT)


async def _note(turn: Turn) -> tuple[Message, Conversation]:
    """The note with the words that go out, and its conversation. Raises `UsageError` for what cannot be sent."""
    channel, _, ts = turn.asked.value("note", str).partition(" ")
    note = await turn.bridge.store.notes.at(ChannelId(channel), Ts(ts))
    conversation = await turn.bridge.store.threads.conversation(note.conversation_id) if note else None
    if note is None or conversation is None or not await _is_by_a_person(turn, note.author):
        raise UsageError(_NO_NOTE)
    note = replace(note, body=without_note_sign(note.body))
    whom = Whom(conversation.contact, conversation)
    words = (await texts.readable(turn.bridge, note)).body
    contacts.refuse(turn.bridge, Draft(conversation.line, whom, words, turn.given.member))
    return note, conversation


async def _is_by_a_person(turn: Turn, author: str) -> bool:
    """What a bot or a workflow wrote is never texted."""
    if not author.startswith(("U", "W")):
        return False
    return (await texts.member(turn.bridge, MemberId(author))).kind != MemberKind.BOT


NOTE = Form(
    SEND_NOTE,
    "Send as text",
    ("text", "send"),
    _draw,
    _send,
    takes=Verb("", "", (Parameter("note", Kind.WORD),)),
)
