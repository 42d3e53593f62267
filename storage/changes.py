"""Edits and deletions of what members wrote. They write by the same key as the original, and may come first."""

from __future__ import annotations

from bot.model import TICKET_NOTE, Change, Kind, State, Verdict
from storage.database import Database, Row, Tx
from storage.lines import is_line_channel
from storage.messages import NewNotice, insert_notice, position_of, reply_id_of, settle_notices
from storage.replies import lock_thread
from storage.ticket_notes import TicketNote, change_note, note_ticket

KEEP_US = 86_400_000_000
_COLUMNS = "id, key, kind, state, author, conversation_id, body, newer_body, changed_at, attachments"


class Changes:
    """Accepting edits and deletions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, change: Change) -> None:
        """Apply an edit or a deletion, or leave it for the original to obey."""
        thread = reply_id_of(change.channel, change.thread_ts)
        await self._database.write(lambda tx: _change(tx, change), order=thread)

    async def forget_old(self) -> None:
        """Drop edits and deletions whose original did not come within a day: it was no reply of ours."""

        async def unit(tx: Tx) -> None:
            await tx.run("delete from changes where created_at < :now - :keep", keep=KEEP_US)

        await self._database.write(unit)


async def _change(tx: Tx, change: Change) -> None:
    thread = await lock_thread(tx, change.channel, change.thread_ts)
    row = await tx.row(
        f"select {_COLUMNS} from messages where key = :key /* for update */",  # no claim may cross this
        key=f"{reply_id_of(change.channel, change.ts)}#0",
    )
    if row is None:
        await _leave_change(tx, change, thread)
    elif await _is_news(tx, row, change):
        await _apply(tx, row, change)


async def _is_news(tx: Tx, row: Row, change: Change) -> bool:
    """Not what is told twice, nor older than what was told before, nor a change of nothing but the look."""
    changed_at = position_of(change.changed_at)
    if changed_at <= row["changed_at"]:
        return False
    await tx.run("update messages set changed_at = :at where id = :id", id=row["id"], at=changed_at)
    present = row["body"] if row["newer_body"] is None else row["newer_body"]
    return change.deleted or change.words != present


async def _apply(tx: Tx, row: Row, change: Change) -> None:
    if row["state"] in (State.QUEUED, State.SCHEDULED, State.DEAD) or row["conversation_id"] is None:
        await _change_waiting(tx, row, change)
    elif row["kind"] == Kind.REPLY:
        await _change_sent(tx, row, change)
    elif row["kind"] == Kind.NOTE:
        await _change_note(tx, row, change)


async def _leave_change(tx: Tx, change: Change, thread: Row | None) -> None:
    """Keep it for the original, which a thread of ours or a line's channel can still bring."""
    ours = await is_line_channel(tx, change.channel) if thread is None else thread["conversation_id"] is not None
    if not ours:
        return
    await tx.run(
        """insert into changes (channel, ts, deleted, body, kind, reason, changed_at, created_at)
        values (:channel, :ts, :deleted, :body, :kind, :reason, :changed_at, :now)
        on conflict (channel, ts) do update set deleted = excluded.deleted, body = excluded.body,
          kind = excluded.kind, reason = excluded.reason, changed_at = excluded.changed_at
        where changes.deleted = 0 and changes.changed_at < excluded.changed_at""",
        channel=change.channel,
        ts=change.ts,
        deleted=int(change.deleted),
        body=change.words,
        kind=_kind(change),
        reason=change.reason,
        changed_at=position_of(change.changed_at),
    )


def _kind(change: Change) -> Kind:
    return Kind.NOTE if change.verdict == Verdict.NOTE else Kind.REPLY


