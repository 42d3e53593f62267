"""Texts that members start outside a thread: one row towards the contact, one that shows it in the thread.

Promise 2: what `accept` returned for is on disk, and is one text however often it comes. The text does not wait
for Slack; its reactions stand on the post that shows it, as soon as that is there.
"""

from __future__ import annotations

from bot.errors import UsageError
from bot.model import Conversation, ConversationId, Direction, Kind, MessageId, NewDeed, Started, Ts
from bot.pace import post_pace, provider_pace
from storage.audit import note
from storage.database import Database, Tx
from storage.lines import line_by_id
from storage.messages import NewMessage, ensure_root, insert, last_position, now_us
from storage.texts import open_conversation


class StartedTexts:
    """Accepting them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, started: Started) -> ConversationId:
        """Put a text on disk; the worker sends it. A second time it changes nothing. Raises `UsageError` for a
        line that is not connected."""
        return await self._database.write(lambda tx: _accept(tx, started), order=started.to)


async def _accept(tx: Tx, started: Started) -> ConversationId:
    line = await line_by_id(tx, started.line)
    if line is None or line.removed:
        raise UsageError("That line is not connected any more.")
    conversation, now = await open_conversation(tx, line, started.to, None), await now_us(tx)
    position = max(now, await last_position(tx, conversation.id))  # Slack's clock may be ahead of ours
    text = await insert(tx, _text(started, conversation, now, position))
    if text is not None:
        await note(tx, NewDeed(started.author, _deed(started), conversation.id, text))
        await ensure_root(tx, conversation)
        await insert(tx, _shown(started, conversation, text, now))
    return conversation.id


def _deed(started: Started) -> str:
    return "location_asked" if started.asks_location else "text"


def _text(started: Started, conversation: Conversation, now: int, position: int) -> NewMessage:
    return NewMessage(
        key=started.key,
        reply_id=started.key,
        kind=Kind.REPLY,
        direction=Direction.OUT,
        conversation_id=conversation.id,
        pace=provider_pace(conversation.line.provider),
        position=position,
        body=started.words,
        author=started.author,
        asks_location=started.asks_location,
        wanted="waiting",
        occurred_at=now,
    )


def _shown(started: Started, conversation: Conversation, text: MessageId, now: int) -> NewMessage:
    return NewMessage(
        key=f"said:{started.key}",
        kind=Kind.SAID,
        direction=Direction.IN,
        conversation_id=conversation.id,
        pace=post_pace(conversation.line.channel),
        body=started.words,
        author=started.author,
        subject_id=text,
        occurred_at=now,
    )


async def stands_at(tx: Tx, message_id: MessageId, channel: str, ts: Ts) -> None:
    """The text is shown in the thread: its reactions stand there from now on."""
    await tx.run(
        """update messages set channel = :channel, ts = :ts, shown = '', shown_due_at = :now
        where id = :id and ts is null""",
        id=message_id,
        channel=channel,
        ts=ts,
    )
    tx.wake()
