"""Texts from contacts, and texts sent to them from elsewhere: rows towards Slack.

Promise 1: what `accept` returned for is on disk. A text that comes twice is one row.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import (
    Accepted,
    Conversation,
    Direction,
    Kind,
    Line,
    MessageId,
    Number,
    Status,
    TextReceived,
    TextSent,
    Wish,
)
from bot.pace import post_pace
from storage.database import Database, Tx, micros
from storage.events import event_of, text_of
from storage.lines import line_for
from storage.messages import NewMessage, ensure_root, insert
from storage.opt_outs import obey
from storage.remarks import Remark, remark
from storage.rows import CONVERSATION, LINE, conversation_of
from storage.text_keys import is_known, text_id_of, text_key
from storage.untold import open_at_provider

SILENCE_US = 4 * 3600 * 1_000_000  # after so long a text is also sent to the channel.


class Texts:
    """Accepting texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, event: TextReceived, wish: Wish) -> Accepted:
        """Put a contact's text on disk and have it mirrored."""
        return await self._database.write(lambda tx: _accept(tx, event, wish), order=event.contact)

    async def unbound(self, limit: int) -> list[TextReceived]:
        """Kept texts whose line is bound by now, oldest first."""

        async def unit(tx: Tx) -> list[TextReceived]:
            rows = await tx.rows(
                """select u.event from unbound_texts u where exists (
                  select 1 from lines l where l.provider = u.provider and l.number = u.number
                  and l.removed_at is null and (l.account = u.account or u.account = '' or l.account = ''))
                order by u.id limit :limit""",
                limit=limit,
            )
            events = [event_of(row["event"]) for row in rows]
            return [event for event in events if isinstance(event, TextReceived)]

        return await self._database.read(unit)


async def _accept(tx: Tx, event: TextReceived, wish: Wish) -> Accepted:
    line = await line_for(tx, event.provider, event.account, event.line_number)
    if line is None:
        return await _keep_unbound(tx, event)
    await tx.run(
        "delete from unbound_texts where provider = :provider and text_id = :text_id",
        provider=event.provider,
        text_id=text_id_of(event),
    )
    if await is_known(tx, line, event):
        return Accepted.KNOWN
    conversation = await open_conversation(tx, line, event.contact, event.contact_name)
    added = await insert(tx, _mirrored(conversation, event))
    if added is None:
        return Accepted.KNOWN
    await ensure_root(tx, conversation)
    await note_text(tx, conversation, micros(event.sent_at), added)
    await obey(tx, conversation, wish)
    return Accepted.NEW


def _mirrored(conversation: Conversation, event: TextReceived) -> NewMessage:
    return NewMessage(
        key=text_key(event),
        kind=Kind.TEXT,
        direction=Direction.IN,
        conversation_id=conversation.id,
        pace=post_pace(conversation.line.channel),
        body=event.body,
        attachments=event.attachments,
        provider=event.provider,
        broadcast=to_be_seen(conversation, micros(event.sent_at)),
        occurred_at=micros(event.sent_at),
    )


def to_be_seen(conversation: Conversation, sent_at: int) -> bool:
    """Whether a text is also sent to the channel: nobody attends to it, or it comes after a silence.

    The text that opens the conversation stands on the root card, which the channel shows anyway.
    """
    said = [micros(at) for at in (conversation.last_in_at, conversation.last_out_at) if at is not None]
    if not conversation.line.broadcasts or not said:
        return False
    attended = conversation.owner is not None or conversation.replied
    return not attended or sent_at - max(said) > SILENCE_US or conversation.status == Status.DONE


async def _keep_unbound(tx: Tx, event: TextReceived) -> Accepted:
    added = await tx.run(
        """insert into unbound_texts (provider, account, text_id, number, event, created_at)
        values (:provider, :account, :text_id, :number, :event, :now)
        on conflict (provider, text_id) do nothing""",
        provider=event.provider,
        account=event.account,
        text_id=text_id_of(event),
        number=event.line_number,
        event=text_of(event),
    )
    return Accepted.UNBOUND if added else Accepted.KNOWN


async def open_conversation(tx: Tx, line: Line, contact: Number, name: str | None) -> Conversation:
    """The conversation of a contact on a line, made if need be and locked until the transaction ends.

    The lock comes before any message is inserted, so that ids follow the order of commits.
    """
    conversation = await _find_conversation(tx, line, contact)
    if conversation is None:
        await tx.run(
            """insert into conversations (line_id, contact, contact_name, created_at)
            values (:line, :contact, :name, :now) on conflict (line_id, contact) do nothing""",
            line=line.id,
            contact=contact,
            name=name or None,
        )
        conversation = await _find_conversation(tx, line, contact)
    assert conversation is not None
    return await _named(tx, conversation, name)