async def _change_waiting(tx: Tx, row: Row, change: Change) -> None:
    """Not under way: the newer words simply count; deleting it cancels it; as a note it stays."""
    if change.deleted:
        await _cancel(tx, row)
    elif row["conversation_id"] is None:  # its fate is decided when its thread is known
        await tx.run(
            "update messages set body = :body, kind = :kind, reason = :reason where id = :id and state <> 'dead'",
            id=row["id"],
            body=change.words,
            kind=_kind(change),
            reason=change.reason,
        )
    elif _kind(change) == Kind.NOTE:
        await tx.run(
            """update messages set kind = 'note', state = 'done', body = :body, wanted = 'internal',
              shown_due_at = :now, finished_at = :now where id = :id""",
            id=row["id"],
            body=change.words,
        )
        await settle_notices(tx, row["id"], "kept")
        if change.reason == TICKET_NOTE:
            await note_ticket(tx, row, TicketNote(change.words), row["conversation_id"])
    elif change.verdict == Verdict.REFUSE and row["state"] != State.DEAD:
        await _refuse(tx, row, change)
    else:
        await tx.run("update messages set body = :body where id = :id", id=row["id"], body=change.words)


async def _refuse(tx: Tx, row: Row, change: Change) -> None:
    await tx.run(
        """update messages set state = 'dead', body = :body, reason = :reason, wanted = 'refused',
          shown_due_at = :now, finished_at = :now where id = :id""",
        id=row["id"],
        body=change.words,
        reason=change.reason,
    )
    await settle_notices(tx, row["id"], "cancelled")
    await insert_notice(tx, row["id"], NewNotice(reason=change.reason, author=row["author"]))


async def _cancel(tx: Tx, row: Row) -> None:
    if row["state"] == State.DEAD or row["kind"] == Kind.NOTE:
        await tx.run("update messages set deleted = 1 where id = :id", id=row["id"])
        return
    await tx.run(
        """update messages set state = 'dead', reason = 'cancelled', deleted = 1, wanted = '',
          finished_at = :now where id = :id""",
        id=row["id"],
    )
    await settle_notices(tx, row["id"], "cancelled")
    tx.wake()


async def _change_note(tx: Tx, row: Row, change: Change) -> None:
    """It stays a note, whatever it says now: somebody may have it sent, with the words that it has then. What
    is for the ticket goes there, once, as it was last."""
    await tx.run(
        "update messages set body = :body, deleted = :deleted where id = :id",
        id=row["id"],
        body=row["body"] if change.deleted else change.words,
        deleted=int(change.deleted),
    )
    of_ticket = change.reason == TICKET_NOTE and not change.deleted
    changed = {**row, "changed_at": position_of(change.changed_at)}
    await change_note(tx, changed, TicketNote(change.words) if of_ticket else None, row["conversation_id"])


async def _change_sent(tx: Tx, row: Row, change: Change) -> None:
    """Under way, or gone: the contact has, or may have, the original."""
    cancelled = change.deleted or _kind(change) == Kind.NOTE
    await tx.run(
        "update messages set newer_body = :body, deleted = :deleted where id = :id",
        id=row["id"],
        body=None if cancelled else change.words,
        deleted=int(change.deleted or (cancelled and row["state"] == State.SENDING)),
    )
    if row["state"] == State.SENDING:  # the outcome decides whether there is anything to tell
        return
    reason = "deleted" if change.deleted else "noted" if cancelled else "edited"
    if await _edit_open_notice(tx, row["id"], change.words, change.changed_at):
        return
    notice = NewNotice(reason=reason, words=change.words, author=row["author"], nth=str(change.changed_at))
    await insert_notice(tx, row["id"], notice)


async def _edit_open_notice(tx: Tx, message_id: int, words: str, changed_at: str) -> bool:
    """A second edit before anybody acted on the first: the same notice offers the newest words."""
    changed = await tx.run(
        """update messages set body = :words, wanted = :form, shown_due_at = :now where subject_id = :id
        and kind = 'notice' and reason = 'edited' and settled_how = '' and :words <> ''""",
        id=message_id,
        words=words,
        form=f"edited at {changed_at}",
    )
    return changed > 0
