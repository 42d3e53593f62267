"""Putting rows into the engine's table, and finding them again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from uuid import uuid4

from bot.model import (
    Attachment,
    ChannelId,
    Conversation,
    ConversationId,
    Direction,
    Kind,
    Message,
    MessageId,
    State,
    Ts,
)
from bot.pace import post_pace
from storage.database import Tx, Value
from storage.rows import CONVERSATION, LINE, MESSAGE, attachments_text, conversation_of, message_of


def new_token() -> str:
    """A random word of ours for one try at the provider."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A row to insert. What has no default must be said."""

    key: str
    kind: Kind
    direction: Direction
    conversation_id: ConversationId | None
    pace: str
    body: str
    occurred_at: int
    state: State = State.QUEUED
    position: int = 0
    due_at: int = 0
    reply_id: str = ""
    attachments: tuple[Attachment, ...] = ()
    author: str = ""
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    provider: str = ""
    provider_id: str | None = None
    delivery: str = ""
    asks_location: bool = False
    broadcast: bool = False
    late: bool = False
    deleted: bool = False
    changed_at: int = 0
    reason: str = ""
    code: str = ""
    subject_id: MessageId | None = None
    wanted: str = ""
    shown: str = ""
    shown_after_us: int = 0  # how long what is wanted waits to be shown
    uid: str = field(default_factory=lambda: uuid4().hex)


_INSERT = """
insert into messages (
  key, uid, kind, direction, conversation_id, state, position, pace, due_at, reply_id, body, attachments,
  author, channel, ts, thread_ts, provider, provider_id, token, delivery, asks_location, broadcast,
  late, deleted, changed_at, reason, code, subject_id, wanted, shown, shown_due_at, occurred_at, created_at)
values (
  :key, :uid, :kind, :direction, :conversation_id, :state, :position, :pace,
  case when :due_at = 0 then :now else :due_at end, :reply_id, :body,
  :attachments, :author, :channel, :ts, :thread_ts, :provider, :provider_id, :token, :delivery,
  :asks_location, :broadcast, :late, :deleted, :changed_at, :reason, :code, :subject_id, :wanted, :shown,
  :now + :shown_after, :occurred_at, :now)
on conflict (key) do nothing returning id"""


def _values(new: NewMessage) -> dict[str, Value]:
    return {
        "key": new.key,
        "uid": new.uid,
        "kind": new.kind,
        "direction": new.direction,
        "conversation_id": new.conversation_id,
        "state": new.state,
        "position": new.position,
        "pace": new.pace,
        "due_at": new.due_at,
        "reply_id": new.reply_id,
        "body": new.body,
        "attachments": attachments_text(new.attachments),
        "author": new.author,
        "channel": new.channel,
        "ts": new.ts,
        "thread_ts": new.thread_ts,
        "provider": new.provider,
        "provider_id": new.provider_id,
        "token": new_token() if new.direction == Direction.OUT else "",
        "delivery": new.delivery,
        "asks_location": int(new.asks_location),
        "broadcast": int(new.broadcast),
        "late": int(new.late),
        "deleted": int(new.deleted),
        "changed_at": new.changed_at,
        "reason": new.reason,
        "code": new.code,
        "subject_id": new.subject_id,
        "wanted": new.wanted,
        "shown": new.shown,
        "shown_after": new.shown_after_us,
        "occurred_at": new.occurred_at,
    }