async def _find_conversation(tx: Tx, line: Line, contact: Number) -> Conversation | None:
    row = await tx.row(
        f"""select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id
        where c.line_id = :line and c.contact = :contact /* for update of c */""",
        line=line.id,
        contact=contact,
    )
    return None if row is None else conversation_of(row)


async def _named(tx: Tx, conversation: Conversation, name: str | None) -> Conversation:
    """The name as the provider has it now."""
    if not name or name == conversation.contact_name:
        return conversation
    await tx.run(
        "update conversations set contact_name = :name, card_wanted = card_wanted + 1 where id = :id",
        id=conversation.id,
        name=name,
    )
    return replace(conversation, contact_name=name, card=conversation.card + 1)


async def note_text(tx: Tx, conversation: Conversation, sent_at: int, text: MessageId) -> None:
    """The contact had the last word, unless this is an older text that was missed. What was done is open again."""
    await tx.run(
        """update conversations set first_text_at = coalesce(first_text_at, :at),
          last_in_at = case when coalesce(last_in_at, 0) < :at then :at else last_in_at end,
          card_wanted = card_wanted
            + case when (status <> :status or archived = 1) and coalesce(last_out_at, 0) <= :at then 1 else 0 end,
          archived = case when coalesce(last_out_at, 0) <= :at then 0 else archived end,
          status = case when coalesce(last_out_at, 0) <= :at then :status else status end
        where id = :id""",
        id=conversation.id,
        at=sent_at,
        status=Status.OPEN if conversation.replied or conversation.owner else Status.NEW,
    )
    answered_at = 0 if conversation.last_out_at is None else micros(conversation.last_out_at)
    if conversation.status == Status.DONE and answered_at <= sent_at:
        await remark(tx, conversation.id, Remark(key=f"reopened:{text}", reason="reopened"))
        await open_at_provider(tx, conversation.id)


async def accept_echo(tx: Tx, event: TextSent) -> MessageId | None:
    """Mirror a text that somebody sent to the contact from elsewhere; None when there is nothing to do."""
    line = await line_for(tx, event.provider, event.account, event.line_number)
    if line is None:
        return None
    conversation = await open_conversation(tx, line, event.contact, None)
    added = await insert(
        tx,
        NewMessage(
            key=text_key(event),
            kind=Kind.ECHO,
            direction=Direction.IN,
            conversation_id=conversation.id,
            pace=post_pace(line.channel),
            body=event.body,
            attachments=event.attachments,
            author=event.author or "",
            provider=event.provider,
            provider_id=event.text_id,
            occurred_at=micros(event.sent_at),
        ),
    )
    if added is not None:
        await ensure_root(tx, conversation)
        await note_answer(tx, conversation.id, micros(event.sent_at), written_at=micros(event.sent_at))
    return added


async def note_answer(tx: Tx, conversation_id: int, at: int, *, written_at: int) -> None:
    """The last word was ours, unless they have written since. What was written before it was done leaves it so."""
    await tx.run(
        """update conversations set replied = 1,
          last_out_at = case when coalesce(last_out_at, 0) < :at then :at else last_out_at end where id = :id""",
        id=conversation_id,
        at=at,
    )
    row = await tx.row("select last_in_at, status, done_at from conversations where id = :id", id=conversation_id)
    if row is None or (row["status"] == Status.DONE and row["done_at"] >= written_at):
        return
    await tx.run(
        """update conversations set status = :status, archived = 0, card_wanted = card_wanted + 1
        where id = :id and (status <> :status or archived = 1)""",
        id=conversation_id,
        status=_status_after(row["last_in_at"], at),
    )
    if row["status"] == Status.DONE:
        await open_at_provider(tx, conversation_id)


async def note_not_arrived(tx: Tx, conversation_id: int) -> None:
    """A text of ours did not arrive: it is our turn again, unless another has gone out since they wrote."""
    await tx.run(
        """update conversations set status = 'open', card_wanted = card_wanted + 1
        where id = :id and status = 'waiting' and not exists (select 1 from messages m
          where m.conversation_id = conversations.id and m.occurred_at > coalesce(conversations.last_in_at, 0)
            and (m.kind = 'echo' or (m.kind = 'reply' and m.state in ('done', 'uncertain')
              and coalesce(m.delivery, '') <> 'failed')))""",
        id=conversation_id,
    )


def _status_after(last_in_at: int | None, at: int) -> Status:
    """Whose turn it is once we have answered at `at`. Pure."""
    return Status.OPEN if last_in_at is not None and last_in_at > at else Status.WAITING
