"""What becomes of a reply once its conversation is known, with its row or after it.

Promise 4: sent, kept internal or refused; one that comes late is offered instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.model import TICKET_NOTE, Attachment, ConversationId, Kind, MessageId, State
from bot.pace import provider_pace
from storage.database import Row, Tx
from storage.messages import NewMessage, NewNotice, insert, insert_notice
from storage.rows import attachments_of
from storage.ticket_notes import TicketNote, note_ticket

WAITING_SHOWN_AFTER_US = 2_000_000  # no ⏳ when the answer comes sooner

_WRITTEN = "key, kind, position, body, attachments, author, reason, late, deleted"


@dataclass(frozen=True, slots=True)
class _Written:
    """What decides about a reply."""

    key: str
    kind: Kind
    position: int
    body: str
    attachments: tuple[Attachment, ...]
    author: str
    reason: str
    late: bool
    deleted: bool

    @classmethod
    def about(cls, new: NewMessage) -> _Written:
        """Of a row that is not there yet."""
        return cls(
            new.key,
            new.kind,
            new.position,
            new.body,
            new.attachments,
            new.author,
            new.reason,
            new.late,
            new.deleted,
        )

    @classmethod
    def of(cls, row: Row) -> _Written:
        """From the columns of `_WRITTEN`."""
        return cls(
            row["key"],
            Kind(row["kind"]),
            row["position"],
            row["body"],
            attachments_of(row["attachments"]),
            row["author"],
            row["reason"],
            bool(row["late"]),
            bool(row["deleted"]),
        )


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a reply in its conversation."""

    state: State
    reason: str
    wanted: str  # the sign
    due_at: int = 0

    @property
    def shown_after_us(self) -> int:
        """How long its sign waits to be shown."""
        return WAITING_SHOWN_AFTER_US if self.wanted == "waiting" else 0


async def insert_placed(tx: Tx, new: NewMessage, conversation_id: ConversationId) -> bool:
    """Insert a reply as what it becomes; False when it was there already."""
    pace = await _lock_lane(tx, conversation_id)
    written = _Written.about(new)
    fate = await _fate(tx, written, conversation_id)
    placed = replace(
        new,
        conversation_id=conversation_id,
        pace=pace,
        state=fate.state,
        reason=fate.reason,
        wanted=fate.wanted,
        shown_after_us=fate.shown_after_us,
        due_at=fate.due_at,
    )
    added = await insert(tx, placed)
    if added is not None:
        await _announce(tx, written, added, fate, conversation_id)
    return added is not None


async def place(tx: Tx, message_id: MessageId, conversation_id: ConversationId) -> None:
    """The conversation of a reply that waited to know it: decide what becomes of it."""
    pace = await _lock_lane(tx, conversation_id)
    row = await tx.row(f"select {_WRITTEN} from messages where id = :id /* for update */", id=message_id)
    assert row is not None
    written = _Written.of(row)
    fate = await _fate(tx, written, conversation_id)
    await tx.run(
        """update messages set conversation_id = :conversation, state = :state, reason = :reason, pace = :pace,
          wanted = :wanted, shown_due_at = :now + :after, lease_until = null, due_at = :due where id = :id""",
        id=message_id,
        conversation=conversation_id,
        state=fate.state,
        reason=fate.reason,
        pace=pace,
        wanted=fate.wanted,
        after=fate.shown_after_us,
        due=fate.due_at,
    )
    if fate.state == State.QUEUED:
        tx.wake()
    await _announce(tx, written, message_id, fate, conversation_id)


async def _lock_lane(tx: Tx, conversation_id: ConversationId) -> str:
    """Nobody else decides about a reply of the conversation meanwhile; the pace of its texts."""
    row = await tx.row(
        """select l.provider from conversations c join lines l on l.id = c.line_id
        where c.id = :id /* for update of c */""",
        id=conversation_id,
    )
    assert row is not None
    return provider_pace(row["provider"])


async def _fate(tx: Tx, written: _Written, conversation_id: ConversationId) -> _Fate:
    """Late is also one that stands before a reply accepted already."""
    if written.deleted:
        return _Fate(State.DEAD, "cancelled", "")
    if written.kind == Kind.NOTE:
        return _Fate(State.DONE, "", "internal")
    if written.reason:
        return _Fate(State.DEAD, written.reason, "refused")
    if written.late or await _overtaken(tx, conversation_id, written.position):
        return _Fate(State.SCHEDULED, "offered", "waiting")
    return _Fate(State.QUEUED, "", "waiting", await _due_after(tx, conversation_id, written.position))


async def _overtaken(tx: Tx, conversation_id: int, position: int) -> bool:
    """Whether a later reply has been tried already; one still queued simply comes second.

    Those are locked, so that no other replica claims one before this reply is there to come first.
    """
    await tx.rows(
        """select id from messages where conversation_id = :id and direction = 'out' and state = 'queued'
        and position > :position order by id /* for update */""",
        id=conversation_id,
        position=position,
    )
    later = await tx.row(
        """select id from messages where conversation_id = :id and direction = 'out' and kind = 'reply'
        and position > :position and claimed_at is not null and state <> 'dead' limit 1""",
        id=conversation_id,
        position=position,
    )
    return later is not None


async def _due_after(tx: Tx, conversation_id: int, position: int) -> int:
    """No sooner than what stands before it in the lane."""
    held = await tx.row(
        """select max(due_at) as at from messages where conversation_id = :id and direction = 'out'
        and state = 'queued' and position < :position""",
        id=conversation_id,
        position=position,
    )
    return int(held["at"]) if held and held["at"] is not None else 0


async def _announce(
    tx: Tx, written: _Written, message_id: MessageId, fate: _Fate, conversation_id: ConversationId
) -> None:
    """Tell its author why it was not sent; queue what is for a ticket."""
    if fate.state == State.SCHEDULED or (fate.state == State.DEAD and fate.reason != "cancelled"):
        await insert_notice(tx, message_id, NewNotice(reason=fate.reason, author=written.author))
    if fate.state == State.DONE and written.reason == TICKET_NOTE:
        files = [file.url for file in written.attachments]
        message = {"id": message_id, "key": written.key, "author": written.author}
        await note_ticket(tx, message, TicketNote(written.body, files), conversation_id)


async def place_waiting(tx: Tx, channel: str, thread_ts: str) -> None:
    """The thread is known now: place every reply that waited for that, in the order they were written."""
    thread = await tx.row(
        "select conversation_id from threads where channel = :channel and ts = :ts", channel=channel, ts=thread_ts
    )
    if thread is None or thread["conversation_id"] is None:
        return
    waiting = await tx.rows(
        """select id from messages where conversation_id is null and channel = :channel and thread_ts = :ts
        and (state = 'queued' or state = 'sending') order by position, id""",
        channel=channel,
        ts=thread_ts,
    )
    for row in waiting:  # a look-up was no try; `attempts` stays, for it fences off whoever still looks
        await tx.run("update messages set claimed_at = null, tried_at = null where id = :id", id=row["id"])
        await place(tx, MessageId(row["id"]), thread["conversation_id"])