async def insert(tx: Tx, new: NewMessage) -> MessageId | None:
    """Insert a row; None when its key is there already: a second delivery is a no-op."""
    row = await tx.row(_INSERT, **_values(new))
    if row is None:
        return None
    if new.state == State.QUEUED:
        tx.wake()
    return MessageId(row["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """Something to tell in a thread, once for each subject, reason and `nth`."""

    reason: str
    code: str = ""
    words: str = ""
    author: str = ""
    nth: str = ""  # empty: once for each try of the subject
    broadcast: bool = False


async def insert_notice(tx: Tx, subject_id: int, notice: NewNotice) -> MessageId | None:
    """Tell the thread of message `subject_id` something about it."""
    subject = await tx.row(
        """select m.uid, m.attempts, m.conversation_id, l.channel from messages m
        join conversations c on c.id = m.conversation_id join lines l on l.id = c.line_id where m.id = :id""",
        id=subject_id,
    )
    if subject is None:
        return None
    await ensure_thread(tx, subject["conversation_id"])
    return await insert(
        tx,
        NewMessage(
            key=f"notice:{subject['uid']}:{notice.reason}:{notice.nth or subject['attempts']}",
            kind=Kind.NOTICE,
            direction=Direction.IN,
            conversation_id=subject["conversation_id"],
            pace=post_pace(subject["channel"]),
            body=notice.words,
            author=notice.author,
            occurred_at=await now_us(tx),
            reason=notice.reason,
            code=notice.code,
            subject_id=MessageId(subject_id),
            broadcast=notice.broadcast,
        ),
    )


async def settle_notices(tx: Tx, message_id: int, how: str, *, reason: str = "") -> None:
    """The notices that asked about a message (all of them, or those with one reason) have their answer."""
    await tx.run(
        """update messages set settled_how = :how, wanted = 'settled', shown_due_at = :now
        where subject_id = :id and kind = 'notice' and settled_how = '' and (reason = :reason or :reason = '')""",
        id=message_id,
        how=how,
        reason=reason,
    )


async def insert_alert(tx: Tx, destination: str, topic: str, words: str) -> MessageId | None:
    """Tell an alert channel or an admin something; once for each topic and hour."""
    now = await now_us(tx)
    return await insert(
        tx,
        NewMessage(
            key=f"alert:{destination}:{topic}:{now // 3_600_000_000}",
            kind=Kind.ALERT,
            direction=Direction.IN,
            conversation_id=None,
            pace=post_pace(destination),
            body=words,
            channel=destination,
            occurred_at=now,
        ),
    )


async def ensure_root(tx: Tx, conversation: Conversation) -> None:
    """Have the conversation's thread opened, unless it stands in the line's channel or is being opened.

    A root comes before everything else of its lane (position -1), so nothing is posted without its thread.
    """
    if conversation.root_ts is not None and conversation.root_channel == conversation.line.channel:
        return
    now = await now_us(tx)
    await insert(
        tx,
        NewMessage(
            key=f"root:{conversation.id}:{conversation.generation + 1}",
            kind=Kind.ROOT,
            direction=Direction.IN,
            conversation_id=conversation.id,
            pace=post_pace(conversation.line.channel),
            position=-1,
            body="",
            channel=conversation.line.channel,
            occurred_at=now,
        ),
    )


async def ensure_thread(tx: Tx, conversation_id: int) -> None:
    """Have a thread opened where there is none at all; one in a former channel is good enough."""
    conversation = await conversation_by_id(tx, conversation_id)
    if conversation is not None and conversation.root_ts is None:
        await ensure_root(tx, conversation)


async def now_us(tx: Tx) -> int:
    """The time of the database, microseconds."""
    row = await tx.row("select :now as now")
    assert row is not None
    return int(row["now"])


async def conversation_by_id(tx: Tx, conversation_id: int, *, lock: bool = False) -> Conversation | None:
    """The conversation with its line; locked against other accepts when `lock`."""
    if lock:
        await tx.row("select id from conversations where id = :id /* for update */", id=conversation_id)
    row = await tx.row(
        f"select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id where c.id = :id",
        id=conversation_id,
    )
    return None if row is None else conversation_of(row)


async def message_by_id(tx: Tx, message_id: int) -> Message | None:
    """The row, or None."""
    row = await tx.row(f"select {MESSAGE} from messages m where m.id = :id", id=message_id)
    return None if row is None else message_of(row)


async def bump_card(tx: Tx, conversation_id: int) -> None:
    """The root card no longer says what is true."""
    await tx.run("update conversations set card_wanted = card_wanted + 1 where id = :id", id=conversation_id)


async def last_said(tx: Tx, conversation_id: int, limit: int, before: Ts | None) -> list[Message]:
    """The last texts, locations, echoes and replies that stand in Slack, above `before` if given, oldest first."""
    rows = await tx.rows(
        f"""select {MESSAGE} from messages m where m.conversation_id = :id
          and m.kind in ('text', 'location', 'echo', 'reply') and m.state <> 'dead' and m.state <> 'scheduled'
          and m.ts is not null and (:before = '' or m.ts < :before)
        order by m.id desc limit :limit""",
        id=conversation_id,
        before=before or "",
        limit=limit,
    )
    return [message_of(row) for row in reversed(rows)]


async def last_position(tx: Tx, conversation_id: int | None) -> int:
    """Behind everything that was written to the contact so far; the id decides between two of one position."""
    row = await tx.row(
        "select max(position) as last from messages where conversation_id = :id and direction = 'out'",
        id=conversation_id,
    )
    return int(row["last"]) if row and row["last"] is not None else 0


def position_of(ts: Ts | str) -> int:
    """A Slack ts as a number that sorts: microseconds. Pure."""
    seconds, _, rest = str(ts).partition(".")
    return int(seconds) * 1_000_000 + int((rest + "000000")[:6])


def reply_id_of(channel: ChannelId | str, ts: Ts | str) -> str:
    """What all parts of one reply share. Pure."""
    return f"slack:{channel}:{ts}"
